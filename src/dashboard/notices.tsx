import type { ReactElement } from 'react';

import { dateText } from '#src/wording/date-text.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { countText, counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

import type { CollectingView, FrameView, SampleView } from './frame-view.ts';
import { readerOf } from './reader.ts';
import { Link } from './text.tsx';

/** What must be said before any figure: sample data, a collection that is not over, data gone stale. */
export function Notices({ view }: { readonly view: FrameView }): ReactElement | null {
  if (view.sample === null && view.collecting === null && view.staleSinceAt === null) return null;
  return (
    <div className="notices">
      {view.sample !== null && <Sample sample={view.sample} />}
      {view.collecting !== null && <Collecting collecting={view.collecting} view={view} />}
      {view.staleSinceAt !== null && <p>Last heard from GitHub {ageText((view.computedAt - view.staleSinceAt) / 1000)} ago.</p>}
    </div>
  );
}

function Sample({ sample }: { readonly sample: SampleView }): ReactElement {
  const from = sample.recordedFrom === null ? 'Sample data.' : `Sample data, recorded from ${plainText(sample.recordedFrom)} and shifted by whole weeks to end now.`;
  return (
    <p>
      {from} {sample.connectHref !== null && <Link href={sample.connectHref}>Connect an organisation.</Link>}
    </p>
  );
}

function Collecting({ collecting, view }: { readonly collecting: CollectingView; readonly view: FrameView }): ReactElement {
  const back = collecting.backToAt === null ? '' : `, back to ${dateText(collecting.backToAt, readerOf(view))}`;
  const done = `${countText(collecting.repositoriesDone)} of ${counted(collecting.repositories, 'repository', 'repositories')}`;
  return (
    <p aria-live="polite">
      <progress max={Math.max(1, collecting.repositories)} value={collecting.repositoriesDone} aria-label="Repositories collected" /> {done}
      {back}; figures so far are marked. <Link href={collecting.refreshHref}>Refresh</Link>
    </p>
  );
}
