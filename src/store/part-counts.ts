import { z } from 'zod';
import type { Stretch } from '#src/core/stretch.ts';
import { utcWeekOf } from '#src/core/utc-week.ts';
import { PART_KINDS, partOf, type PartKind } from '#src/domain/counted-kind.ts';
import { goneSince } from '#src/domain/timeline/standing.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Database } from './database.ts';
import { decodeEvidence, type EncodedEvidence } from './evidence-codec.ts';
import type { ListedPartsTable } from './completeness-tables.ts';
import { visibleRepositories } from './visible.ts';
import type { WeekCount } from './week-count.ts';

/** Rows read in one statement. */
const PAGE = 500;

const WEEKS = z.array(z.tuple([z.enum(PART_KINDS), z.number(), z.number()]));

/** What listings say of the parts of pull requests, and how many of them are facts, both by week. */
export interface PartCounts {
  readonly expected: readonly WeekCount[];
  readonly stored: readonly WeekCount[];
}

/** The parts of all pull requests of which a listing is known; weeks beyond the stretch are left out. */
export async function partCounts(inbox: Database, facts: Database, viewer: Viewer, weeks: Stretch): Promise<PartCounts> {
  const expected = new Counts(weeks);
  const stored = new Counts(weeks);
  for (let after = { repository_id: '', number: -1 }; ; ) {
    const listed = await listedPage(inbox, viewer, weeks, after);
    for (const row of listed) for (const [kind, weekFromAt, count] of readWeeks(row.weeks)) expected.add(row.repository_id, kind, weekFromAt, count);
    for (const row of await factRows(facts, listed)) for (const { kind, at } of partsStored(row).parts) stored.add(row.repository_id, kind, utcWeekOf(at), 1);
    const last = listed.at(-1);
    if (last === undefined || listed.length < PAGE) return { expected: expected.all(), stored: stored.all() };
    after = last;
  }
}

type Key = Pick<ListedPartsTable, 'repository_id' | 'number'>;

function listedPage(inbox: Database, viewer: Viewer, weeks: Stretch, after: Key): Promise<(Key & Pick<ListedPartsTable, 'weeks'>)[]> {
  return inbox.handle
    .selectFrom('listed_parts')
    .select(['repository_id', 'number', 'weeks'])
    .where('from_at', '<', weeks.toAt)
    .where('to_at', '>', weeks.fromAt)
    .where(visibleRepositories(inbox.dialect, viewer, 'repository_id'))
    .where((where) => where.or([where('repository_id', '>', after.repository_id), where.and([where('repository_id', '=', after.repository_id), where('number', '>', after.number)])]))
    .orderBy('repository_id')
    .orderBy('number')
    .limit(PAGE)
    .execute();
}

/** The rows of pull requests among the facts; those that are missing there are missing here. */
export async function factRows(facts: Database, keys: readonly Key[]): Promise<(Key & EncodedEvidence)[]> {
  if (keys.length === 0) return [];
  return facts.handle
    .selectFrom('pull_requests')
    .select(['repository_id', 'number', 'attributes', 'timeline'])
    .where(facts.dialect.matches(['repository_id', 'number'], keys.map((key) => [key.repository_id, key.number])))
    .execute();
}

/** The listed parts of one pull request that are facts and not gone, and when the newest listing was taken that any of them comes from. */
export function partsStored(row: EncodedEvidence): { readonly newestAt: number | null; readonly parts: readonly { readonly kind: PartKind; readonly at: number }[] } {
  const { listings, sightings, deletions } = decodeEvidence(row);
  let newestAt = listings[0]?.takenAt ?? null;
  const parts: { kind: PartKind; at: number }[] = [];
  for (const [key, sighting] of Object.entries(sightings)) {
    if (sighting.listed === null) continue;
    newestAt = Math.max(newestAt ?? sighting.listed.takenAt, sighting.listed.takenAt);
    if (goneSince(sighting, listings, deletions[key] ?? null) === null) parts.push({ kind: partOf(sighting.kind), at: sighting.at });
  }
  return { newestAt, parts };
}

/** The counts by kind and week that a listing's row holds; what cannot be read counts nothing. */
export function readWeeks(text: string): readonly (readonly [kind: PartKind, weekFromAt: number, count: number])[] {
  const read = WEEKS.safeParse(JSON.parse(text));
  return read.success ? read.data : [];
}

/** Sums by repository, kind and week. */
class Counts {
  readonly #weeks: Stretch;
  readonly #sums = new Map<string, { repositoryId: string; kind: PartKind; weekFromAt: number; count: number }>();

  constructor(weeks: Stretch) {
    this.#weeks = weeks;
  }

  add(repositoryId: string, kind: PartKind, weekFromAt: number, count: number): void {
    if (weekFromAt < this.#weeks.fromAt || weekFromAt >= this.#weeks.toAt) return;
    const key = `${repositoryId} ${kind} ${String(weekFromAt)}`;
    const known = this.#sums.get(key);
    if (known === undefined) this.#sums.set(key, { repositoryId, kind, weekFromAt, count });
    else known.count += count;
  }

  all(): WeekCount[] {
    return [...this.#sums.values()];
  }
}
