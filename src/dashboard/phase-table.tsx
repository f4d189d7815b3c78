import type { ReactElement } from 'react';

import { StepSpark } from '#src/charts/step-spark.tsx';
import { countText, counted, stockText } from '#src/wording/number-text.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { shareText } from '#src/wording/share-text.ts';

import { StockChangeCell } from './change.tsx';
import { DataTable, type Column } from './data-table.tsx';
import type { BesideView, FlowView, PhaseView } from './flow-view.ts';
import { MoverName } from './mover.tsx';
import { Stock } from './stock.tsx';
import { Link } from './text.tsx';

/** The river as a table, the largest stock first. */
export function PhaseTable({ view, labelledBy }: { readonly view: FlowView; readonly labelledBy: string }): ReactElement {
  const rows = view.phases.toSorted((a, b) => b.standing.value - a.standing.value);
  const largest = Math.max(0, ...rows.flatMap((row) => row.weekly));
  const isMarked = (row: PhaseView): boolean => view.bottleneck.includes(row.phase);
  const columns: readonly Column<PhaseView>[] = [
    { key: 'phase', head: 'Phase', label: null, align: 'start', cell: (row) => <Link href={row.href}>{phaseWords(row.phase).name}</Link> },
    { key: 'mover', head: 'Who moves next', label: 'who moves next', align: 'start', cell: (row) => <MoverName mover={phaseWords(row.phase).mover} /> },
    { key: 'standing', head: 'Standing', label: 'standing', align: 'end', sorted: 'descending', cell: (row) => <Stock standing={row.standing} href={row.href} isMarked={isMarked(row)} /> },
    { key: 'share', head: 'Share', label: 'share', align: 'end', cell: (row) => (row.share === null ? 'not known' : shareText(row.share)) },
    ...(largest > 0
      ? [
          {
            key: 'weekly',
            head: 'Standing per week',
            label: 'standing per week',
            align: 'start',
            className: 'spark-cell',
            cell: (row) => <StepSpark values={row.weekly} largest={largest} isMarked={isMarked(row)} />,
          } satisfies Column<PhaseView>,
        ]
      : []),
    { key: 'arrive', head: 'Arrive / week', label: 'arrive a week', align: 'end', cell: (row) => stockText(row.arrivalsPerWeek) },
    { key: 'leave', head: 'Leave / week', label: 'leave a week', align: 'end', cell: (row) => stockText(row.departuresPerWeek) },
    ...(view.window.against === null
      ? []
      : [
          {
            key: 'before',
            head: beforeHead(view),
            label: 'before',
            align: 'end',
            cell: (row) => <StockChangeCell change={row.change} />,
          } satisfies Column<PhaseView>,
        ]),
  ];
  return <DataTable className="phases" columns={columns} rows={rows} keyOf={(row) => row.phase} labelledBy={labelledBy} />;
}

/** What is counted alike and never added to the river. */
export function BesideTable({ view, labelledBy }: { readonly view: FlowView; readonly labelledBy: string }): ReactElement {
  const names: Readonly<Record<BesideView['what'], string>> = {
    drafts: 'Drafts',
    bots: 'Bots’ pull requests',
    'standing-still': `Standing still: nobody touched them for ${String(view.staleAfterDays)}\u00A0d`,
  };
  const columns: readonly Column<BesideView>[] = [
    { key: 'what', head: 'What', label: null, align: 'start', cell: (row) => <Link href={row.href}>{names[row.what]}</Link> },
    { key: 'standing', head: 'Standing', label: 'standing', align: 'end', cell: (row) => <Stock standing={row.standing} href={row.href} isMarked={false} /> },
    ...(view.beside.some((row) => row.before !== null)
      ? [
          {
            key: 'before',
            head: beforeHead(view),
            label: 'before',
            align: 'end',
            cell: (row) => (row.before === null ? 'not known' : stockText(row.before)),
          } satisfies Column<BesideView>,
        ]
      : []),
    { key: 'now', head: 'Now', label: 'now', align: 'end', cell: (row) => countText(row.now) },
  ];
  return <DataTable columns={columns} rows={view.beside} keyOf={(row) => row.what} labelledBy={labelledBy} />;
}

function beforeHead(view: FlowView): string {
  const weeks = counted(view.window.weeks, 'week');
  return view.window.against === 'year' ? `${weeks} a year before` : `${weeks} before`;
}
