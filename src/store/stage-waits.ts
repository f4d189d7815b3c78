import { sql, type RawBuilder } from 'kysely';
import { Numbering } from '#src/core/statistics/wait-columns.ts';
import { compareText } from '#src/core/text.ts';
import type { Pause, StageWaits } from '#src/domain/subject.ts';
import type { Database } from './database.ts';
import { numberAt, readNumberRows } from './number-rows.ts';
import { COUNTED_WAITS, overlapping } from './overlapping.ts';

/** All of them stand in the index, so that no row is looked up. */
const COLUMNS = ['repository_id', 'number', 'started_at', 'ended_at', 'paused_ms', 'outcome', 'pauses'] as const;

/**
 * Reads what estimates are made of. The database hands over each column as one list: rows as objects would cost several
 * times as much as finding them.
 */
export async function readStageWaits(
  { dialect, handle }: Database,
  conditions: readonly RawBuilder<boolean>[],
  window: { readonly fromAt: number; readonly toAt: number },
): Promise<StageWaits> {
  const lists = COLUMNS.map((column) => sql`${dialect.listOf(column)} as ${sql.ref(column)}`);
  const found = overlapping(COUNTED_WAITS, COLUMNS, conditions, window);
  const { rows } = await sql<Record<(typeof COLUMNS)[number], string>>`select ${sql.join(lists)} from ${found}`.execute(handle);
  const [row] = rows;
  if (row === undefined) throw new Error('a query for lists of columns gave no row');
  return stageWaits(row);
}

function stageWaits(lists: Readonly<Record<(typeof COLUMNS)[number], string>>): StageWaits {
  const { repository, repositoryIds } = repositories(listIn(lists.repository_id));
  const outcomes = new Numbering<string | null>();
  const outcome = Uint16Array.from(listIn(lists.outcome), (text) => outcomes.of(textOf(text)));
  return {
    n: repository.length,
    repository,
    repositoryIds,
    ...subjectsOf(repository, numbersOf(listIn(lists.number)), repositoryIds.length),
    startedAt: numbersOf(listIn(lists.started_at)),
    endedAt: numbersOf(listIn(lists.ended_at)),
    outcome,
    outcomes: outcomes.values(),
    pausedSeconds: numbersOf(listIn(lists.paused_ms)).map((ms) => ms / 1000),
    pauses: pausesOf(listIn(lists.pauses)),
  };
}

function listIn(text: string): readonly unknown[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error('a list of a column is no list');
  return list;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Numbers; NaN where the database holds none. */
function numbersOf(list: readonly unknown[]): Float64Array {
  return Float64Array.from(list, (value) => (typeof value === 'number' ? value : NaN));
}

/** Repositories by number, in the order of their ids. */
function repositories(list: readonly unknown[]): Pick<StageWaits, 'repository' | 'repositoryIds'> {
  const met = new Numbering<string>();
  const asMet = Uint32Array.from(list, (id) => met.of(textOf(id) ?? ''));
  const ids = met.values();
  const repositoryIds = ids.toSorted(compareText);
  const places = new Map(repositoryIds.map((id, place) => [id, place]));
  const inOrder = Uint32Array.from(ids, (id) => places.get(id) ?? 0);
  return { repository: asMet.map((place) => inOrder[place] ?? 0), repositoryIds };
}

/** Subjects numbered in the order of repository and number. Where each has one wait their numbers mean nothing, and are the waits' places. */
function subjectsOf(repository: Uint32Array, numbers: Float64Array, repositoryCount: number): Pick<StageWaits, 'subject' | 'subjects'> {
  const byRepository = Array.from({ length: repositoryCount }, () => new Map<number, number>());
  repository.forEach((place, i) => byRepository[place]?.set(numbers[i] ?? 0, 0));
  const subjects = byRepository.reduce((sum, { size }) => sum + size, 0);
  if (subjects === repository.length) return { subject: repository.map((_, i) => i), subjects };
  let next = 0;
  for (const known of byRepository) {
    for (const number of Float64Array.from(known.keys()).sort()) {
      known.set(number, next);
      next += 1;
    }
  }
  return { subject: repository.map((place, i) => byRepository[place]?.get(numbers[i] ?? 0) ?? 0), subjects };
}

function pausesOf(list: readonly unknown[]): ReadonlyMap<number, readonly Pause[]> {
  const pauses = new Map<number, readonly Pause[]>();
  for (let i = 0; i < list.length; i += 1) {
    const text = list[i];
    if (typeof text === 'string') pauses.set(i, readNumberRows(text).map((pause) => ({ fromAt: numberAt(pause, 0), toAt: pause[1] ?? null })));
  }
  return pauses;
}
