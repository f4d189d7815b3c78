import { isHuman, KNOWN_BOTS, botLogins } from '#src/config/bots.ts';
import { matcher } from '#src/config/pattern.ts';
import type { Policy } from '#src/config/policy.ts';
import type { PolicyRules } from '#src/config/policy-rules.ts';
import { compareText } from '#src/core/text.ts';
import { loginKey, type Account } from '#src/domain/account.ts';
import type { LeftOut } from '#src/domain/left-out.ts';
import type { BotMatches, CalendarMatches, IgnoreMatches, PolicyMatches, RuleMatches, TeamMatches } from '#src/domain/policy-matches.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { TeamRepositories } from '#src/domain/team-repositories.ts';
import { repositoryTeams, type RepositoryTeam } from './repository-teams.ts';

/** The present data that rules are held against: only what the viewer may see. */
export interface MatchedFacts {
  readonly repositories: readonly Repository[];
  readonly leftOut: readonly LeftOut[];
  /** Whether `leftOut` is what this policy's rules leave out. */
  readonly isInForce: boolean;
  /** Every account that is known; none for a viewer who may not see them all. */
  readonly accounts: readonly Account[];
  readonly teamRepositories: TeamRepositories;
  readonly nowAt: number;
}

/** What each rule of the policy matches: the answers are those of the rules themselves, one at a time. Repositories that are deleted are not counted. */
export function policyMatches(policy: Policy, rules: PolicyRules, facts: MatchedFacts): PolicyMatches {
  const there = facts.repositories.filter(({ deletedAt }) => deletedAt === null);
  const collected = there.filter(({ fullName }) => rules.collects(fullName));
  const names = namesOf(collected);
  const counted = new Set(facts.repositories.filter(({ fullName }) => rules.collects(fullName)).map(({ id }) => id));
  const leftOut = facts.leftOut.filter(({ repositoryId }) => counted.has(repositoryId));
  return {
    include: patterns(['repositories', 'include'], policy.repositories.include, namesOf(there)),
    exclude: patterns(['repositories', 'exclude'], policy.repositories.exclude, namesOf(there)),
    collected: names,
    notCollected: namesOf(there.filter(({ fullName }) => !rules.collects(fullName))),
    isInForce: facts.isInForce,
    ignore: ignoreMatches(policy, leftOut),
    leftOut: sumOf(leftOut),
    teams: teamMatches(policy, collected, repositoryTeams(rules, facts.teamRepositories, facts.nowAt)),
    calendars: policy.calendars.map((calendar) => calendarMatches(policy, rules, calendar, names)),
    bots: botMatches(policy, facts.accounts),
  };
}

function namesOf(repositories: readonly Repository[]): string[] {
  return repositories.map(({ fullName }) => fullName);
}

function sumOf(leftOut: readonly LeftOut[]): number {
  return leftOut.reduce((sum, { count }) => sum + count, 0);
}

/** Each pattern of a list with the repositories it matches by itself. */
function patterns(path: readonly string[], rules: readonly string[], names: readonly string[]): RuleMatches[] {
  return rules.map((rule) => ({ path: [...path, rule], rule, names: names.filter(matcher([rule], { ignoreCase: true })) }));
}

function ignoreMatches({ ignore }: Policy, leftOut: readonly LeftOut[]): IgnoreMatches[] {
  const rulesBy = (by: LeftOut['by'], key: string, rules: readonly string[]): IgnoreMatches[] =>
    rules.map((rule) => ({ path: ['ignore', key, rule], by, rule, pullRequests: sumOf(leftOut.filter((one) => one.by === by && one.rule === rule)) }));
  return [...rulesBy('author', 'authors', ignore.authors), ...rulesBy('label', 'labels', ignore.labels), ...rulesBy('base-branch', 'base_branches', ignore.baseBranches)];
}

function teamMatches(policy: Policy, collected: readonly Repository[], teamsOf: (repository: Repository) => readonly RepositoryTeam[]): TeamMatches[] {
  const belonging = collected.flatMap((repository) => teamsOf(repository).map((team) => ({ ...team, fullName: repository.fullName })));
  const fromGitHub = belonging.filter(({ saidBy }) => saidBy === 'github');
  const theirs = (slug: string): string[] => fromGitHub.filter((one) => one.slug === slug).map(({ fullName }) => fullName);
  const inPolicy = policy.teams.map(({ slug, name, repositories }) => ({
    slug,
    name,
    isInPolicy: true,
    rules: patterns(['teams', slug, 'repositories'], repositories ?? [], namesOf(collected)),
    fromGitHub: theirs(slug),
  }));
  const known = new Set(policy.teams.map(({ slug }) => slug));
  const others = new Map(fromGitHub.filter(({ slug }) => !known.has(slug)).map(({ slug, name }) => [slug, name ?? slug]));
  const onGitHub = [...others].map(([slug, name]) => ({ slug, name, isInPolicy: false, rules: [], fromGitHub: theirs(slug) }));
  return [...inPolicy, ...onGitHub.sort((a, b) => compareText(a.slug, b.slug))];
}

function calendarMatches(policy: Policy, rules: PolicyRules, { name, repositories }: Policy['calendars'][number], names: readonly string[]): CalendarMatches {
  return {
    name,
    isOrganizations: policy.calendar?.name === name,
    rules: patterns(['calendars', name, 'repositories'], repositories, names),
    repositories: names.filter((repository) => rules.calendarFor(null, repository)?.name === name),
    teams: policy.teams.filter(({ calendar }) => calendar?.name === name).map(({ slug }) => slug),
  };
}

/** A login of the policy that the program's own list has too is told of with the list. */
function botMatches({ bots }: Policy, accounts: readonly Account[]): BotMatches {
  const [own, none] = [botLogins([]), new Set<string>()];
  const logins = (of: (account: Account) => boolean): string[] => [...new Set(accounts.filter(of).map(({ login }) => login))].sort(compareText);
  const isKnownPerson = (account: Account): boolean => isHuman(account, own);
  const shipped = new Set(KNOWN_BOTS.map(loginKey));
  return {
    rules: bots
      .filter((login) => !shipped.has(loginKey(login)))
      .map((login) => ({ path: ['bots', login], rule: login, names: logins((account) => loginKey(account.login) === loginKey(login)) })),
    fromList: logins((account) => !isKnownPerson(account) && isHuman(account, none)),
    fromGitHub: logins((account) => (account.type === 'Bot' || account.login.endsWith('[bot]')) && !isHuman(account, none)),
  };
}
