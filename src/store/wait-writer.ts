import type { AccountRef } from '#src/domain/account.ts';
import type { AccountAnswer, AllTeamFacts, ComputedSubject, DirtyPullRequest, DirtySubject, WaitWriter } from '#src/domain/subject.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { markAll, takeMarks, takeMarksBetween, TEAMS_MARK } from './dirty-subjects.ts';
import { ACCOUNTS_MARK } from './fold-accounts.ts';
import { readMark } from './marks.ts';
import { outcomeDigest } from './outcome-digest.ts';
import { readAccounts, type KnownAccounts } from './read-accounts.ts';
import { readDirtySubjects } from './read-dirty-subjects.ts';
import { readMemberListings, readMemberships, readTeams } from './read-teams.ts';
import { insertRows } from './rows.ts';
import { LIFE_COLUMNS, lifeRow, WAIT_COLUMNS, waitRow } from './wait-rows.ts';

/** The one policy in force. */
export const IN_FORCE = 'in force';

/** What became of a subject: what was computed of it, or null where the same is kept already. */
interface Outcome {
  readonly subject: DirtySubject;
  readonly digest: string;
  readonly changed: ComputedSubject | null;
}

/** Waits over the facts' database. */
export class DatabaseWaitWriter implements WaitWriter {
  readonly #facts: Database;
  #known: KnownAccounts | null = null;
  #kept = new Set<AccountRef>();
  /** The subjects of the last batch, to know it again when it comes back whole. */
  #handedOut: readonly DirtySubject[] = [];

  constructor(facts: Database) {
    this.#facts = facts;
  }

  async dirty(limit: number): Promise<DirtyPullRequest[]> {
    const dirty = await readDirtySubjects(this.#facts, limit, async () => {
      this.#known = await readAccounts(this.#facts, this.#known);
      return this.#known.directory;
    });
    this.#handedOut = dirty.map(({ subject }) => subject);
    return dirty;
  }

  async put(computed: Iterable<ComputedSubject>, answers: ReadonlyMap<AccountRef, AccountAnswer>, policyDigest: string): Promise<void> {
    const outcomes: Outcome[] = [];
    for (const subject of computed) outcomes.push(outcomeOf(subject));
    const fresh = [...answers.values()].filter(({ ref }) => !this.#kept.has(ref));
    await this.#facts.transact(async (transaction) => {
      await this.#keepAnswers(transaction, fresh);
      const current = await this.#takeMarks(transaction, outcomes);
      await this.#replace(transaction, current.filter(({ changed }) => changed !== null), policyDigest);
      await this.#keepUnder(transaction, current.filter(({ changed }) => changed === null), policyDigest);
    });
    for (const { ref } of fresh) this.#kept.add(ref);
  }

  /**
   * Takes the marks away that were not raised since they were read. Answers with their outcomes: of every
   * other subject newer facts are known, or somebody else has computed it, so that what is kept stays.
   */
  async #takeMarks(transaction: Handle, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    const subjects = outcomes.map(({ subject }) => subject);
    const isWhole = subjects.length === this.#handedOut.length && subjects.every((subject, place) => subject === this.#handedOut[place]);
    const taken = await (isWhole ? takeMarksBetween(transaction, subjects) : takeMarks(this.#facts, transaction, subjects));
    if (taken.length === outcomes.length) return outcomes;
    const keys = new Set(taken.map((row) => keyOf(row.repository_id, row.number)));
    return outcomes.filter(({ subject }) => keys.has(keyOf(subject.repositoryId, subject.number)));
  }

  async #replace(transaction: Handle, outcomes: readonly Outcome[], policyDigest: string): Promise<void> {
    if (outcomes.length === 0) return;
    await this.#forget(transaction, outcomes.filter(({ subject }) => subject.kept !== null));
    const waitKey = ['repository_id', 'number', 'stage', 'waits_on', 'round'];
    const waits = outcomes.flatMap(({ changed }) => changed?.waits.map((wait) => waitRow(changed, wait)) ?? []);
    await insertRows(this.#facts, transaction, { table: 'waits', columns: WAIT_COLUMNS, onConflict: { key: waitKey, then: 'replace' } }, waits);
    const lives = outcomes.flatMap(({ changed, digest }) => (changed?.life == null ? [] : [lifeRow(changed.life, digest, policyDigest)]));
    await insertRows(this.#facts, transaction, { table: 'pull_request_lives', columns: LIFE_COLUMNS, onConflict: { key: ['repository_id', 'number'], then: 'replace' } }, lives);
  }

  async #forget(transaction: Handle, outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const theirs = this.#rowsOf(outcomes);
    await transaction.deleteFrom('waits').where(theirs).execute();
    await transaction.deleteFrom('pull_request_lives').where(theirs).execute();
  }

  /** Notes that what is kept holds under this policy too. */
  async #keepUnder(transaction: Handle, outcomes: readonly Outcome[], policyDigest: string): Promise<void> {
    const others = outcomes.filter(({ subject }) => subject.kept?.policyDigest !== policyDigest);
    if (others.length === 0) return;
    await transaction.updateTable('pull_request_lives').set({ policy_digest: policyDigest }).where(this.#rowsOf(others)).execute();
  }

  #rowsOf(outcomes: readonly Outcome[]): ReturnType<Database['dialect']['matches']> {
    return this.#facts.dialect.matches(['repository_id', 'number'], outcomes.map(({ subject }) => [subject.repositoryId, subject.number]));
  }

  async #keepAnswers(transaction: Handle, answers: readonly AccountAnswer[]): Promise<void> {
    const rows = answers.map(({ ref, identity, isHuman }) => ({ ref, identity, is_human: Number(isHuman) }));
    await insertRows(this.#facts, transaction, { table: 'account_answers', columns: ['ref', 'identity', 'is_human'], onConflict: { key: ['ref'], then: 'keep' } }, rows);
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
    const { handle } = this.#facts;
    return { teams: await readTeams(handle), memberships: await readMemberships(handle), memberListings: await readMemberListings(handle) };
  }
}

/** Lets go of what is kept already: a batch of timelines' waits would be copied by every collection of garbage until it is written. */
function outcomeOf(computed: ComputedSubject): Outcome {
  const { subject, life, waits } = computed;
  const digest = life === null ? '' : outcomeDigest(life, waits);
  return { subject, digest, changed: life !== null && digest === subject.kept?.digest ? null : computed };
}

function keyOf(repositoryId: string, number: number): string {
  return `${repositoryId} ${String(number)}`;
}
