import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { toObservations, type Observation, type Observations } from '#src/core/statistics/observations.ts';
import type { ObservableWait, Pause } from '#src/core/statistics/observable-wait.ts';
import { windowRows } from '#src/core/statistics/window-observations.ts';
import type { Stretch } from '#src/core/stretch.ts';

const FOLDER = new URL('r/', import.meta.url);

/** One row of a CSV file, every field text; an empty one is R's NA or a null. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV file of the folder `r`. */
export function rCsv(file: string): readonly Row[] {
  const known = READ.get(file);
  if (known !== undefined) return known;
  const rows: Row[] = parse(readFileSync(new URL(file, FOLDER), 'utf8'), { columns: true, skip_empty_lines: true });
  READ.set(file, rows);
  return rows;
}

const READ = new Map<string, readonly Row[]>();

/** A number that R wrote; NaN for its NA. */
export function rNumber(row: Row | undefined, column: string): number {
  const text = row?.[column] ?? '';
  return text === '' ? NaN : Number(text);
}

/** One data set that R has estimated too. */
export interface RCase {
  readonly name: string;
  readonly waits: readonly ObservableWait[];
  readonly window: Stretch;
  readonly asked: readonly string[];
  readonly rows: readonly Observation[];
  readonly observations: Observations;
}

/** All data sets, the invented and the recorded ones. */
export function rCases(): RCase[] {
  const waits = [...rCsv('invented-waits.csv'), ...rCsv('recorded-waits.csv')].map((row) => ({ of: row['case'], wait: waitOf(row) }));
  return [...rCsv('invented-windows.csv'), ...rCsv('recorded-windows.csv')].map((row) => {
    const own = waits.filter(({ of }) => of === row['waits']).map(({ wait }) => wait);
    const window = { fromAt: rNumber(row, 'fromAt'), toAt: rNumber(row, 'toAt') };
    const asked = (row['asked'] ?? '').split('|');
    const rows = windowRows(own, window, asked);
    return { name: row['case'] ?? '', waits: own, window, asked, rows, observations: toObservations(rows) };
  });
}

function waitOf(row: Row): ObservableWait {
  const nullable = (column: string): number | null => (row[column] === '' ? null : rNumber(row, column));
  const pauses = (row['pauses'] ?? '').split('|').filter((text) => text !== '').map(pauseOf);
  return { subject: row['subject'] ?? '', startedAt: rNumber(row, 'startedAt'), endedAt: nullable('endedAt'), outcome: row['outcome'] === '' ? null : (row['outcome'] ?? null), pausedSeconds: 0, pauses };
}

function pauseOf(text: string): Pause {
  const [from, to] = text.split('-');
  return { fromAt: Number(from), toAt: to === '' ? null : Number(to) };
}
