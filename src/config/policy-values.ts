import { z } from 'zod';
import { parseWorkingHours } from './working-hours.ts';

/** The days of a week, Monday first. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** What people are told about a place of the policy file. */
export interface PolicyNote {
  /** The end of "… is 25: expected …". */
  readonly expects: string;
  /** Texts of which one may have been meant. */
  readonly candidates?: readonly string[];
}

/** What each schema of the policy expects, in words; zod's own messages are for programmers. */
export const POLICY_NOTES = z.registry<PolicyNote>();

function noted<T extends z.ZodType>(schema: T, expects: string, candidates?: readonly string[]): T {
  POLICY_NOTES.add(schema, candidates === undefined ? { expects } : { expects, candidates });
  return schema;
}

/** A list; what its elements are is said by `element`. */
export function listOf<T extends z.ZodType>(element: T): z.ZodArray<T> {
  return noted(z.array(element), 'a list');
}

/** A list of at least one element. */
export function fullListOf<T extends z.ZodType>(element: T): z.ZodArray<T> {
  return noted(z.array(element).min(1), 'a list with at least one entry');
}

/** One of these words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T): z.ZodType<T[number], T[number]> {
  return noted(z.literal(words), `one of ${words.join(', ')}`, words);
}

/** The name of something defined elsewhere: one of `names`, which are known only when the file is read. */
export function nameOf(thing: string, names: readonly string[]): z.ZodString {
  const expects = names.length === 0 ? `the name of a ${thing}, and none is defined` : `the name of a ${thing}: ${names.join(', ')}`;
  return noted(
    z.string().refine((name) => names.includes(name)),
    expects,
    names,
  );
}

/** A name that stands in addresses and files too: a GitHub team's slug, a calendar's name. */
export const slug = noted(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/), 'a name of lower-case letters, digits, - and _');

/** What something is called on pages and in mails. */
export const title = noted(z.string().trim().min(1).max(100), 'a text of 1 to 100 characters');

/** A switch. */
export const yesOrNo = noted(z.boolean(), 'true or false');

/** A whole hour of a day. */
export const hourOfDay = noted(z.int().min(0).max(23), 'a whole hour from 0 to 23');

/** One bare mail address: no display name, no list, nothing that could end a header. */
export const mailAddress = noted(z.string().regex(/^[^\s<>@,;"]+@[^\s<>@,;"]+$/), 'one mail address, such as lead@example.com');

/** An account's login, a bot's with `[bot]`; logins compare without case. */
export const login = noted(z.string().regex(/^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\[bot\])?$/i), 'a login as GitHub writes it, without @');

/** A label; GitHub compares them without case. */
export const label = noted(z.string().trim().min(1), 'the name of a label');

/** `owner/name` with wildcards. */
export const repositoryPattern = noted(
  z.string().regex(/^[\w.*?-]+\/[\w.*?-]+$/),
  'owner/name, in which * stands for any characters and ? for one',
);

/** The name of a branch or a check with wildcards. */
export const namePattern = noted(z.string().min(1), 'a name, in which * stands for any characters but /, ** for any, ? for one');

/** The source of a regular expression, matched without case. */
export const regularExpression = noted(z.string().min(1).refine(isRegularExpression), 'a regular expression');

/** A zone of the zone database; a bare offset has no daylight saving time and is refused. */
export const zone = noted(
  z.string().refine(isZone),
  'a time zone of the zone database, such as Europe/Berlin or UTC',
  Intl.supportedValuesOf('timeZone'),
);

/** A calendar day, `YYYY-MM-DD`. */
export const date = noted(z.string().refine(isDate), 'a date written as 2025-12-24');

/** The working hours of one day, as spans of minutes. */
export const workingHours = noted(
  z.string().transform((text, context) => {
    const spans = parseWorkingHours(text);
    if (spans !== null) return spans;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
  'hours such as 09:00-17:00, or 08:30-12:00, 13:00-17:30, or off; within one day, in order, to 24:00 at most',
);

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 604_800 };

/** A length of time as `12h`, `30d` or `4w`, in seconds. */
export const lengthOfTime = noted(
  z
    .string()
    .regex(/^[1-9]\d{0,3}[hdw]$/)
    .transform((text) => Number(text.slice(0, -1)) * (UNIT_SECONDS[text.slice(-1)] ?? 0)),
  'a length of time such as 12h, 30d or 4w',
);

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}

function isZone(text: string): boolean {
  if (!/^[a-z]/i.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
