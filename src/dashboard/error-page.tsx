import type { ReactElement } from 'react';

import { plainText } from '#src/wording/plain-text.ts';

import { Frame } from './frame.tsx';
import type { FrameView } from './frame-view.ts';

/** A page that could not be made. `reference` finds the cause in the log; nothing else about it leaves the process. */
export function ErrorPage({ frame, reference }: { readonly frame: FrameView; readonly reference: string }): ReactElement {
  return (
    <Frame view={frame} title="Not computed">
      <h1>This could not be computed.</h1>
      <p className="lede">Reference {plainText(reference, 'not known')}. The log of the server says why under this reference; the other pages stand.</p>
    </Frame>
  );
}

/** A page that is not there, or not for this reader: one and the same, so that nobody learns which. */
export function MissingPage({ frame }: { readonly frame: FrameView }): ReactElement {
  return (
    <Frame view={frame} title="Not yours or not there">
      <h1>This page is not yours or not there.</h1>
      <p className="lede">
        Check the address, or go back to <a href={`/${frame.query}`}>Flow</a>.
      </p>
    </Frame>
  );
}

/** A request that cannot be read: what is wrong with it, in words that may be shown. */
export function BadRequestPage({ frame, message }: { readonly frame: FrameView; readonly message: string }): ReactElement {
  return (
    <Frame view={frame} title="Not understood">
      <h1>This address is not understood.</h1>
      <p className="lede">{plainText(message, 'A parameter has a value that does not exist.')}</p>
    </Frame>
  );
}
