import type { ReactElement } from 'react';

import type { Comparison } from '#src/wording/change-text.ts';
import { bottleneckLede, bottleneckSentence, nothingOpenSentence } from '#src/wording/flow-sentences.ts';
import { RIVER_ORDER } from '#src/wording/phase-words.ts';

import { Block } from './block.tsx';
import { EmptyPage } from './empty-page.tsx';
import type { FlowView, PhaseView } from './flow-view.ts';
import { Frame } from './frame.tsx';
import type { WindowView } from './frame-view.ts';
import { GapLines } from './gaps.tsx';
import { Glance } from './glance.tsx';
import { BesideTable, PhaseTable } from './phase-table.tsx';
import { readerOf } from './reader.ts';
import { RiverBlock } from './river-block.tsx';
import { Words } from './text.tsx';
import { WaitingTable } from './waiting-table.tsx';

/** The page `/`: where does it stand? The sentence, the river, then the rows behind it. */
export function FlowPage({ view }: { readonly view: FlowView }): ReactElement {
  const phases = inRiverOrder(view.phases);
  const headline = bottleneckSentence(phases, view.bottleneck);
  if (headline === null) return <EmptyPage frame={view.frame} title="Flow" sentence={nothingOpenSentence(view.window.weeks)} />;
  const reader = readerOf(view.frame);
  const comparison = comparisonOf(view.window);
  return (
    <Frame view={view.frame} title="Flow">
      <h1>
        <Words sentence={headline} />
      </h1>
      <p className="lede">{bottleneckLede(phases, view.bottleneck, comparison)}</p>
      <GapLines view={view.quality} reader={reader} />
      <RiverBlock view={view} phases={phases} />
      {view.glances.length > 0 && (
        <div className="glances">
          {view.glances.map((glance) => (
            <Glance key={glance.title} view={glance} reader={reader} comparison={comparison} dataQualityHref={view.quality.dataQualityHref} />
          ))}
        </div>
      )}
      <Block id="waiting" title="Waiting longest now" links={[{ text: 'All', href: view.waitingAllHref }]}>
        {view.waiting.length === 0 ? <p>Nothing waits now.</p> : <WaitingTable rows={view.waiting} labelledBy="waiting" withStage />}
      </Block>
      <Block id="phases" title="Phases" aside="the river as a table">
        <PhaseTable view={view} labelledBy="phases" />
      </Block>
      {view.beside.length > 0 && (
        <Block id="beside" title="Beside the river" aside="counted alike, never added to it">
          <BesideTable view={view} labelledBy="beside" />
        </Block>
      )}
    </Frame>
  );
}

/** What a window is compared with; null when nothing. */
export function comparisonOf(window: WindowView): Comparison | null {
  return window.against === null ? null : { against: window.against, weeks: window.weeks };
}

function inRiverOrder(phases: readonly PhaseView[]): readonly PhaseView[] {
  return RIVER_ORDER.flatMap((phase) => phases.filter((candidate) => candidate.phase === phase));
}
