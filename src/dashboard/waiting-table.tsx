import type { ReactElement } from 'react';

import { ageText } from '#src/wording/duration-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { workingDaysNumber } from '#src/wording/working-days.ts';

import { DataTable, type Column } from './data-table.tsx';
import type { WaitingView } from './frame-view.ts';
import { Foreign, Link } from './text.tsx';

/** What waits longest: a work list, oldest first. With `stage` each line says what it waits for. */
export function WaitingTable({ rows, labelledBy, withStage }: { readonly rows: readonly WaitingView[]; readonly labelledBy: string; readonly withStage: boolean }): ReactElement {
  const columns: readonly Column<WaitingView>[] = [
    { key: 'what', head: withStage ? 'What' : 'Pull request', label: null, align: 'start', cell: (row) => <What row={row} withStage={withStage} /> },
    { key: 'on', head: 'Waits on', label: 'waits on', align: 'start', cell: (row) => <WaitsOn names={row.waitsOn} /> },
    { key: 'elapsed', head: 'Elapsed', label: 'elapsed', align: 'end', cell: (row) => ageText(row.elapsedSeconds) },
    ...(rows.some((row) => row.workingDays !== null) ? [WORKING_DAYS] : []),
  ];
  return <DataTable className="waiting" columns={columns} rows={rows} keyOf={(row) => `${row.href} ${row.stage} ${String(row.round)} ${(row.waitsOn ?? []).join(' ')}`} labelledBy={labelledBy} />;
}

const WORKING_DAYS: Column<WaitingView> = {
  key: 'working',
  head: 'Working days',
  label: 'working days',
  align: 'end',
  cell: (row) => (row.workingDays === null ? 'not known' : workingDaysNumber(row.workingDays)),
};

function What({ row, withStage }: { readonly row: WaitingView; readonly withStage: boolean }): ReactElement {
  const notes = [
    ...(withStage ? [`, ${stageWords(row.stage).short}`] : []),
    ...(row.round > 1 ? [`, round ${String(row.round)}`] : []),
    ...(row.isStandingStill ? [', standing still'] : []),
  ];
  return (
    <>
      <Link href={row.href}>
        <Foreign text={row.title ?? ''} instead={`pull request #${String(row.number)}`} />
      </Link>
      <span className="under">
        <Foreign text={row.repository} instead="repository" /> #{row.number}
        {notes.join('')}
      </span>
    </>
  );
}

function WaitsOn({ names }: { readonly names: readonly string[] | null }): ReactElement {
  if (names === null) return <>not known</>;
  if (names.length === 0) return <>nobody was asked</>;
  return (
    <>
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Foreign text={name} instead="unknown" />
        </span>
      ))}
    </>
  );
}
