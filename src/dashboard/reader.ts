import type { Reader } from '#src/wording/date-text.ts';

import type { FrameView } from './frame-view.ts';

/** Whose dates and which year a page shows. */
export function readerOf(view: FrameView): Reader {
  return { zone: view.zone, nowAt: view.computedAt };
}
