import { compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { FactReader, OutcomeCount, PullRequestQuery, RepositoryPullRequest } from '#src/domain/store.ts';
import type { TeamRepositories } from '#src/domain/team-repositories.ts';
import type { Team } from '#src/domain/team.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Database } from './database.ts';
import { readPullRequests } from './read-pull-requests.ts';
import { readAccounts, type KnownAccounts } from './read-accounts.ts';
import { readTeamRepositories } from './read-teams.ts';
import { nameKey } from './repository-names.ts';
import { visibleRepositories } from './visible.ts';

/** The facts, as those may see them who ask. */
export class DatabaseFactReader implements FactReader {
  readonly #inbox: Database;
  readonly #facts: Database;
  #known: KnownAccounts | null = null;

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  async *pullRequests(viewer: Viewer, query: PullRequestQuery): AsyncIterable<RepositoryPullRequest> {
    const all = await this.repositories(viewer);
    const wanted = query.repository === undefined ? null : nameKey(query.repository);
    const repositories = wanted === null ? all : all.filter(({ fullName }) => nameKey(fullName) === wanted);
    if (repositories.length === 0) return;
    const accounts = await this.accounts();
    for (const repository of repositories) yield* readPullRequests(this.#facts, repository, query, accounts);
  }

  async repositories(viewer: Viewer): Promise<Repository[]> {
    const rows = await this.#facts.handle
      .selectFrom('repositories')
      .select(['id', 'full_name', 'deleted_at'])
      .where(visibleRepositories(this.#facts.dialect, viewer, 'repositories.id'))
      .execute();
    return rows
      .map((row) => ({ id: row.id, fullName: row.full_name, deletedAt: row.deleted_at }))
      .sort((a, b) => compareText(a.fullName, b.fullName) || compareText(a.id, b.id));
  }

  async accounts(): Promise<AccountDirectory> {
    this.#known = await readAccounts(this.#facts, this.#known);
    return this.#known.directory;
  }

  /** The teams that reach, or reached, a repository which the viewer may see. */
  async teams(viewer: Viewer): Promise<Team[]> {
    const { teams } = await this.teamRepositories(viewer);
    return [...teams].sort((a, b) => compareText(a.organization, b.organization) || compareText(a.slug, b.slug) || compareText(a.id, b.id));
  }

  async teamRepositories(viewer: Viewer): Promise<TeamRepositories> {
    return readTeamRepositories(this.#facts.handle, viewer);
  }

  /** A delivery belongs to no repository before it was read, so only who sees everything sees what became of it. */
  async outcomeCounts(viewer: Viewer): Promise<OutcomeCount[]> {
    if (viewer.sees !== 'everything') return [];
    const rows = await this.#facts.handle
      .selectFrom('delivery_outcomes')
      .select(({ fn }) => ['event', 'outcome', fn.countAll<number>().as('count')])
      .groupBy(['event', 'outcome'])
      .execute();
    return rows.sort((a, b) => compareText(a.event, b.event) || compareText(a.outcome, b.outcome));
  }

  async deadLetters(viewer: Viewer, limit: number): ReturnType<FactReader['deadLetters']> {
    if (viewer.sees !== 'everything') return [];
    const dead = await this.#facts.handle
      .selectFrom('delivery_outcomes')
      .select(['delivery_id', 'event', 'reason'])
      .where('outcome', '=', 'dead')
      .orderBy('delivery_id', 'desc')
      .limit(limit)
      .execute();
    const rows = await this.#inbox.handle
      .selectFrom('deliveries')
      .select(['id', 'guid', 'delivered_at'])
      .where(this.#inbox.dialect.isOneOf('id', dead.map((row) => row.delivery_id)))
      .execute();
    const stored = new Map(rows.map((row) => [row.id, row]));
    return dead.flatMap(({ delivery_id: deliveryId, event, reason }) => {
      const row = stored.get(deliveryId);
      return row === undefined ? [] : [{ deliveryId, event, outcome: 'dead' as const, reason, guid: row.guid, deliveredAt: row.delivered_at }];
    });
  }
}
