import type { ReactElement } from 'react';

import { counted } from '#src/wording/number-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { waitHeadline, waitLede } from '#src/wording/wait-sentences.ts';

import { Block } from './block.tsx';
import { CurveChart, WeeksChart } from './review-charts.tsx';
import { EmptyPage } from './empty-page.tsx';
import { comparisonOf } from './flow-page.tsx';
import { Frame } from './frame.tsx';
import { GapLines } from './gaps.tsx';
import { readerOf } from './reader.ts';
import type { ReviewsView } from './reviews-view.ts';
import { Words } from './text.tsx';
import { LadderLegend, WaitTable } from './wait-table.tsx';
import { WaitingTable } from './waiting-table.tsx';

/** The page `/reviews`: how long until someone answers? */
export function ReviewsPage({ view }: { readonly view: ReviewsView }): ReactElement {
  const [first] = view.waits;
  if (first === undefined || view.waits.every((row) => row.figure.n === 0)) {
    const weeks = view.window.weeks === 1 ? 'in this week' : `in these ${counted(view.window.weeks, 'week')}`;
    return <EmptyPage frame={view.frame} title="Reviews" sentence={`No review was waited for ${weeks}.`} />;
  }
  const reader = readerOf(view.frame);
  const comparison = comparisonOf(view.window);
  const withEnds = view.waits.some((row) => row.figure.endWithout !== null);
  const withInterval = view.waits.some((row) => row.figure.within.some((within) => within.share.interval !== null));
  const name = stageWords(first.figure.stage).name;
  const tables = { window: view.window, quality: view.quality, reader };
  return (
    <Frame view={view.frame} title="Reviews">
      <h1>
        <Words sentence={waitHeadline(first.figure)} />
      </h1>
      <p className="lede">{waitLede(first.figure, comparison)}</p>
      <GapLines view={view.quality} reader={reader} />
      <Block id="waits" title={`${numberWord(view.waits.length)} waits`} aside="elapsed time">
        <WaitTable rows={view.waits} head="Wait" labelledBy="waits" isSortedByDay={false} {...tables} />
        <LadderLegend withInterval={withInterval} withEnds={withEnds} />
      </Block>
      {(view.curve !== null || view.weeks.length > 0) && (
        <div className="columns">
          {view.curve !== null && (
            <Block id="curve" title="What became of them, by age">
              <p className="note">{`${stageWords(view.curve.stage).name}: the share that had one by this age, and how the others ended.`}</p>
              <CurveChart curve={view.curve} figure={first.figure} />
            </Block>
          )}
          {view.weeks.length > 0 && (
            <Block id="weeks" title="Week by week">
              <p className="note">{`${name} within a day${withInterval ? '; the bar is the 95\u00A0% interval' : ''}.`}</p>
              <WeeksChart weeks={view.weeks} figure={first.figure} gaps={view.quality.gaps} reader={reader} />
            </Block>
          )}
        </div>
      )}
      {view.repositories.length > 0 && (
        <Block id="repositories" title={`${name} by repository`}>
          <WaitTable rows={view.repositories} head="Repository" labelledBy="repositories" isSortedByDay {...tables} />
        </Block>
      )}
      <Block
        id="waiting"
        title={`Waiting longest for a ${stageWords(first.figure.stage).short}`}
        links={[{ text: first.figure.stillWaiting > 0 ? `All ${String(first.figure.stillWaiting)}` : 'All', href: view.waitingAllHref }]}
      >
        {view.waiting.length === 0 ? <p>Nothing waits now.</p> : <WaitingTable rows={view.waiting} labelledBy="waiting" withStage={false} />}
      </Block>
    </Frame>
  );
}

const NUMBER_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

function numberWord(count: number): string {
  return NUMBER_WORDS[count] ?? String(count);
}
