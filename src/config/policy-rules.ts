import { loginKey, type Account } from '#src/domain/account.ts';
import { botLogins, isHuman } from './bots.ts';
import { matcher } from './pattern.ts';
import type { CalendarPolicy, Policy } from './policy.ts';

/** What of a pull request may put it outside all figures. */
export interface IgnorableChange {
  readonly author: Account;
  readonly labels: readonly string[];
  readonly baseBranch: string;
}

/** The policy's answers, with every pattern made ready once. */
export interface PolicyRules {
  /** Whether an account is a person (`definitions.md` 1). */
  readonly isHuman: (account: Account) => boolean;
  /** Whether a repository (`owner/name`) is collected. */
  readonly collects: (repository: string) => boolean;
  /** The slugs of the teams that name a repository; none leaves it to GitHub's permissions. */
  readonly teamsNaming: (repository: string) => readonly string[];
  /** Why a pull request stands outside all figures; null when it does not. */
  readonly ignoredFor: (change: IgnorableChange) => 'author' | 'label' | 'base-branch' | null;
  /** Whether an environment is production by its name. */
  readonly isProduction: (environment: string) => boolean;
  /** Whether a check counts where the required ones are not known. */
  readonly checkCounts: (name: string) => boolean;
  /** The calendar of whoever is waited on: the team's (slug, null for nobody's), else the repository's, else the organisation's; null without any. */
  readonly calendarFor: (team: string | null, repository: string) => CalendarPolicy | null;
}

/** Makes a policy ready to be asked. */
export function policyRules(policy: Policy): PolicyRules {
  const bots = botLogins(policy.bots);
  const included = matcher(policy.repositories.include, { ignoreCase: true });
  const excluded = matcher(policy.repositories.exclude, { ignoreCase: true });
  const ignoresCheck = matcher(policy.ignoredChecks, { ignoreCase: false });
  const production = policy.production.map((expression) => new RegExp(expression, 'iu'));
  return {
    isHuman: (account) => isHuman(account, bots),
    collects: (repository) => included(repository) && !excluded(repository),
    teamsNaming: teamsNaming(policy),
    ignoredFor: ignoredFor(policy),
    isProduction: (environment) => production.some((expression) => expression.test(environment)),
    checkCounts: (name) => !ignoresCheck(name),
    calendarFor: calendarFor(policy),
  };
}

function teamsNaming(policy: Policy): PolicyRules['teamsNaming'] {
  const teams = policy.teams.map(({ slug, repositories }) => ({ slug, owns: matcher(repositories ?? [], { ignoreCase: true }) }));
  return (repository) => teams.filter(({ owns }) => owns(repository)).map(({ slug }) => slug);
}

function ignoredFor({ ignore }: Policy): PolicyRules['ignoredFor'] {
  const authors = new Set(ignore.authors.map(loginKey));
  const labels = new Set(ignore.labels.map((label) => label.toLowerCase()));
  const isIgnoredBranch = matcher(ignore.baseBranches, { ignoreCase: false });
  return (change) => {
    if (authors.has(loginKey(change.author.login))) return 'author';
    if (change.labels.some((label) => labels.has(label.toLowerCase()))) return 'label';
    return isIgnoredBranch(change.baseBranch) ? 'base-branch' : null;
  };
}

function calendarFor(policy: Policy): PolicyRules['calendarFor'] {
  const ofTeam = new Map(policy.teams.map(({ slug, calendar }) => [slug, calendar]));
  const calendars = policy.calendars.map((calendar) => ({ calendar, keeps: matcher(calendar.repositories, { ignoreCase: true }) }));
  return (team, repository) => {
    const own = team === null ? null : ofTeam.get(team);
    return own ?? calendars.find(({ keeps }) => keeps(repository))?.calendar ?? policy.calendar;
  };
}
