import type { LifeQuery, PullRequestLife, SubjectWait, WaitQuery, WaitReader } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { visibleRepositories } from './visible.ts';
import { LIFE_COLUMNS, lifeOf, WAIT_COLUMNS, waitOf } from './wait-rows.ts';

/** Waits and lives, as those may see them who ask. */
export class DatabaseWaitReader implements WaitReader {
  readonly #facts: Database;

  constructor(facts: Database) {
    this.#facts = facts;
  }

  async waits(viewer: Viewer, query: WaitQuery): Promise<SubjectWait[]> {
    const { dialect, handle } = this.#facts;
    const rows = await handle
      .selectFrom('waits')
      .select(WAIT_COLUMNS)
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .$if(query.stages !== undefined, (waits) => waits.where(dialect.isOneOf('stage', query.stages ?? [])))
      .$if(query.repositoryIds !== undefined, (waits) => waits.where(dialect.isOneOf('repository_id', query.repositoryIds ?? [])))
      .$if(query.number !== undefined, (waits) => waits.where('number', '=', query.number ?? null))
      .$if(query.toAt !== undefined, (waits) => waits.where('started_at', '<', query.toAt ?? null))
      .$if(query.fromAt !== undefined, (waits) => waits.where(sql<boolean>`(ended_at is null or ended_at >= ${query.fromAt})`))
      .$if(query.withIgnored !== true, (waits) => waits.where('ignored', '=', 0))
      .orderBy('stage')
      .orderBy('repository_id')
      .orderBy('number')
      .orderBy('waits_on')
      .orderBy('round')
      .execute();
    return rows.map(waitOf);
  }

  async lives(viewer: Viewer, query: LifeQuery): Promise<PullRequestLife[]> {
    const { dialect, handle } = this.#facts;
    const rows = await handle
      .selectFrom('pull_request_lives')
      .select(LIFE_COLUMNS)
      .where(visibleRepositories(dialect, viewer, 'repository_id'))
      .$if(query.repositoryIds !== undefined, (lives) => lives.where(dialect.isOneOf('repository_id', query.repositoryIds ?? [])))
      .$if(query.number !== undefined, (lives) => lives.where('number', '=', query.number ?? null))
      .$if(query.toAt !== undefined, (lives) => lives.where('opened_at', '<', query.toAt ?? null))
      .$if(query.fromAt !== undefined, (lives) => lives.where(sql<boolean>`(ended_at is null or ended_at >= ${query.fromAt})`))
      .$if(query.withIgnored !== true, (lives) => lives.where('ignored_for', 'is', null))
      .orderBy('repository_id')
      .orderBy('number')
      .execute();
    return rows.map(lifeOf);
  }

  async dirtyCount(viewer: Viewer): Promise<number> {
    const row = await this.#facts.handle
      .selectFrom('dirty_subjects')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(visibleRepositories(this.#facts.dialect, viewer, 'repository_id'))
      .executeTakeFirst();
    return row?.count ?? 0;
  }

  async lastDeliveredAt(viewer: Viewer): Promise<number | null> {
    const row = await this.#facts.handle
      .selectFrom('pull_requests')
      .select(({ fn }) => fn.max('updated_at').as('at'))
      .where(visibleRepositories(this.#facts.dialect, viewer, 'repository_id'))
      .executeTakeFirst();
    return row?.at ?? null;
  }
}
