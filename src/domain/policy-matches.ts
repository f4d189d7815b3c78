import type { LeftOut } from './left-out.ts';

/**
 * Where a rule stands in the policy file: keys from the top, and for an element of a list its text (`ignore`, `labels`,
 * `dependencies`).
 */
export type RulePath = readonly string[];

/** A rule of the policy and the names it matches now, in order. Nothing matched is an empty list. */
export interface RuleMatches {
  readonly path: RulePath;
  /** As the policy has it: a pattern, a login. */
  readonly rule: string;
  readonly names: readonly string[];
}

/** A rule that leaves pull requests out. */
export interface IgnoreMatches {
  readonly path: RulePath;
  readonly by: LeftOut['by'];
  readonly rule: string;
  /** Pull requests of collected repositories that no rule before it leaves out already. */
  readonly pullRequests: number;
}

/** A team and what is its own now. */
export interface TeamMatches {
  readonly slug: string;
  readonly name: string;
  /** False for a team that only GitHub knows. */
  readonly isInPolicy: boolean;
  /** The policy's patterns for it; none where it leaves the team to GitHub. */
  readonly rules: readonly RuleMatches[];
  /** Repositories that are its own because the policy names no team for them, and it maintains or administers them on GitHub. */
  readonly fromGitHub: readonly string[];
}

/** A calendar and who keeps it. */
export interface CalendarMatches {
  readonly name: string;
  /** Whether it is the organisation's. */
  readonly isOrganizations: boolean;
  readonly rules: readonly RuleMatches[];
  /** Repositories whose reviewers keep it where their team has none. */
  readonly repositories: readonly string[];
  /** Slugs of the teams that keep it as their own. */
  readonly teams: readonly string[];
}

/** Accounts that count as machines. */
export interface BotMatches {
  /** Those of the policy, each with the logins of known accounts it names. */
  readonly rules: readonly RuleMatches[];
  /** Known accounts that come with the program's own list, and those that GitHub itself calls machines. */
  readonly fromList: readonly string[];
  readonly fromGitHub: readonly string[];
}

/** What every rule of the policy matches in the present data, as far as the viewer may see: what figures go by. */
export interface PolicyMatches {
  readonly include: readonly RuleMatches[];
  readonly exclude: readonly RuleMatches[];
  /** Repositories that are collected, and those known that are not. */
  readonly collected: readonly string[];
  readonly notCollected: readonly string[];
  /** Whether pull requests are left out by this policy already; false while those of the one before still hold. */
  readonly isInForce: boolean;
  readonly ignore: readonly IgnoreMatches[];
  /** Pull requests that stand outside all figures, by rules of today and by those of a policy that is being replaced. */
  readonly leftOut: number;
  readonly teams: readonly TeamMatches[];
  readonly calendars: readonly CalendarMatches[];
  readonly bots: BotMatches;
}
