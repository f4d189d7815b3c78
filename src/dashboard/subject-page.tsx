import type { ReactElement } from 'react';

import { ShareBar } from '#src/charts/share-bar.tsx';
import { exactDuration } from '#src/wording/exact-duration.ts';
import { countText } from '#src/wording/number-text.ts';
import { phaseWords, type Mover } from '#src/wording/phase-words.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { shareText } from '#src/wording/share-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { phaseTotals, stateText, subjectLede, type PhaseTotal } from '#src/wording/subject-sentences.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Frame } from './frame.tsx';
import { GapLines } from './gaps.tsx';
import { MoverName, moverToken } from './mover.tsx';
import { readerOf } from './reader.ts';
import { SubjectEvents } from './subject-events.tsx';
import { SubjectTimeline } from './subject-timeline.tsx';
import type { SubjectView } from './subject-view.ts';
import { Foreign, Link } from './text.tsx';

/** The page of one pull request: what happened to this one? */
export function SubjectPage({ view }: { readonly view: SubjectView }): ReactElement {
  const reader = readerOf(view.frame);
  const nowAt = view.frame.computedAt;
  const elapsed = ((view.endedAt ?? nowAt) - view.openedAt) / 1000;
  const totals = phaseTotals(view.stays, nowAt);
  const title = plainText(view.title ?? '', `Pull request #${String(view.number)}`);
  return (
    <Frame view={view.frame} title={`${title} · ${view.repository} #${String(view.number)}`}>
      <p className="crumbs">
        <Link href={view.repositoryHref}>
          <Foreign text={view.repository} instead="repository" />
        </Link>
        {` / pull request #${String(view.number)} · `}
        <span className="state">{stateText(view.state)}</span>
      </p>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p className="lede">
        {subjectLede(view.state, elapsed, totals)} {view.githubHref !== null && <Link href={view.githubHref}>See it on GitHub</Link>}
      </p>
      <GapLines view={{ gaps: view.gaps, dataQualityHref: view.dataQualityHref }} reader={reader} />
      <Block id="timeline" title="Timeline">
        <p className="note">
          Times in {view.frame.zone}
          {view.calendarOf === null ? '.' : `; grey: outside the working hours of ${plainText(view.calendarOf, 'the calendar')}.`}
        </p>
        <SubjectTimeline view={view} labelledBy="timeline" />
        <TimelineLegend view={view} />
      </Block>
      <div className="columns columns-wide-left">
        <Block id="events" title="Events" aside={countText(view.events.length)} links={[{ text: 'CSV', href: view.eventsCsvHref }]}>
          <SubjectEvents events={view.events} reader={reader} labelledBy="events" />
        </Block>
        <Block id="time" title="Where the time went">
          <TimeSpent totals={totals} view={view} />
        </Block>
      </div>
    </Frame>
  );
}

/** The names of the colours on a timeline, in the order of the legend. */
const MOVER_LEGEND: readonly (readonly [Mover, string])[] = [
  ['reviewer', 'reviewer moves next'],
  ['author', 'author'],
  ['go-ahead', 'who gives the go-ahead'],
  ['machine', 'machine'],
];

function TimelineLegend({ view }: { readonly view: SubjectView }): ReactElement {
  const shown = new Set([...view.lanes.map((lane) => stageWords(lane.stage).mover), ...view.stays.filter((stay) => stay.phase !== 'ended').map((stay) => phaseWords(stay.phase).mover)]);
  return (
    <ul className="legend">
      {MOVER_LEGEND.filter(([mover]) => shown.has(mover)).map(([mover, name]) => (
        <li key={mover}>
          <span className={`square ${moverToken(mover)}`} aria-hidden /> {name}
        </li>
      ))}
      <li>
        <span className="end-asked" aria-hidden /> ended as asked
      </li>
      <li>
        <span className="end-otherwise" aria-hidden /> ended otherwise
      </li>
      <li>
        <span aria-hidden>›</span> still waiting
      </li>
    </ul>
  );
}

function TimeSpent({ totals, view }: { readonly totals: readonly PhaseTotal[]; readonly view: SubjectView }): ReactElement {
  const largest = totals[0]?.share ?? 0;
  const columns: readonly Column<PhaseTotal>[] = [
    {
      key: 'phase',
      head: 'Phase',
      label: null,
      align: 'start',
      cell: ({ phase }) => (
        <>
          {phaseWords(phase).name}
          <span className="under">
            <MoverName mover={phaseWords(phase).mover} />
          </span>
        </>
      ),
    },
    {
      key: 'bar',
      head: 'Share',
      label: null,
      align: 'start',
      className: 'bar-cell',
      cell: ({ phase, share }) => <ShareBar share={share} largest={largest} colour={moverToken(phaseWords(phase).mover)} />,
    },
    {
      key: 'elapsed',
      head: 'Elapsed',
      label: null,
      align: 'end',
      cell: ({ seconds, share }) => (
        <>
          {exactDuration(seconds)}
          <span className="under">{shareText(share)}</span>
        </>
      ),
    },
  ];
  const ends = { open: 'now', draft: 'now', merged: 'merged', closed: 'closed', deployed: 'deployed' } as const;
  const all = totals.reduce((sum, total) => sum + total.seconds, 0);
  return (
    <>
      <DataTable className="spent" columns={columns} rows={totals} keyOf={(row) => row.phase} labelledBy="time" />
      <p className="total">
        <strong>Opened to {ends[view.state]}</strong>
        <strong>{exactDuration(all)}</strong>
      </p>
    </>
  );
}
