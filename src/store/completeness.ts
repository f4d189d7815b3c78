import { sql } from 'kysely';
import type { Stretch } from '#src/core/stretch.ts';
import { compareText } from '#src/core/text.ts';
import { utcWeekOf, WEEK_MS } from '#src/core/utc-week.ts';
import { COUNTED_KINDS, type CountedKind } from '#src/domain/counted-kind.ts';
import type { CollectingState, CollectionGap, CollectionLag, CompletenessReader, CompletenessRow } from '#src/domain/completeness.ts';
import type { Gap } from '#src/domain/figure.ts';
import { lostWith, type Knowledge } from '#src/domain/knowledge.ts';
import { maySee, type Viewer } from '#src/domain/viewer.ts';
import type { Database } from './database.ts';
import { GAP_COLUMNS, gapOf } from './gap-rows.ts';
import { DAY_MS, LOG_CHECKED_MARK } from './healing.ts';
import { joinLosses, type LossesOfDay } from './join-losses.ts';
import { partCounts } from './part-counts.ts';
import { visibleRepositories } from './visible.ts';
import type { WeekCount } from './week-count.ts';

/** The kind of progress whose sweeps bring back what listings tell. */
const SWEPT_KIND = 'pull_requests';

/** Completeness, as those may see it who ask. A gap that names no repository may touch every one, and everyone sees it. */
export class DatabaseCompleteness implements CompletenessReader {
  readonly #inbox: Database;
  readonly #facts: Database;

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  async gaps(viewer: Viewer, repositoryIds: readonly string[], window: Stretch, about?: readonly Knowledge[]): Promise<readonly Gap[]> {
    const ids = repositoryIds.filter((id) => maySee(viewer, id));
    const names = await this.#names(ids);
    const swept = about === undefined ? new Map<string, number>() : await this.#swept();
    const takes = takesAway(about, ids, swept);
    const losses = (await this.#lossesOfDays(ids, window)).filter((loss) => takes('deliveries', loss.event, loss.repositoryId, loss.toAt));
    const logged = await this.#loggedDays(ids, { fromAt: window.fromAt - DAY_MS, toAt: window.toAt + DAY_MS });
    const others = (await this.#others(ids, window)).filter(({ kind, event, repositoryId, toAt }) => takes(kind, event ?? null, repositoryId, toAt));
    const gaps = [
      ...(await this.#beforeHistory(ids, window, about)),
      ...others.map(({ repositoryId, kind, fromAt, toAt, missing, expected, healedAt, reason }) => ({ repositoryId, kind, fromAt, toAt, missing, expected, reason, state: stateOf(healedAt) })),
      ...joinLosses(losses, logged),
    ];
    return gaps
      .map(({ repositoryId, ...gap }): Gap => ({ repository: repositoryId === null ? null : (names.get(repositoryId) ?? repositoryId), ...gap }))
      .sort((a, b) => a.fromAt - b.fromAt || compareText(a.repository ?? '', b.repository ?? '') || compareText(a.kind ?? '', b.kind ?? '') || compareText(a.state, b.state));
  }

  async rows(viewer: Viewer, window: Stretch): Promise<readonly CompletenessRow[]> {
    const weeks = { fromAt: utcWeekOf(window.fromAt), toAt: utcWeekOf(window.toAt - 1) + WEEK_MS };
    const counted = new Map<string, { repositoryId: string; kind: CountedKind; weekFromAt: number; expected: number | null; stored: number; healed: number; openGaps: number }>();
    const row = (repositoryId: string, kind: CountedKind, weekFromAt: number): { expected: number | null; stored: number; healed: number; openGaps: number } => {
      const key = JSON.stringify([repositoryId, kind, weekFromAt]);
      const known = counted.get(key) ?? { repositoryId, kind, weekFromAt, expected: null, stored: 0, healed: 0, openGaps: 0 };
      counted.set(key, known);
      return known;
    };
    const expect = ({ repositoryId, kind, weekFromAt, count }: WeekCount): void => {
      const known = row(repositoryId, kind, weekFromAt);
      known.expected = (known.expected ?? 0) + count;
    };
    for (const count of await this.#expected(viewer, weeks)) expect(count);
    const parts = await partCounts(this.#inbox, this.#facts, viewer, weeks);
    for (const count of parts.expected) expect(count);
    for (const count of [...(await this.#storedPullRequests(viewer, weeks)), ...parts.stored]) row(count.repositoryId, count.kind, count.weekFromAt).stored += count.count;
    for (const { repositoryId, dayAt, count } of await this.#loggedDays(null, weeks)) {
      if (repositoryId === null || !maySee(viewer, repositoryId)) continue;
      const known = row(repositoryId, 'deliveries', utcWeekOf(dayAt));
      known.expected = (known.expected ?? 0) + count;
      known.stored += count;
    }
    for (const { repositoryId, dayAt, isHealed, count } of await this.#lossesOfDays(null, weeks)) {
      if (repositoryId === null || !maySee(viewer, repositoryId)) continue;
      const known = row(repositoryId, 'deliveries', utcWeekOf(dayAt));
      if (isHealed) known.healed += count;
      else known.openGaps += count;
      if (!isHealed) known.stored -= count;
    }
    for (const { repositoryId, kind, fromAt, missing, healedAt } of await this.#others(null, weeks)) {
      if (repositoryId === null || !maySee(viewer, repositoryId)) continue;
      const known = row(repositoryId, kind, Math.max(utcWeekOf(fromAt), weeks.fromAt));
      if (healedAt === null) known.openGaps += 1;
      else known.healed += missing ?? 0;
    }
    return [...counted.values()]
      .map(({ weekFromAt, ...rest }): CompletenessRow => ({ ...rest, week: { fromAt: weekFromAt, toAt: weekFromAt + WEEK_MS } }))
      .sort((a, b) => compareText(a.repositoryId, b.repositoryId) || COUNTED_KINDS.indexOf(a.kind) - COUNTED_KINDS.indexOf(b.kind) || a.week.fromAt - b.week.fromAt);
  }

  async everyGap(viewer: Viewer, window: Stretch): Promise<readonly CollectionGap[]> {
    const rows = await this.#touching(window)
      .where(this.#orNowhere(viewer.sees === 'everything' ? null : viewer.repositoryIds))
      .orderBy(sql`case when healed_at is null then 0 else 1 end`)
      .orderBy('from_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(gapOf);
  }

  async ofPullRequest(viewer: Viewer, repositoryId: string, number: number): Promise<readonly CollectionGap[]> {
    if (!maySee(viewer, repositoryId)) return [];
    const ids = COUNTED_KINDS.map((kind) => `${kind}:${repositoryId}#${String(number)}`);
    const rows = await this.#inbox.handle.selectFrom('collection_gaps').select(GAP_COLUMNS).where(this.#inbox.dialect.isOneOf('id', ids)).orderBy('id').execute();
    return rows.map(gapOf);
  }

  async lag(viewer: Viewer): Promise<CollectionLag> {
    const { handle, dialect } = this.#inbox;
    const mark = await handle.selectFrom('inbox_marks').select('value').where('name', '=', LOG_CHECKED_MARK).executeTakeFirst();
    const repositories = await handle
      .selectFrom('collected_repositories')
      .select('id')
      .where('state', '=', 'active')
      .where(visibleRepositories(dialect, viewer, 'id'))
      .execute();
    const swept = await this.#swept();
    const times = repositories.flatMap(({ id }) => swept.get(id) ?? []);
    return {
      logCheckedUntilAt: mark?.value ?? null,
      sweptUntilAt: times.length === 0 ? null : Math.min(...times),
      repositories: repositories.length,
      neverSwept: repositories.length - times.length,
    };
  }

  async collecting(viewer: Viewer): Promise<CollectingState | null> {
    const { handle, dialect } = this.#inbox;
    const rows = await handle
      .selectFrom('collected_repositories')
      .leftJoin('collection_progress', (join) => join.onRef('collection_progress.repository_id', '=', 'collected_repositories.id').on('collection_progress.kind', '=', SWEPT_KIND))
      .select(['collection_progress.is_done', 'collection_progress.collected_from_at', 'collection_progress.total'])
      .where('collected_repositories.state', '=', 'active')
      .where(visibleRepositories(dialect, viewer, 'collected_repositories.id'))
      .execute();
    const open = rows.filter((row) => row.is_done !== 1);
    if (open.length === 0) return null;
    const begun = open.flatMap((row) => (row.total === null || row.collected_from_at === null ? [] : [row.collected_from_at]));
    return { repositories: rows.length, done: rows.length - open.length, backToAt: begun.length < open.length ? null : Math.max(...begun) };
  }

  async #names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { handle, dialect } = this.#facts;
    const rows = await handle.selectFrom('repositories').select(['id', 'full_name']).where(dialect.isOneOf('id', ids)).execute();
    return new Map(rows.map((row) => [row.id, row.full_name]));
  }

  /** Up to when each repository was swept. */
  async #swept(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#inbox.handle.selectFrom('collection_progress').select(['repository_id', 'swept_until_at']).where('kind', '=', SWEPT_KIND).execute();
    return new Map(rows.flatMap((row) => (row.swept_until_at === null ? [] : [[row.repository_id, row.swept_until_at] as const])));
  }

  /** The condition that a gap is about one of these repositories, or about none that can be named; null: any. */
  #orNowhere(repositoryIds: readonly string[] | null): ReturnType<typeof visibleRepositories> {
    if (repositoryIds === null) return sql<boolean>`1 = 1`;
    return sql<boolean>`(repository_id is null or ${this.#inbox.dialect.isOneOf('repository_id', repositoryIds)})`;
  }

  #touching({ fromAt, toAt }: Stretch) {
    return this.#inbox.handle
      .selectFrom('collection_gaps')
      .select(GAP_COLUMNS)
      .where('from_at', '<', toAt)
      .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', fromAt)]));
  }

  /** Gaps that are no single lost delivery. */
  async #others(ids: readonly string[] | null, window: Stretch): Promise<CollectionGap[]> {
    return (await this.#touching(window).where('event', 'is', null).where(this.#orNowhere(ids)).orderBy('id').execute()).map(gapOf);
  }

  /** Single lost deliveries, counted by repository, day, event and whether they were healed: there may be very many. */
  async #lossesOfDays(ids: readonly string[] | null, { fromAt, toAt }: Stretch): Promise<LossesOfDay[]> {
    const dayAt = sql<number>`(from_at / ${sql.lit(DAY_MS)}) * ${sql.lit(DAY_MS)}`;
    const isHealed = sql<number>`case when healed_at is null then 0 else 1 end`;
    const rows = await this.#inbox.handle
      .selectFrom('collection_gaps')
      .select(({ fn }) => ['repository_id', 'event', dayAt.as('day_at'), isHealed.as('is_healed'), fn.countAll<number>().as('count'), fn.min('from_at').as('first_at'), fn.max('to_at').as('last_at'), fn.min('reason').as('a_reason'), fn.max('reason').as('another_reason')])
      .where('event', 'is not', null)
      .where('from_at', '<', toAt)
      .where('from_at', '>=', fromAt)
      .where(this.#orNowhere(ids))
      .groupBy(['repository_id', 'event', dayAt, isHealed])
      .execute();
    return rows.map((row) => ({
      repositoryId: row.repository_id,
      event: row.event,
      dayAt: row.day_at,
      isHealed: row.is_healed === 1,
      count: row.count,
      fromAt: row.first_at,
      toAt: row.last_at ?? row.first_at + 1,
      reason: row.a_reason === row.another_reason ? row.a_reason : null,
    }));
  }

  async #loggedDays(ids: readonly string[] | null, { fromAt, toAt }: Stretch): Promise<{ readonly repositoryId: string | null; readonly dayAt: number; readonly count: number }[]> {
    const { handle, dialect } = this.#inbox;
    const rows = await handle
      .selectFrom('logged_days')
      .select(['repository_id', 'day_at', 'count'])
      .where('day_at', '>=', Math.floor(fromAt / DAY_MS) * DAY_MS)
      .where('day_at', '<', toAt)
      .$if(ids !== null, (days) => days.where(dialect.isOneOf('repository_id', ['', ...(ids ?? [])])))
      .execute();
    return rows.map((row) => ({ repositoryId: row.repository_id === '' ? null : row.repository_id, dayAt: row.day_at, count: row.count }));
  }

  async #beforeHistory(ids: readonly string[], window: Stretch, about: readonly Knowledge[] | undefined): Promise<({ readonly repositoryId: string } & Omit<Gap, 'repository'>)[]> {
    const { handle, dialect } = this.#inbox;
    const rows = await handle
      .selectFrom('collection_histories')
      .select(['repository_id', 'kind', 'from_at'])
      .where('from_at', '>', window.fromAt)
      .where(dialect.isOneOf('repository_id', ids))
      .execute();
    const since = new Map<string, number>();
    for (const { repository_id: id, kind, from_at: at } of rows) {
      const isAbout = about === undefined || lostWith(kind, null).some((one) => about.includes(one) && (kind !== 'deliveries' || one !== 'listed'));
      if (at !== null && isAbout) since.set(id, Math.max(at, since.get(id) ?? at));
    }
    return [...since].map(([repositoryId, toAt]) => ({ repositoryId, fromAt: window.fromAt, toAt, state: 'before-history' as const, missing: null, expected: null }));
  }

  async #expected(viewer: Viewer, weeks: Stretch): Promise<WeekCount[]> {
    const { handle, dialect } = this.#inbox;
    const rows = await handle
      .selectFrom('expected_counts')
      .select(['repository_id', 'kind', 'week_from_at', 'count'])
      .where('week_from_at', '>=', weeks.fromAt)
      .where('week_from_at', '<', weeks.toAt)
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .execute();
    return rows.map((row) => ({ repositoryId: row.repository_id, kind: row.kind, weekFromAt: row.week_from_at, count: row.count }));
  }

  async #storedPullRequests(viewer: Viewer, weeks: Stretch): Promise<WeekCount[]> {
    const { handle, dialect } = this.#facts;
    const week = sql<number>`((created_at - ${sql.lit(weeks.fromAt)}) / ${sql.lit(WEEK_MS)})`;
    const rows = await handle
      .selectFrom('pull_requests')
      .select(({ fn }) => ['repository_id', week.as('week'), fn.countAll<number>().as('count')])
      .where('created_at', '>=', weeks.fromAt)
      .where('created_at', '<', weeks.toAt)
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .groupBy(['repository_id', week])
      .execute();
    return rows.map((row) => ({ repositoryId: row.repository_id, kind: 'pull_requests', weekFromAt: weeks.fromAt + row.week * WEEK_MS, count: row.count }));
  }
}

function stateOf(healedAt: number | null): 'open' | 'healed' {
  return healedAt === null ? 'open' : 'healed';
}

/**
 * Whether a gap takes away what a figure rests on. What listings tell is back once a sweep has passed the gap's end
 * in its repository, or in all that are asked about where it names none.
 */
function takesAway(
  about: readonly Knowledge[] | undefined,
  ids: readonly string[],
  swept: ReadonlyMap<string, number>,
): (kind: CountedKind, event: string | null, repositoryId: string | null, toAt: number | null) => boolean {
  if (about === undefined) return () => true;
  return (kind, event, repositoryId, toAt) => {
    const isBack = kind === 'deliveries' && toAt !== null && (repositoryId === null ? ids : [repositoryId]).every((id) => (swept.get(id) ?? -Infinity) >= toAt);
    return lostWith(kind, event).some((one) => about.includes(one) && !(one === 'listed' && isBack));
  };
}
