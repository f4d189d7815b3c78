import type { AccountRef } from '#src/domain/account.ts';
import type { AccountAnswer, AllTeamFacts, ComputedSubject, DirtyPullRequest, DirtySubject, WaitWriter } from '#src/domain/subject.ts';
import type { TeamMembershipChange } from '#src/domain/team.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { markAll, TEAMS_MARK } from './dirty-subjects.ts';
import { ACCOUNTS_MARK } from './fold-accounts.ts';
import { readMark } from './marks.ts';
import { readAccounts, type KnownAccounts } from './read-accounts.ts';
import { readPullRequestRows } from './read-pull-requests.ts';
import { insertRows } from './rows.ts';
import type { WaitTable } from './schema.ts';
import { LIFE_COLUMNS, lifeRow, WAIT_COLUMNS, waitRow } from './wait-rows.ts';

/** The one policy in force. */
const IN_FORCE = 'in force';

/** Waits over the facts' database. */
export class DatabaseWaitWriter implements WaitWriter {
  readonly #facts: Database;
  #known: KnownAccounts | null = null;
  #kept = new Set<AccountRef>();

  constructor(facts: Database) {
    this.#facts = facts;
  }

  async dirty(limit: number): Promise<DirtyPullRequest[]> {
    const marked = await this.#facts.handle
      .selectFrom('dirty_subjects')
      .select(['repository_id', 'number', 'counter'])
      .orderBy('repository_id')
      .orderBy('number')
      .limit(limit)
      .execute();
    if (marked.length === 0) return [];
    this.#known = await readAccounts(this.#facts, this.#known);
    const keys = marked.map((row) => [row.repository_id, row.number] as const);
    const read = await readPullRequestRows(this.#facts, keys, this.#known.directory);
    const found = new Map(read.map((pullRequest) => [keyOf(pullRequest), pullRequest]));
    return marked.map(({ repository_id: repositoryId, number, counter }) => ({
      subject: { repositoryId, number, counter },
      pullRequest: found.get(keyOf({ repositoryId, number })) ?? null,
    }));
  }

  async put(computed: readonly ComputedSubject[], answers: readonly AccountAnswer[], policyDigest: string): Promise<void> {
    const fresh = answers.filter(({ ref }) => !this.#kept.has(ref));
    await this.#facts.transact(async (transaction) => {
      const rows = computed.map((subject) => {
        const waits = subject.waits.map((wait) => waitRow(subject, wait));
        return { ...subject, waits, life: subject.life === null ? null : lifeRow(subject.life, waits, policyDigest) };
      });
      const unchanged = await this.#unchanged(transaction, rows);
      const changed = rows.filter(({ subject }) => !unchanged.has(keyOf(subject)));
      await this.#replace(transaction, changed);
      await this.#keepAnswers(transaction, fresh);
      await this.#clear(transaction, computed.map(({ subject }) => subject));
    });
    for (const { ref } of fresh) this.#kept.add(ref);
  }

  /** The subjects of which the same was computed before. */
  async #unchanged(transaction: Handle, rows: readonly { readonly subject: DirtySubject; readonly life: { readonly digest: string } | null }[]): Promise<Set<string>> {
    const stored = await transaction
      .selectFrom('pull_request_lives')
      .select(['repository_id', 'number', 'digest'])
      .where(this.#facts.dialect.matches(['repository_id', 'number'], rows.map(({ subject }) => [subject.repositoryId, subject.number])))
      .execute();
    const digests = new Map(stored.map((row) => [keyOf({ repositoryId: row.repository_id, number: row.number }), row.digest]));
    return new Set(rows.filter(({ subject, life }) => life !== null && digests.get(keyOf(subject)) === life.digest).map(({ subject }) => keyOf(subject)));
  }

