import type { ReactElement } from 'react';

import { dateText, lastDayText, timeText, type Reader } from '#src/wording/date-text.ts';
import { exactDuration } from '#src/wording/exact-duration.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { stockHeadline, stockMethod, stockName, stockSum } from '#src/wording/stay-sentences.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Frame } from './frame.tsx';
import { GapLines } from './gaps.tsx';
import { readerOf } from './reader.ts';
import type { StayLineView, StaysView } from './stays-view.ts';
import { Foreign, Link, Time } from './text.tsx';

/** The page `/stays`: which stays stand behind a stock? The estimate, how it came to be, then every stay, the oldest first. */
export function StaysPage({ view }: { readonly view: StaysView }): ReactElement {
  const reader = readerOf(view.frame);
  const { window, stays } = view;
  return (
    <Frame view={view.frame} title={`Stays: ${stockName(view.stock)}`}>
      <h1>{stockHeadline(view.stock, view.standing, view.share)}</h1>
      <p className="lede">{stockMethod(view.stock, view.staleAfterDays)}</p>
      <GapLines view={view.quality} reader={reader} />
      <Block id="list" title="The stays behind it" aside={`${stockName(view.stock)}, the oldest first`} links={[{ text: 'CSV', href: view.csvHref }]}>
        <p className="note">{stockSum(view.standing, (window.toAt - window.fromAt) / 1000)}</p>
        {stays.length === 0 ? (
          <p>{view.isFirstPage ? `Nothing stood there between ${dateText(window.fromAt, reader)} and ${lastDayText(window.toAt, reader)}.` : 'There are no further stays.'}</p>
        ) : (
          <Lines stays={stays} reader={reader} />
        )}
        {view.nextHref !== null && (
          <p>
            <Link href={view.nextHref}>Further stays</Link>
          </p>
        )}
      </Block>
    </Frame>
  );
}

function Lines({ stays, reader }: { readonly stays: readonly StayLineView[]; readonly reader: Reader }): ReactElement {
  const columns: readonly Column<StayLineView>[] = [
    { key: 'what', head: 'Pull request', label: null, align: 'start', cell: (row) => <What row={row} /> },
    { key: 'entered', head: 'Entered', label: 'entered', align: 'end', sorted: 'ascending', cell: (row) => <Moment at={row.enteredAt} reader={reader} /> },
    { key: 'left', head: 'Left', label: 'left', align: 'end', cell: (row) => (row.leftAt === null ? 'still there' : <Moment at={row.leftAt} reader={reader} />) },
    { key: 'counted', head: 'Counted', label: 'counted', align: 'end', cell: (row) => exactDuration(row.countedSeconds) },
  ];
  return <DataTable className="listed" columns={columns} rows={stays} keyOf={(row) => row.key} labelledBy="list" />;
}

function What({ row }: { readonly row: StayLineView }): ReactElement {
  return (
    <>
      <Link href={row.href}>
        <Foreign text={row.title ?? ''} instead={`pull request #${String(row.number)}`} />
      </Link>
      <span className="under">
        <Foreign text={row.repository} instead="repository" /> #{row.number}, {phaseWords(row.phase).name}
      </span>
    </>
  );
}

function Moment({ at, reader }: { readonly at: number; readonly reader: Reader }): ReactElement {
  return <Time at={at}>{`${dateText(at, reader)} ${timeText(at, reader.zone)}`}</Time>;
}
