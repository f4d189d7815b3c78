import type { ReactElement } from 'react';

import { GapSquare } from '#src/charts/hatch.tsx';
import { WeekStrip } from '#src/charts/week-strip.tsx';
import type { Gap } from '#src/domain/figure.ts';
import { completenessSentence, gapAdvice, lagSentences, storedShareText } from '#src/wording/completeness-text.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { countedWord, gapSentence } from '#src/wording/gap-text.ts';
import { countText, counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import type { DataQualityView, KindRowView } from './data-quality-view.ts';
import { Frame } from './frame.tsx';
import { readerOf } from './reader.ts';
import { Foreign, Link } from './text.tsx';

/** Gaps that are listed one by one; further ones are counted. */
const LISTED_GAPS = 100;

/** The page `/data-quality`: what do the figures not see? */
export function DataQualityPage({ view }: { readonly view: DataQualityView }): ReactElement {
  const reader = readerOf(view.frame);
  const gaps = view.gaps.filter(({ state }) => state !== 'healed');
  const healed = view.gaps.filter(({ state }) => state === 'healed');
  return (
    <Frame view={view.frame} title="Data quality">
      <h1>{completenessSentence(view.storedShare, view.gaps, reader)}</h1>
      <p className="lede">{lagSentences(view.lag, view.frame.computedAt).join(' ')}</p>
      <Block id="gaps" title="Gaps" aside="figures whose window touches one carry its mark">
        {gaps.length === 0 ? <p>No gap is open in this window.</p> : <GapTable gaps={gaps} reader={reader} labelledBy="gaps" withAdvice />}
      </Block>
      <Block id="stored" title="Stored, by repository and kind" aside="weeks of UTC, what is incomplete first">
        {view.rows.length === 0 ? <p>Nothing is stored or counted in this window.</p> : <Rows rows={view.rows} />}
        {view.rows.length > 0 && (
          <p className="note">
            The strip shows what is stored of each week, from none up to all. A hatched week has an open gap, a hatched foot had one that is healed. Without a count beside it nobody has said how much there should be.
          </p>
        )}
        {view.nextHref !== null && (
          <p>
            <Link href={view.nextHref}>{`Further rows of ${countText(view.total)}`}</Link>
          </p>
        )}
      </Block>
      {healed.length > 0 && (
        <Block id="healed" title="Healed" aside="what was missing and came later">
          <GapTable gaps={healed} reader={reader} labelledBy="healed" withAdvice={false} />
        </Block>
      )}
    </Frame>
  );
}

const ADVICE: Column<readonly [Gap, number]> = { key: 'do', head: 'What to do', label: 'What to do', align: 'start', cell: ([gap]) => gapAdvice(gap) };

function reasonOf({ reason, state }: Gap): string {
  if (reason !== undefined) return plainText(reason);
  return state === 'before-history' ? 'It was not collected so far back.' : 'not known';
}

function GapTable({ gaps, reader, labelledBy, withAdvice }: { readonly gaps: readonly Gap[]; readonly reader: Reader; readonly labelledBy: string; readonly withAdvice: boolean }): ReactElement {
  const columns: readonly Column<readonly [Gap, number]>[] = [
    { key: 'what', head: 'What', label: null, align: 'start', cell: ([gap]) => <What gap={gap} reader={reader} /> },
    { key: 'why', head: 'Why', label: 'Why', align: 'start', cell: ([gap]) => reasonOf(gap) },
    ...(withAdvice ? [ADVICE] : []),
  ];
  const shown = gaps.slice(0, LISTED_GAPS);
  return (
    <>
      <DataTable columns={columns} rows={shown.map((gap, index) => [gap, index] as const)} keyOf={([, index]) => String(index)} labelledBy={labelledBy} className="gaps" />
      {gaps.length > shown.length && <p>{`and ${counted(gaps.length - shown.length, 'further gap')}.`}</p>}
    </>
  );
}

function What({ gap, reader }: { readonly gap: Gap; readonly reader: Reader }): ReactElement {
  return (
    <span className="gap-what">
      {gap.state !== 'healed' && <GapSquare />}
      <bdi>{gapSentence(gap, reader)}</bdi>
    </span>
  );
}

function Rows({ rows }: { readonly rows: readonly KindRowView[] }): ReactElement {
  const columns: readonly Column<KindRowView>[] = [
    { key: 'repository', head: 'Repository', label: null, align: 'start', cell: (row) => <Foreign text={row.repository} /> },
    { key: 'kind', head: 'Kind', label: 'Kind', align: 'start', cell: (row) => countedWord(row.kind) },
    { key: 'share', head: 'Stored', label: 'Stored', align: 'end', cell: (row) => (row.storedShare === null ? 'not counted' : storedShareText(row.storedShare)) },
    { key: 'count', head: 'Number', label: 'Number', align: 'end', cell: numberOf },
    { key: 'healed', head: 'Healed', label: 'Healed', align: 'end', cell: (row) => countText(row.healed) },
    { key: 'open', head: 'Open gaps', label: 'Open gaps', align: 'end', cell: (row) => countText(row.openGaps) },
    { key: 'weeks', head: 'Week by week', label: null, align: 'start', className: 'strip-cell', cell: (row) => <WeekStrip weeks={row.weeks} label={stripLabel(row)} /> },
  ];
  return <DataTable columns={columns} rows={rows} keyOf={(row) => row.key} labelledBy="stored" className="stored" />;
}

function numberOf({ stored, expected }: KindRowView): string {
  return expected === null ? countText(stored) : `${countText(stored)} of ${countText(expected)}`;
}

function stripLabel({ weeks }: KindRowView): string {
  const open = weeks.filter(({ gap }) => gap === 'open').length;
  const touched = open === 0 ? 'none with an open gap' : `${countText(open)} with an open gap`;
  return `${counted(weeks.length, 'week')}, ${touched}`;
}
