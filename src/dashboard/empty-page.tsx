import type { ReactElement } from 'react';

import { Frame } from './frame.tsx';
import type { FrameView } from './frame-view.ts';

/** A page of which nothing can be said in this window: the sentence, and what to do next. */
export function EmptyPage({ frame, title, sentence }: { readonly frame: FrameView; readonly title: string; readonly sentence: string }): ReactElement {
  return (
    <Frame view={frame} title={title}>
      <h1>{sentence}</h1>
      <p className="lede">{frame.bar === null ? 'Figures appear here once there is something to count.' : 'Choose a longer window or another scope above.'}</p>
    </Frame>
  );
}
