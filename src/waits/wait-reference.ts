import type { Account, AccountDirectory, AccountRef } from '#src/domain/account.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import { TeamMembers, type TeamFacts } from './team-members.ts';

/** Makes reference facts ready to be asked: the accounts, the policy's word on who is human, one organisation's teams. */
export function waitReference(accounts: AccountDirectory, isHuman: (account: Account) => boolean, teamFacts: TeamFacts): WaitReference {
  const identity = (ref: AccountRef): AccountRef => accounts.account(ref).ref;
  const members = new TeamMembers(teamFacts, identity);
  const humans = new Map<AccountRef, boolean>();
  return {
    identity,
    isHuman(account) {
      const known = humans.get(account);
      if (known !== undefined) return known;
      const answer = isHuman(accounts.account(account));
      humans.set(account, answer);
      return answer;
    },
    membership: (team, account, at) => members.membership(team, account, at),
  };
}
