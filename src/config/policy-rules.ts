import { loginKey, type Account } from '#src/domain/account.ts';
import type { IgnoreRule } from '#src/domain/left-out.ts';
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
  readonly ignoredFor: (change: IgnorableChange) => IgnoreRule | null;
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
  const authors = firstByKey(ignore.authors, loginKey);
  const labels = firstByKey(ignore.labels, labelKey);
  const branches = ignore.baseBranches.map((rule) => ({ rule, matches: matcher([rule], { ignoreCase: false }) }));
  return (change) => {
    const author = authors.get(loginKey(change.author.login));
    if (author !== undefined) return { by: 'author', rule: author };
    const held = new Set(change.labels.map(labelKey));
    const label = [...labels].find(([key]) => held.has(key))?.[1];
    if (label !== undefined) return { by: 'label', rule: label };
    const branch = branches.find(({ matches }) => matches(change.baseBranch));
    return branch === undefined ? null : { by: 'base-branch', rule: branch.rule };
  };
}

/** GitHub compares labels without case. */
function labelKey(label: string): string {
  return label.toLowerCase();
}

/** Texts by what they compare as, in their order; of equal ones the first. */
function firstByKey(texts: readonly string[], keyOf: (text: string) => string): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const text of texts) if (!first.has(keyOf(text))) first.set(keyOf(text), text);
  return first;
}

function calendarFor(policy: Policy): PolicyRules['calendarFor'] {
  const ofTeam = new Map(policy.teams.map(({ slug, calendar }) => [slug, calendar]));
  const calendars = policy.calendars.map((calendar) => ({ calendar, keeps: matcher(calendar.repositories, { ignoreCase: true }) }));
  return (team, repository) => {
    const own = team === null ? null : ofTeam.get(team);
    return own ?? calendars.find(({ keeps }) => keeps(repository))?.calendar ?? policy.calendar;
  };
}
