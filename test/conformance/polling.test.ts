import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordFigure } from '#test/support/figures.ts';
import { aboutGui, guiSnapshots, type Snapshot } from '#test/support/gui-recording.ts';
import { openInstallation, readExport, type ExportedRow, type Installation } from '#test/support/installation.ts';

/** Thousands of rows are read and written; a machine that does much else takes its time. */
const MINUTES = 5 * 60_000;

const SECTION = 'Polling: four states of bitcoin-core/gui, three years apart';

/** The four states, oldest first: comments and commits went, accounts were renamed and deleted between them. */
const snapshots = guiSnapshots();
const [oldest, second, third, final] = snapshots;

/** Everything that can be exported. */
interface Exports {
  readonly events: string;
  readonly pullRequests: string;
}

async function take(installation: Installation, ...states: readonly Snapshot[]): Promise<void> {
  for (const { takenAt, lines } of states) await installation.importLines(lines, { repository: aboutGui.repository, takenAt });
}

async function exportsOf(installation: Installation, withGone = false): Promise<Exports> {
  return { events: await installation.exportCsv('pull-request-events', { withGone }), pullRequests: await installation.exportCsv('pull-requests') };
}

/** The exported pull requests by number. */
function byNumber(csv: string): Map<string, ExportedRow> {
  return new Map(readExport(csv).map((row) => [row['number'] ?? '', row]));
}

describe('the polled repository', () => {
  let onlyFinal: Exports;
  let installation: Installation;
  /** What was exported after each of the four states had come in order. */
  const steps: Exports[] = [];

  beforeAll(async () => {
    const fresh = await openInstallation();
    await take(fresh, final);
    onlyFinal = await exportsOf(fresh);
    await fresh.close();

    installation = await openInstallation();
    for (const state of snapshots) {
      await take(installation, state);
      steps.push(await exportsOf(installation));
    }
  }, MINUTES);
  afterAll(() => installation.close());

  test('has the facts of its last state, whether its earlier states were known or not', () => {
    expect(readExport(onlyFinal.pullRequests)).toHaveLength(519);
    expect(steps.at(-1)).toEqual(onlyFinal);
    recordFigure(SECTION, 'exported events, equal with and without the three earlier states', readExport(onlyFinal.events).length, 'byte for byte');
  });

  test('goes forward only: what is merged stays merged, and nothing is older than it was', () => {
    const backwards: unknown[] = [];
    steps.forEach((step, index) => {
      const before = byNumber(steps[index - 1]?.pullRequests ?? '');
      const after = byNumber(step.pullRequests);
      for (const [number, was] of before) {
        const is = after.get(number);
        const isForward = is !== undefined && (is['updated_at'] ?? '') >= (was['updated_at'] ?? '') && is['created_at'] === was['created_at'];
        const keepsMerge = was['merged_at'] === '' || is?.['merged_at'] === was['merged_at'];
        if (!isForward || !keepsMerge) backwards.push({ was, is });
      }
    });

    expect(steps.map(({ pullRequests }) => readExport(pullRequests).length)).toEqual([396, 432, 467, 519]);
    expect(backwards).toEqual([]);
  });

  test('changes nothing when the same states come again, nor when an older one comes last', async () => {
    const before = await exportsOf(installation, true);

    await take(installation, ...snapshots);
    const again = await exportsOf(installation, true);
    await take(installation, second);
    const older = await exportsOf(installation, true);

    expect(again).toEqual(before);
    expect(older).toEqual(before);
    expect(await exportsOf(installation)).toEqual(onlyFinal);
  }, MINUTES);

  test('forgets nothing: whatever was a fact once stands or is shown with what is gone', async () => {
    const key = (row: ExportedRow): string => [row['number'], row['event'], row['event_id'], row['at'], target(row)].join(' ');
    const known = new Set(readExport((await exportsOf(installation, true)).events).map(key));

    const forgotten = new Set(steps.flatMap(({ events }) => readExport(events).map(key)).filter((event) => !known.has(event)));

    expect([...forgotten]).toEqual([]);
  });

  test('has the same facts when its states come in another order, with what is gone and without', async () => {
    const disordered = await openInstallation();

    await take(disordered, final, third, oldest, second);

    expect(await exportsOf(disordered, true)).toEqual(await exportsOf(installation, true));
    expect(await exportsOf(disordered)).toEqual(onlyFinal);
    await disordered.close();
  }, MINUTES);

  test('shows as gone what GitHub lists no more, but not the thousand force pushes of which it only told the head later', async () => {
    const standing = new Set(readExport(onlyFinal.events).map((row) => JSON.stringify(row)));
    const gone = readExport((await exportsOf(installation, true)).events).filter((row) => !standing.has(JSON.stringify(row)));
    const count = (kind: string): number => gone.filter((row) => row['event'] === kind).length;

    expect(Object.fromEntries(['reviewed', 'commented', 'committed', 'force_pushed', 'ready_for_review', 'converted_to_draft'].map((kind) => [kind, count(kind)]))).toEqual({
      reviewed: 1,
      commented: 1,
      committed: 32,
      force_pushed: 9,
      ready_for_review: 1,
      converted_to_draft: 2,
    });
    recordFigure(SECTION, 'exported events that are gone', gone.length, 'in earlier states and in none later');
  });
});


/** Whom an event is about, whatever that account is called by now. */
function target(row: ExportedRow): string {
  const { target: name } = JSON.parse(row['detail'] ?? '{}') as { readonly target?: string };
  return (name ?? '').replace(/-earlier$/, '');
}

