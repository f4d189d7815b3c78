import type { ReactElement } from 'react';

import { LadderBar } from '#src/charts/ladder-bar.tsx';
import { HEADLINE_AGES_SECONDS, type Quantile, type WaitFigure } from '#src/domain/figure.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { gapLabel } from '#src/wording/gap-text.ts';
import { countText } from '#src/wording/number-text.ts';
import { quantileCell } from '#src/wording/quantile-text.ts';
import { shareInterval, shareText } from '#src/wording/share-text.ts';
import { ageHead, stageWords, withinText } from '#src/wording/stage-words.ts';
import { ladderLabel, shareWithinADay } from '#src/wording/wait-sentences.ts';
import { showWaitsText, withheldText } from '#src/wording/withheld-text.ts';

import { ShareChangeCell } from './change.tsx';
import { DataTable, type Column } from './data-table.tsx';
import type { GapsView, WindowView } from './frame-view.ts';
import { GapMark } from './gaps.tsx';
import { moverToken } from './mover.tsx';
import type { WaitRowView } from './reviews-view.ts';
import { Figure, Foreign, Link } from './text.tsx';

/** What a table of waits is shown with. */
interface WaitTableProps {
  readonly rows: readonly WaitRowView[];
  readonly head: string;
  readonly labelledBy: string;
  readonly window: WindowView;
  readonly quality: GapsView;
  readonly reader: Reader;
  /** Set where the rows are ordered by the share within a day. */
  readonly isSortedByDay: boolean;
}

/** Waits as rows: the ladder, the shares by age, what ends without, the median, n, what still waits, the change. */
export function WaitTable({ rows, head, labelledBy, window, quality, reader, isSortedByDay }: WaitTableProps): ReactElement {
  const estimated = rows.some((row) => row.figure.endWithout !== null);
  const columns: readonly Column<WaitRowView>[] = [
    { key: 'wait', head, label: null, align: 'start', cell: (row) => <Name row={row} quality={quality} reader={reader} /> },
    { key: 'ladder', head: <LadderAxis />, headName: 'Shares done by age, 0 to 100 %', label: null, align: 'start', className: 'ladder-cell', cell: (row) => <Ladder figure={row.figure} /> },
    ...HEADLINE_AGES_SECONDS.map((age) => shareColumn(age, isSortedByDay && age === DAY_SECONDS)),
    ...(estimated ? [WITHOUT] : []),
    quantileColumn('half', 'Half within', (figure) => figure.p50),
    ...(estimated ? [] : [quantileColumn('p75', '75\u00A0% within', (figure) => figure.p75), quantileColumn('p90', '90\u00A0% within', (figure) => figure.p90)]),
    { key: 'n', head: 'n', label: 'n', align: 'end', cell: (row) => countText(row.figure.n) },
    { key: 'waiting', head: 'Still waiting', label: 'still waiting', align: 'end', cell: (row) => <StillWaiting figure={row.figure} /> },
    ...(window.against === null ? [] : [CHANGE]),
  ];
  return <DataTable className="waits" columns={columns} rows={rows} keyOf={(row) => row.key} labelledBy={labelledBy} insteadOf={(row) => instead(row)} />;
}

/** What the tints of the ladders mean; once under the tables of a page. */
export function LadderLegend({ withInterval, withEnds }: { readonly withInterval: boolean; readonly withEnds: boolean }): ReactElement {
  return (
    <ul className="legend">
      {['within 4\u00A0h', '1\u00A0day', '3\u00A0days', '7\u00A0days'].map((name, index) => (
        <li key={name}>
          <span className={index === 0 ? 'key-tint' : `key-tint tint-${String(index + 1)}`} aria-hidden /> {name}
        </li>
      ))}
      <li>
        <span className="key-paper" aria-hidden /> {withEnds ? 'later, or still waiting' : 'later'}
      </li>
      {withEnds && (
        <li>
          <span className="key-without" aria-hidden /> ended without
        </li>
      )}
      <li>{withInterval ? 'whisker: 95\u00A0% interval at 1\u00A0day' : 'tick: within 1\u00A0day'}</li>
    </ul>
  );
}

