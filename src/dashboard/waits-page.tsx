import type { ReactElement } from 'react';

import { dateText, lastDayText, timeText, type Reader } from '#src/wording/date-text.ts';
import { durationText } from '#src/wording/duration-text.ts';
import { exactDuration } from '#src/wording/exact-duration.ts';
import { counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { waitHeadline, waitLede } from '#src/wording/wait-sentences.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { comparisonOf } from './flow-page.tsx';
import { Frame } from './frame.tsx';
import { GapLines } from './gaps.tsx';
import { readerOf } from './reader.ts';
import { Foreign, Link, Time, Words } from './text.tsx';
import { LadderLegend, WaitTable } from './wait-table.tsx';
import type { ExplanationView, WaitLineView, WaitsView } from './waits-view.ts';

/** The page `/waits`: which waits stand behind a figure? The estimate, how it came to be, then every wait, the oldest first. */
export function WaitsPage({ view }: { readonly view: WaitsView }): ReactElement {
  const reader = readerOf(view.frame);
  const { explanation } = view;
  const words = stageWords(view.stage);
  return (
    <Frame view={view.frame} title={`Waits: ${words.name}`}>
      {explanation === null ? (
        <h1>{`Waits: ${words.name}`}</h1>
      ) : (
        <>
          <h1>
            <Words sentence={waitHeadline(explanation.row.figure)} />
          </h1>
          <p className="lede">{waitLede(explanation.row.figure, comparisonOf(view.window))}</p>
        </>
      )}
      <GapLines view={view.quality} reader={reader} />
      {explanation !== null && <Estimate explanation={explanation} view={view} reader={reader} />}
      <Block id="list" title="The waits behind it" aside={`${words.name}, the oldest first`} links={[{ text: 'CSV', href: view.csvHref }]}>
        {view.waits.length === 0 ? (
          <p>{view.isFirstPage ? `Nothing waited between ${dateText(view.window.fromAt, reader)} and ${lastDayText(view.window.toAt, reader)}.` : 'There are no further waits.'}</p>
        ) : (
          <Lines waits={view.waits} reader={reader} />
        )}
        {view.nextHref !== null && (
          <p>
            <Link href={view.nextHref}>Further waits</Link>
          </p>
        )}
      </Block>
    </Frame>
  );
}

function Estimate({ explanation, view, reader }: { readonly explanation: ExplanationView; readonly view: WaitsView; readonly reader: Reader }): ReactElement {
  const { row, leftOut, finishedOnly } = explanation;
  return (
    <Block id="estimate" title="How it came to be" aside="elapsed time">
      <p className="note">{explanation.method}</p>
      <WaitTable rows={[row]} head="Wait" labelledBy="estimate" window={view.window} quality={view.quality} reader={reader} isSortedByDay={false} />
      {row.figure.within.length > 0 && <LadderLegend withInterval={row.figure.within.some(({ share }) => share.interval !== null)} withEnds={row.figure.endWithout !== null} />}
      <dl className="explained">
        <Fact name="What it is" text={explanation.definition} />
        <Fact name="Who counts" text={explanation.population} />
        <Fact name="Left out" text={explanation.exclusions} />
        {leftOut.map(({ reason, count }) => (
          <Fact key={reason} name={`${counted(count, 'wait')} left out`} text={`${reason}.`} />
        ))}
        <Fact name="Known to err" text={explanation.bias} />
        <Fact name="Finished only" text={finishedText(finishedOnly)} />
      </dl>
    </Block>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Prose text={text} />
      </dd>
    </div>
  );
}

/** A text of the catalogue, with the words it sets as code. */
function Prose({ text }: { readonly text: string }): ReactElement {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>;
}

function finishedText({ n, p50, p90 }: ExplanationView['finishedOnly']): string {
  if (p50 === null || p90 === null) return 'None ended as asked in this window.';
  return `${counted(n, 'wait')} ended as asked: half took up to ${durationText(p50)}, 90\u00A0% up to ${durationText(p90)}. What still waits or ended otherwise is not in it.`;
}

function Lines({ waits, reader }: { readonly waits: readonly WaitLineView[]; readonly reader: Reader }): ReactElement {
  const columns: readonly Column<WaitLineView>[] = [
    { key: 'what', head: 'Pull request', label: null, align: 'start', cell: (row) => <What row={row} /> },
    ...(waits.some((row) => row.waitsOn !== null) ? [WAITS_ON] : []),
    { key: 'started', head: 'Started', label: 'started', align: 'end', sorted: 'ascending', cell: (row) => <Moment at={row.startedAt} reader={reader} /> },
    { key: 'ended', head: 'Ended', label: 'ended', align: 'end', cell: (row) => (row.endedAt === null ? 'still waiting' : <Moment at={row.endedAt} reader={reader} />) },
    { key: 'outcome', head: 'As', label: 'as', align: 'start', cell: (row) => (row.outcome === null ? '' : plainText(row.outcome.replaceAll('_', ' '), 'not known')) },
    { key: 'seconds', head: 'Waited', label: 'waited', align: 'end', cell: (row) => exactDuration(row.seconds) },
  ];
  return <DataTable className="listed" columns={columns} rows={waits} keyOf={(row) => row.key} labelledBy="list" />;
}

const WAITS_ON: Column<WaitLineView> = {
  key: 'on',
  head: 'Waits on',
  label: 'waits on',
  align: 'start',
  cell: ({ waitsOn }) => (waitsOn === null ? <span className="muted">not named</span> : <Foreign text={waitsOn} instead="unknown" />),
};

function What({ row }: { readonly row: WaitLineView }): ReactElement {
  return (
    <>
      <Link href={row.href}>
        <Foreign text={row.title ?? ''} instead={`pull request #${String(row.number)}`} />
      </Link>
      <span className="under">
        <Foreign text={row.repository} instead="repository" /> #{row.number}
        {row.round > 1 && `, round ${String(row.round)}`}
      </span>
    </>
  );
}

function Moment({ at, reader }: { readonly at: number; readonly reader: Reader }): ReactElement {
  return <Time at={at}>{`${dateText(at, reader)} ${timeText(at, reader.zone)}`}</Time>;
}
