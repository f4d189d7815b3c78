import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../../data/recordings/bitcoin-core-gui/', import.meta.url);

/** One state of the recorded repository. */
export interface Snapshot {
  /** When it was taken, ISO 8601. */
  readonly takenAt: string;
  /** A pull request a line, in order of number. */
  readonly lines: readonly string[];
}

interface About {
  readonly repository: string;
  readonly snapshots: readonly { readonly file: string; readonly taken_at: string; readonly pull_requests: number; readonly lacking: readonly number[] }[];
  readonly peers: { readonly ignored_bot: string; readonly renamed: readonly string[] };
}

/** What stands in the recording's `about.json`. */
export const aboutGui: About = JSON.parse(readFileSync(new URL('about.json', FOLDER), 'utf8'));

/** A compressed text file of the recording. */
export function guiText(file: string): string {
  return gunzipSync(readFileSync(new URL(file, FOLDER))).toString('utf8');
}

/** A CSV file of what a peer computed; every field is text. */
export function guiCsv(file: string): Readonly<Record<string, string>>[] {
  return parse(guiText(file), { columns: true, skip_empty_lines: true });
}

/** A JSON file of what a peer computed. */
export function guiJson(file: string): unknown {
  return JSON.parse(file.endsWith('.gz') ? guiText(file) : readFileSync(new URL(file, FOLDER), 'utf8'));
}

/**
 * The four states of the repository, oldest first, each whole: the older files leave out what the next
 * one repeats word for word, so that is put back here.
 */
export function guiSnapshots(): readonly [oldest: Snapshot, second: Snapshot, third: Snapshot, final: Snapshot] {
  let next: readonly { readonly number: number; readonly createdAt: string; readonly line: string }[] = [];
  const [final, third, second, oldest] = aboutGui.snapshots
    .toReversed()
    .map(({ file, taken_at: takenAt, pull_requests: count, lacking }) => {
      const stored = new Map(linesOf(guiText(file)).map((pull) => [pull.number, pull]));
      const repeated = next.filter(({ number, createdAt }) => createdAt <= takenAt && !lacking.includes(number) && !stored.has(number));
      next = [...repeated, ...stored.values()].sort((a, b) => a.number - b.number);
      if (next.length !== count) throw new Error(`The state taken at ${takenAt} has ${String(next.length)} pull requests, not ${String(count)}.`);
      return { takenAt, lines: next.map(({ line }) => line) };
    });
  if (oldest === undefined || second === undefined || third === undefined || final === undefined) throw new Error('The recording has four states.');
  return [oldest, second, third, final];
}

function linesOf(text: string): { number: number; createdAt: string; line: string }[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { number, created_at: createdAt } = JSON.parse(line) as { number: number; created_at: string };
      return { number, createdAt, line };
    });
}
