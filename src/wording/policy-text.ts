import type { LeftOutBy } from '#src/domain/left-out.ts';
import type { IgnoreMatches, PolicyMatches, RuleMatches } from '#src/domain/policy-matches.ts';
import { counted, countText } from './number-text.ts';
import { plainText } from './plain-text.ts';

/** So many names stand in a sentence; the rest is counted. */
const NAMED = 12;

/** Names in a row: `acme/app, acme/pay and 3 more`; of none, `nothing`. */
export function namesText(names: readonly string[], most = NAMED): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, most).map((name) => plainText(name));
  return names.length > most ? `${shown.join(', ')} and ${String(names.length - most)} more` : shown.join(', ');
}

/** How much is collected: `12 of 14 known repositories are collected.` */
export function collectedSentence({ collected, notCollected }: Pick<PolicyMatches, 'collected' | 'notCollected'>): string {
  const known = collected.length + notCollected.length;
  if (known === 0) return 'No repository is known yet.';
  if (notCollected.length > 0) return `${collected.length === 0 ? 'None' : countText(collected.length)} of ${counted(known, 'known repository', 'known repositories')} ${collected.length === 1 || known === 1 ? 'is' : 'are'} collected.`;
  return known === 1 ? 'The one known repository is collected.' : `All ${counted(known, 'known repository', 'known repositories')} are collected.`;
}

/** What a rule of `ignore` looks at, before the rule itself: `author`, `label`, `base branch`. */
export function leftOutByText(by: LeftOutBy): string {
  return by === 'base-branch' ? 'base branch' : by;
}

/** What a rule that leaves pull requests out comes to. */
export function ignoreText({ pullRequests }: Pick<IgnoreMatches, 'pullRequests'>): string {
  return pullRequests === 0 ? 'nothing, or only what a rule above it leaves out' : `${counted(pullRequests, 'pull request')} left out`;
}

/** The rules that match nothing now: each may be misspelt, or be about what is not there yet. Of rules that leave pull requests out nothing is said before they hold. */
export function idleRules(matches: PolicyMatches): readonly Pick<RuleMatches, 'path' | 'rule'>[] {
  const { include, exclude, ignore, isInForce, teams, calendars, bots } = matches;
  const rules = [...include, ...exclude, ...teams.flatMap((team) => team.rules), ...calendars.flatMap((calendar) => calendar.rules), ...bots.rules];
  return [...rules.filter(({ names }) => names.length === 0), ...ignore.filter(({ pullRequests }) => isInForce && pullRequests === 0)];
}
