import { dateText, type Reader } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

/** The most characters of a subject; longer ones are cut by what shows lists of mails. */
export const SUBJECT_LENGTH = 70;

/** The least that is left of a team's name. */
const LEAST_NAME = 12;

/** What a subject is made of. */
export interface SubjectParts {
  readonly team: string;
  readonly weekNumber: number;
  /** When it was put together, if that is later than it was due; else null. */
  readonly lateAt: number | null;
  /** What it says, the best words first, shorter ones after them. */
  readonly topics: readonly string[];
}

/**
 * A mail's subject of at most 70 characters, team and week first: `Payments, week 47: bottleneck still
 * Awaiting first response`, `Payments (week 47, sent late on 26 Nov): …`. Where it is too long shorter words
 * are taken, then the team's name is cut, then the words go.
 */
export function subjectLine({ team, weekNumber, lateAt, topics }: SubjectParts, reader: Reader): string {
  const name = plainText(team, 'team').replace(/\s+/g, ' ');
  const week = `week ${String(weekNumber)}`;
  const when = lateAt === null ? `, ${week}` : ` (${week}, sent late on ${dateText(lateAt, reader).replaceAll('\u00A0', ' ')})`;
  for (const words of topics) {
    const topic = words.replaceAll('\u00A0', ' ');
    const rest = `${when}: ${topic}`;
    const room = SUBJECT_LENGTH - lengthOf(rest);
    if (lengthOf(name) <= room) return `${name}${rest}`;
    if (words === topics.at(-1) && room >= LEAST_NAME) return `${cut(name, room)}${rest}`;
  }
  return `${cut(name, SUBJECT_LENGTH - lengthOf(when))}${when}`;
}

function cut(text: string, length: number): string {
  return lengthOf(text) <= length ? text : `${Array.from(text).slice(0, length - 1).join('').trimEnd()}…`;
}

/** In characters as they are counted by people who write a limit down, not in UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
