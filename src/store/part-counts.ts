import { z } from 'zod';
import type { Stretch } from '#src/core/stretch.ts';
import { PART_KINDS, partOf, type PartKind } from '#src/domain/counted-kind.ts';
import { goneSince } from '#src/domain/timeline/standing.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Database } from './database.ts';
import { decodeEvidence, type EncodedEvidence } from './evidence-codec.ts';
import { visibleRepositories } from './visible.ts';
import { weekOf, type WeekCount } from './week-count.ts';

/** Rows read in one statement. */
const PAGE = 500;

const WEEKS = z.array(z.tuple([z.enum(PART_KINDS), z.number(), z.number()]));

/** What listings say there is of the parts of pull requests, by week; weeks that the stretch does not touch are left out. */
export async function listedParts(inbox: Database, viewer: Viewer, weeks: Stretch): Promise<WeekCount[]> {
  const counts = new Counts(weeks);
  for (let after = { repository_id: '', number: -1 }; ; ) {
    const rows = await inbox.handle
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
    for (const row of rows) for (const [kind, weekFromAt, count] of readWeeks(row.weeks)) counts.add(row.repository_id, kind, weekFromAt, count);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return counts.all();
    after = last;
  }
}

/** How many of the parts that listings named are facts, by week: stored and not gone. Pull requests of which no listing is known count nothing. */
export async function storedParts(facts: Database, viewer: Viewer, weeks: Stretch): Promise<WeekCount[]> {
  const counts = new Counts(weeks);
  for (let after = { repository_id: '', number: Number.MIN_SAFE_INTEGER }; ; ) {
    const rows = await facts.handle
      .selectFrom('pull_requests')
      .select(['repository_id', 'number', 'attributes', 'timeline'])
      .where('created_at', '<', weeks.toAt)
      .where((where) => where.or([where('updated_at', 'is', null), where('updated_at', '>=', weeks.fromAt)]))
      .where(visibleRepositories(facts.dialect, viewer, 'repository_id'))
      .where((where) => where.or([where('repository_id', '>', after.repository_id), where.and([where('repository_id', '=', after.repository_id), where('number', '>', after.number)])]))
      .orderBy('repository_id')
      .orderBy('number')
      .limit(PAGE)
      .execute();
    for (const row of rows) for (const { kind, at } of partsStored(row).parts) counts.add(row.repository_id, kind, weekOf(at), 1);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return counts.all();
    after = last;
  }
}

/** The listed parts of one pull request that are facts and not gone, and when the newest listing among its facts was taken. */
export function partsStored(row: EncodedEvidence): { readonly takenAt: number | null; readonly parts: readonly { readonly kind: PartKind; readonly at: number }[] } {
  const { listings, sightings, deletions } = decodeEvidence(row);
  const parts = Object.entries(sightings)
    .filter(([key, sighting]) => sighting.listed !== null && goneSince(sighting, listings, deletions[key] ?? null) === null)
    .map(([, { kind, at }]) => ({ kind: partOf(kind), at }));
  return { takenAt: listings[0]?.takenAt ?? null, parts };
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