const DAY_SECONDS = 86_400;

const WITHOUT: Column<WaitRowView> = {
  key: 'without',
  head: 'End without',
  label: 'end without',
  align: 'end',
  cell: ({ figure }) => (figure.endWithout === null ? 'not known' : shareText(figure.endWithout.value)),
};

const CHANGE: Column<WaitRowView> = {
  key: 'change',
  head: 'Against before',
  label: 'against before',
  align: 'end',
  cell: ({ figure }) => <ShareChangeCell change={figure.change} />,
};

function shareColumn(age: number, isSorted: boolean): Column<WaitRowView> {
  return {
    key: `within${String(age)}`,
    head: ageHead(age),
    label: withinText(age).replace('a day', '1 day'),
    align: 'end',
    ...(age === DAY_SECONDS ? { className: 'leading' } : {}),
    ...(isSorted ? { sorted: 'ascending' } : {}),
    cell: ({ figure, href }) => {
      const within = figure.within.find((candidate) => candidate.ageSeconds === age);
      if (within === undefined) return <span className="muted">not known</span>;
      const text = shareText(within.share.value);
      return (
        <>
          <Figure href={href}>{age === DAY_SECONDS ? <strong>{text}</strong> : text}</Figure>
          {within.share.interval !== null && <span className="under">{shareInterval(within.share.interval)}</span>}
        </>
      );
    },
  };
}

function quantileColumn(key: string, head: string, quantileOf: (figure: WaitFigure) => Quantile | null): Column<WaitRowView> {
  return {
    key,
    head,
    label: head.charAt(0).toLowerCase() + head.slice(1),
    align: 'end',
    cell: ({ figure }) => {
      const { value, under } = quantileCell(quantileOf(figure));
      return (
        <>
          {value}
          {under !== null && <span className="under">{under}</span>}
        </>
      );
    },
  };
}

function Name({ row, quality, reader }: { readonly row: WaitRowView; readonly quality: GapsView; readonly reader: Reader }): ReactElement {
  const { figure } = row;
  const [gap] = figure.gaps.filter((candidate) => candidate.state !== 'healed');
  return (
    <>
      <Link href={row.href}>{row.name === null ? stageWords(figure.stage).name : <Foreign text={row.name} instead="repository" />}</Link>
      {row.name === null && <span className="under">{figure.stage}</span>}
      {row.name !== null && gap !== undefined && (
        <span className="under">
          <GapMark gaps={figure.gaps} href={quality.dataQualityHref} reader={reader} /> <span aria-hidden>{gapLabel(gap, reader)}</span>
        </span>
      )}
    </>
  );
}

function LadderAxis(): ReactElement {
  return (
    <span className="ladder-axis" aria-hidden>
      <span>0</span>
      <span>50</span>
      <span>100&nbsp;%</span>
    </span>
  );
}

function Ladder({ figure }: { readonly figure: WaitFigure }): ReactElement {
  const day = shareWithinADay(figure);
  return (
    <LadderBar
      steps={figure.within.map((within) => within.share.value)}
      without={figure.endWithout?.value ?? null}
      tick={day === null ? null : { value: day.share.value, low: day.share.interval?.low ?? null, high: day.share.interval?.high ?? null }}
      colour={moverToken(stageWords(figure.stage).mover)}
      label={ladderLabel(figure)}
    />
  );
}

function StillWaiting({ figure }: { readonly figure: WaitFigure }): ReactElement {
  return (
    <>
      {countText(figure.stillWaiting)}
      {figure.oldestSeconds !== null && <span className="under">oldest {ageText(figure.oldestSeconds)}</span>}
    </>
  );
}

function instead(row: WaitRowView): ReactElement | null {
  const { withheld, n, within } = row.figure;
  if (withheld !== null) {
    return (
      <>
        {withheldText(withheld)} {row.waitsHref !== null && <Link href={row.waitsHref}>{showWaitsText(n)}</Link>}
      </>
    );
  }
  if (n === 0) return <>nothing was waited for</>;
  return within.length === 0 ? <>{`none has ended; ${countText(row.figure.stillWaiting)} still waiting`}</> : null;
}
