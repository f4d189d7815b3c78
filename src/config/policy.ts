import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NarrowsError } from '#src/core/errors.ts';
import { compareText } from '#src/core/text.ts';
import { KNOWN_BOTS } from './bots.ts';
import { policyProblems } from './policy-problems.ts';
import { policySchema, type PolicyFile, type PolicyNames } from './policy-schema.ts';
import { readPolicyText, type PolicyPlace } from './policy-text.ts';
import { unreadableBecause } from './secret-file.ts';
import type { Weekday } from './policy-values.ts';
import { withoutEmpty } from './schema-walk.ts';
import type { WorkingSpan } from './working-hours.ts';

/** When people work. */
export interface CalendarPolicy {
  readonly name: string;
  /** A zone of the zone database. */
  readonly zone: string;
  /** The hours of each day; a day off has none. */
  readonly hours: Readonly<Record<Weekday, readonly WorkingSpan[]>>;
  /** Days off, `YYYY-MM-DD` in the zone. */
  readonly holidays: readonly string[];
  /** Patterns of the repositories that keep it. */
  readonly repositories: readonly string[];
}

/** Someone who gets a team's weekly mail. */
export interface Recipient {
  readonly mail: string;
  readonly day: Weekday;
  /** 0 to 23, in `zone`. */
  readonly hour: number;
  readonly zone: string;
  /** The sections of the mail in their order; null for all. */
  readonly sections: readonly string[] | null;
}

/** What the policy says of a team. */
export interface TeamPolicy {
  readonly slug: string;
  readonly name: string;
  /** Patterns of its repositories; null leaves it to GitHub's permissions. */
  readonly repositories: readonly string[] | null;
  /** Null: the repository's, else the organisation's. */
  readonly calendar: CalendarPolicy | null;
  readonly recipients: readonly Recipient[];
}

/** What an installation decides for itself, with every default filled in. Plain data: it crosses threads as it is. */
export interface Policy {
  readonly teams: readonly TeamPolicy[];
  /** In the order of the file: the first that names a repository holds. */
  readonly calendars: readonly CalendarPolicy[];
  /** The organisation's; null gives no working time, and weeks in UTC. */
  readonly calendar: CalendarPolicy | null;
  readonly repositories: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly ignore: { readonly labels: readonly string[]; readonly authors: readonly string[]; readonly baseBranches: readonly string[] };
  /** Logins of machines that GitHub takes for people: those Narrows knows and those of the file. */
  readonly bots: readonly string[];
  /** Regular expressions, to be matched without regard to case. */
  readonly production: readonly string[];
  readonly staleAfterSeconds: number;
  /** Whether API and exports of figures name persons. */
  readonly names: boolean;
  readonly ignoredChecks: readonly string[];
  /** More names of failing steps by category: regular expressions, without regard to case. */
  readonly stepCategories: Readonly<Record<string, readonly string[]>>;
  readonly incidentLabels: readonly string[];
  readonly hotfixLabels: readonly string[];
}

/** What a policy file may refer to and the program knows. */
export interface PolicyContext {
  /** The ids of the report's sections; left out, any name passes. */
  readonly sections?: readonly string[];
}

/** The policy of an installation without a policy file. */
export const DEFAULT_POLICY: Policy = parsePolicy('', 'the defaults');

/**
 * Reads the policy file that the option `NARROWS_POLICY` names; the default policy for null. Throws
 * `NarrowsError('bad-policy')` when it cannot be read, or with all its mistakes, a line each.
 */
export function loadPolicy(file: string | null, context: PolicyContext = {}): Policy {
  if (file === null) return DEFAULT_POLICY;
  return parsePolicy(policyFileText(file), file, context);
}

/** Reads a policy from text; `file` is what mistakes are said to be in. Throws like `loadPolicy`. */
export function parsePolicy(text: string, file: string, context: PolicyContext = {}): Policy {
  const { policy, mistakes } = readPolicy(text, context);
  if (policy !== null) return policy;
  throw new NarrowsError('bad-policy', mistakes.map((mistake) => `${file}:${mistake.line}: ${mistake.text}`).join('\n'));
}

/** A mistake in a policy file, and where it stands; lines and columns count from 1. */
export interface PolicyMistake extends PolicyPlace {
  /** A whole sentence. */
  readonly text: string;
}

