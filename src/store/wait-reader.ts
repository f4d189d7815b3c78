import { sql, type RawBuilder } from 'kysely';
import { compareText } from '#src/core/text.ts';
import { ignoreRuleOf, ignoreRuleText, type LeftOut } from '#src/domain/left-out.ts';
import type { LifeQuery, PullRequestLife, StageWaitQuery, StageWaits, SubjectKey, SubjectWait, WaitQuery, WaitReader } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { STAGES } from '#src/domain/wait.ts';
import type { Database } from './database.ts';
import { IN_FORCE } from './wait-writer.ts';
import { COUNTED_LIVES, COUNTED_WAITS, overlapping, type StretchTable } from './overlapping.ts';
import type { PullRequestLifeTable, WaitTable } from './schema.ts';
import { readStageWaits } from './stage-waits.ts';
import { visibleRepositories } from './visible.ts';
import { LIFE_COLUMNS, lifeOf, WAIT_COLUMNS, waitOf } from './wait-rows.ts';

const ALL_STAGES = Object.keys(STAGES);

/** Waits and lives, as those may see them who ask. */
export class DatabaseWaitReader implements WaitReader {
  readonly #facts: Database;

  constructor(facts: Database) {
    this.#facts = facts;
  }

  async waits(viewer: Viewer, query: WaitQuery): Promise<SubjectWait[]> {
    const { dialect, handle } = this.#facts;
    const conditions = [...this.#conditions(viewer, query), dialect.isOneOf('stage', query.stages ?? ALL_STAGES)];
    const { rows } = await sql<WaitTable>`select ${names(WAIT_COLUMNS)} from ${rowsOf(COUNTED_WAITS, WAIT_COLUMNS, conditions, query)}`.execute(handle);
    return rows.sort(inOrderOfWaits).map(waitOf);
  }

  async stageWaits(viewer: Viewer, query: StageWaitQuery): Promise<StageWaits> {
    return readStageWaits(this.#facts, [...this.#conditions(viewer, query), sql<boolean>`stage = ${query.stage}`], query);
  }

  async lives(viewer: Viewer, query: LifeQuery): Promise<PullRequestLife[]> {
    const from = rowsOf(COUNTED_LIVES, LIFE_COLUMNS, this.#conditions(viewer, query), query);
    const { rows } = await sql<PullRequestLifeTable>`select ${names(LIFE_COLUMNS)} from ${from}`.execute(this.#facts.handle);
    return rows.sort(inOrderOfSubjects).map(lifeOf);
  }

  async leftOut(viewer: Viewer): Promise<LeftOut[]> {
    const { dialect, handle } = this.#facts;
    const rows = await handle
      .selectFrom('pull_request_lives')
      .select(({ fn }) => ['ignored_for', 'repository_id', fn.countAll<number>().as('count')])
      .where('ignored_for', 'is not', null)
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .groupBy(['ignored_for', 'repository_id'])
      .execute();
    return rows
      .flatMap((row) => {
        const rule = ignoreRuleOf(row.ignored_for ?? '');
        return rule === null ? [] : [{ ...rule, repositoryId: row.repository_id, count: row.count }];
      })
      .sort((a, b) => compareText(ignoreRuleText(a), ignoreRuleText(b)) || compareText(a.repositoryId, b.repositoryId));
  }

  async policyInForce(): Promise<string | null> {
    const row = await this.#facts.handle.selectFrom('computed_policy').select('digest').where('name', '=', IN_FORCE).executeTakeFirst();
    return row?.digest ?? null;
  }

  async titles(viewer: Viewer, subjects: readonly SubjectKey[]): Promise<(string | null)[]> {
    if (subjects.length === 0) return [];
    const { dialect, handle } = this.#facts;
    const rows = await handle
      .selectFrom('pull_request_lives')
      .select(['repository_id', 'number', 'title'])
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .where(dialect.matches(['repository_id', 'number'], subjects.map(({ repositoryId, number }) => [repositoryId, number])))
      .execute();
    const titles = new Map(rows.map((row) => [`${row.repository_id} ${String(row.number)}`, row.title]));
    return subjects.map(({ repositoryId, number }) => titles.get(`${repositoryId} ${String(number)}`) ?? null);
  }

  async dirtyCount(viewer: Viewer): Promise<number> {
    const row = await this.#facts.handle
      .selectFrom('dirty_subjects')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(visibleRepositories(this.#facts.dialect, viewer, 'repository_id'))
      .executeTakeFirst();
    return row?.count ?? 0;
  }

  /** Repository by repository, because an index gives the newest of each at once, and of several only by reading them all. */
  async lastDeliveredAt(viewer: Viewer): Promise<number | null> {
    const { dialect, handle } = this.#facts;
    const rows = await handle
      .selectFrom('repositories')
      .select((select) => select.selectFrom('pull_requests').select(({ fn }) => fn.max('updated_at').as('at')).whereRef('pull_requests.repository_id', '=', 'repositories.id').as('at'))
      .where(visibleRepositories(dialect, viewer, 'repositories.id'))
      .execute();
    return rows.reduce<number | null>((newest, { at }) => (at === null || (newest !== null && newest > at) ? newest : at), null);
  }

  #conditions(viewer: Viewer, { repositoryIds, number }: Pick<WaitQuery, 'repositoryIds' | 'number'>): RawBuilder<boolean>[] {
    const { dialect } = this.#facts;
    return [
      ...(viewer.sees === 'everything' ? [] : [visibleRepositories(dialect, viewer, 'repository_id')]),
      ...(repositoryIds === undefined ? [] : [dialect.isOneOf('repository_id', repositoryIds)]),
      ...(number === undefined ? [] : [sql<boolean>`number = ${number}`]),
    ];
  }
}

/** The rows that are asked for, to be selected from. */
function rowsOf(table: StretchTable, columns: readonly string[], conditions: readonly RawBuilder<boolean>[], { fromAt, toAt, withIgnored }: LifeQuery): RawBuilder<unknown> {
  if (fromAt !== undefined && toAt !== undefined && withIgnored !== true) return overlapping(table, columns, conditions, { fromAt, toAt });
  const all = [
    sql`1 = 1`,
    ...conditions,
    ...(toAt === undefined ? [] : [sql`${sql.ref(table.start)} < ${toAt}`]),
    ...(fromAt === undefined ? [] : [sql`(ended_at is null or ended_at >= ${fromAt})`]),
    ...(withIgnored === true ? [] : [table.counted]),
  ];
  return sql`${sql.table(table.table)} where ${sql.join(all, sql` and `)}`;
}

/** Ordered here: asked for an order, an engine would rather read all there is in that order than find the few and sort them. */
function inOrderOfSubjects(a: Pick<WaitTable, 'repository_id' | 'number'>, b: Pick<WaitTable, 'repository_id' | 'number'>): number {
  return a.repository_id === b.repository_id ? a.number - b.number : compareText(a.repository_id, b.repository_id);
}

function inOrderOfWaits(a: WaitTable, b: WaitTable): number {
  return compareText(a.stage, b.stage) || inOrderOfSubjects(a, b) || compareText(a.waits_on, b.waits_on) || a.round - b.round;
}

function names(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
