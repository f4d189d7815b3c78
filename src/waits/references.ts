import type { PolicyRules } from '#src/config/policy-rules.ts';
import type { Account, AccountDirectory, AccountRef } from '#src/domain/account.ts';
import type { AccountAnswer, AllTeamFacts } from '#src/domain/subject.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import { waitReference } from './wait-reference.ts';

/** The reference facts at one moment: accounts, the policy's word on who is human, teams of every organisation. */
export class References {
  readonly #accounts: AccountDirectory;
  readonly #teamFacts: AllTeamFacts;
  readonly #rules: PolicyRules;
  readonly #byOwner = new Map<string, WaitReference>();

  constructor(accounts: AccountDirectory, teamFacts: AllTeamFacts, rules: PolicyRules) {
    this.#accounts = accounts;
    this.#teamFacts = teamFacts;
    this.#rules = rules;
  }

  account(ref: AccountRef): Account {
    return this.#accounts.account(ref);
  }

  /** What is said today about an account. */
  answer(ref: AccountRef): AccountAnswer {
    const account = this.#accounts.account(ref);
    return { ref, identity: account.ref, isHuman: this.#rules.isHuman(account) };
  }

  /** The reference for the repositories of one owner. Every account that is asked about is noted in `answers`. */
  of(owner: string, answers: Map<AccountRef, AccountAnswer>): WaitReference {
    const reference = this.#reference(owner);
    const answerTo = (ref: AccountRef): AccountAnswer => {
      const known = answers.get(ref);
      if (known !== undefined) return known;
      const answer = this.answer(ref);
      answers.set(ref, answer);
      return answer;
    };
    return {
      identity: (ref) => answerTo(ref).identity,
      isHuman: (account) => answerTo(account).isHuman,
      membership: (team, account, at) => reference.membership(team, account, at),
    };
  }

  #reference(owner: string): WaitReference {
    const key = owner.toLowerCase();
    const known = this.#byOwner.get(key);
    if (known !== undefined) return known;
    const teams = this.#teamFacts.teams.filter((team) => team.organization.toLowerCase() === key);
    const ids = new Set(teams.map((team) => team.id));
    const memberships = this.#teamFacts.memberships.filter((change) => ids.has(change.teamId));
    const memberListings = this.#teamFacts.memberListings.filter((listing) => ids.has(listing.teamId));
    const reference = waitReference(this.#accounts, this.#rules.isHuman, { teams, memberships, memberListings });
    this.#byOwner.set(key, reference);
    return reference;
  }
}