/** What a text of a policy comes to: a policy, or every mistake in it by line. */
export type PolicyReading = { readonly policy: Policy; readonly mistakes: readonly [] } | { readonly policy: null; readonly mistakes: readonly PolicyMistake[] };

/** Reads a policy from text, for whoever shows mistakes in place. */
export function readPolicy(text: string, context: PolicyContext = {}): PolicyReading {
  const { content: written, mistakes, nearestTo } = readPolicyText(text);
  const schema = policySchema(namesIn(written, context));
  const content = withoutEmpty(written ?? {}, schema);
  const read = mistakes.length > 0 ? null : schema.safeParse(content);
  if (read?.success === true) return { policy: policyOf(read.data), mistakes: [] };
  const problems = read === null ? [] : policyProblems(schema, read.error.issues, content);
  const all = [...mistakes, ...problems.map((problem) => ({ ...nearestTo(problem.path), text: problem.text }))];
  return { policy: null, mistakes: all.sort((a, b) => a.line - b.line || compareText(a.text, b.text)) };
}

/** What this program computes from a policy and an older one did not: raised, everything is computed once more. 2: the very rule that leaves a pull request out. */
const READING = 2;

/** The identity of what a policy says: equal for files that differ only in comments, layout or spelt-out defaults. */
export function policyDigest(policy: Policy): string {
  return createHash('sha256').update(canonical({ reading: READING, policy })).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => compareText(a, b)))
      : part,
  );
}

/** The text of a policy file. Throws `bad-policy` where it cannot be read. */
export function policyFileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new NarrowsError('bad-policy', `NARROWS_POLICY names ${JSON.stringify(file)}, which cannot be read (${unreadableBecause(cause)}).`, { cause });
  }
}

function namesIn(content: unknown, context: PolicyContext): PolicyNames {
  const calendars = typeof content === 'object' && content !== null && 'calendars' in content ? content.calendars : null;
  return {
    calendars: typeof calendars === 'object' && calendars !== null ? Object.keys(calendars) : [],
    sections: context.sections ?? null,
  };
}

function policyOf(file: PolicyFile): Policy {
  const calendars = Object.entries(file.calendars).map(([name, calendar]) => calendarOf(name, calendar));
  const named = (name: string | undefined) => calendars.find((calendar) => calendar.name === name) ?? null;
  const calendar = named(file.calendar);
  return {
    teams: Object.entries(file.teams)
      .map(([slug, team]) => teamOf(slug, team, named(team.calendar), calendar))
      .sort((a, b) => compareText(a.slug, b.slug)),
    calendars,
    calendar,
    repositories: file.repositories,
    ignore: { labels: file.ignore.labels, authors: file.ignore.authors, baseBranches: file.ignore.base_branches },
    bots: [...new Set([...KNOWN_BOTS, ...file.bots])].sort(compareText),
    production: file.production,
    staleAfterSeconds: file.stale_after,
    names: file.names,
    ignoredChecks: file.checks.ignore,
    stepCategories: file.step_categories,
    incidentLabels: file.labels.incident,
    hotfixLabels: file.labels.hotfix,
  };
}

function calendarOf(name: string, calendar: PolicyFile['calendars'][string]): CalendarPolicy {
  const { weekdays = [], saturday = [], sunday = [], ...days } = calendar.hours;
  const { monday = weekdays, tuesday = weekdays, wednesday = weekdays, thursday = weekdays, friday = weekdays } = days;
  const hours = { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
  return { name, zone: calendar.zone, hours, holidays: calendar.holidays, repositories: calendar.repositories };
}

function teamOf(slug: string, team: PolicyFile['teams'][string], own: CalendarPolicy | null, organisation: CalendarPolicy | null): TeamPolicy {
  const zone = (own ?? organisation)?.zone ?? 'UTC';
  return {
    slug,
    name: team.name ?? slug,
    repositories: team.repositories ?? null,
    calendar: own,
    recipients: team.recipients.map((recipient) => ({
      mail: recipient.mail,
      day: recipient.day,
      hour: recipient.hour,
      zone: recipient.zone ?? zone,
      sections: recipient.sections ?? null,
    })),
  };
}