  async #replace(
    transaction: Handle,
    rows: readonly { readonly subject: DirtySubject; readonly life: ReturnType<typeof lifeRow> | null; readonly waits: readonly WaitTable[] }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const keys = rows.map(({ subject }) => [subject.repositoryId, subject.number] as const);
    const theirs = this.#facts.dialect.matches(['repository_id', 'number'], keys);
    await transaction.deleteFrom('waits').where(theirs).execute();
    await transaction.deleteFrom('pull_request_lives').where(theirs).execute();
    const waitKey = ['repository_id', 'number', 'stage', 'waits_on', 'round'];
    await insertRows(this.#facts, transaction, { table: 'waits', columns: WAIT_COLUMNS, onConflict: { key: waitKey, then: 'replace' } }, rows.flatMap((row) => row.waits));
    const lives = rows.flatMap(({ life }) => (life === null ? [] : [life]));
    await insertRows(this.#facts, transaction, { table: 'pull_request_lives', columns: LIFE_COLUMNS, onConflict: { key: ['repository_id', 'number'], then: 'replace' } }, lives);
  }

  async #keepAnswers(transaction: Handle, answers: readonly AccountAnswer[]): Promise<void> {
    const rows = answers.map(({ ref, identity, isHuman }) => ({ ref, identity, is_human: Number(isHuman) }));
    await insertRows(this.#facts, transaction, { table: 'account_answers', columns: ['ref', 'identity', 'is_human'], onConflict: { key: ['ref'], then: 'keep' } }, rows);
  }

  /** Takes the marks away that were not raised since they were read. */
  async #clear(transaction: Handle, subjects: readonly DirtySubject[]): Promise<void> {
    const tuples = subjects.map(({ repositoryId, number, counter }) => [repositoryId, number, counter] as const);
    await transaction.deleteFrom('dirty_subjects').where(this.#facts.dialect.matches(['repository_id', 'number', 'counter'], tuples)).execute();
  }

  async usePolicy(digest: string): Promise<boolean> {
    return this.#facts.transact(async (transaction) => {
      const row = await transaction.selectFrom('computed_policy').select('digest').where('name', '=', IN_FORCE).executeTakeFirst();
      if (row?.digest === digest) return false;
      await insertRows(this.#facts, transaction, { table: 'computed_policy', columns: ['name', 'digest'], onConflict: { key: ['name'], then: 'replace' } }, [{ name: IN_FORCE, digest }]);
      await transaction.deleteFrom('account_answers').execute();
      await markAll(transaction);
      this.#kept = new Set();
      return true;
    });
  }

  async checkAnswers(answer: (ref: AccountRef) => AccountAnswer): Promise<boolean> {
    return this.#facts.transact(async (transaction) => {
      const rows = await transaction.selectFrom('account_answers').select(['ref', 'identity', 'is_human']).execute();
      const changed = rows.filter((row) => {
        const now = answer(row.ref);
        return now.identity !== row.identity || Number(now.isHuman) !== row.is_human;
      });
      if (changed.length === 0) return false;
      await transaction.deleteFrom('account_answers').execute();
      await markAll(transaction);
      this.#kept = new Set();
      return true;
    });
  }

  async referenceMark(): Promise<number> {
    return (await readMark(this.#facts.handle, ACCOUNTS_MARK)) + (await readMark(this.#facts.handle, TEAMS_MARK));
  }

  async teamFacts(): Promise<AllTeamFacts> {
    const teams = await this.#facts.handle.selectFrom('teams').select(['id', 'organization', 'slug', 'name', 'parent_id', 'deleted_at']).orderBy('id').execute();
    const changes = await this.#facts.handle
      .selectFrom('team_memberships')
      .selectAll()
      .orderBy('team_id')
      .orderBy('account')
      .orderBy('changed_at')
      .orderBy('is_member')
      .execute();
    return {
      teams: teams.map((row) => ({ id: row.id, organization: row.organization, slug: row.slug, name: row.name, parentId: row.parent_id, deletedAt: row.deleted_at })),
      memberships: changes.map(
        (row): TeamMembershipChange => ({
          teamId: row.team_id,
          account: row.account,
          isMember: row.is_member === 1,
          at: row.changed_at,
          atFrom: row.at_from,
          knownAt: row.known_at,
          knownBy: row.known_by,
        }),
      ),
    };
  }
}

function keyOf({ repositoryId, number }: { readonly repositoryId: string; readonly number: number } | PullRequest): string {
  return `${repositoryId} ${String(number)}`;
}

