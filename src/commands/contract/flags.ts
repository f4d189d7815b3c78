import { NarrowsError } from '#src/core/errors.ts';
import { parseInstant } from '#src/core/instant.ts';

/** An instant given on the command line, epoch ms; null when it was not given. A date is its midnight in UTC. Throws `bad-usage` for what is no instant. */
export function instantFlag(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = parseInstant(text) ?? parseInstant(`${text}T00:00:00Z`);
  if (at !== null) return at;
  throw new NarrowsError('bad-usage', `${flag} ${text} is not an instant: write a date (2025-11-23) or an instant with its zone (2025-11-23T08:00:00Z).`);
}

/** The same, as a part of a query under the name it is read by: absent when it was not given. */
export function given<Name extends string>(name: Name, value: number | null): Partial<Record<Name, number>> {
  const part: Partial<Record<Name, number>> = {};
  if (value !== null) part[name] = value;
  return part;
}
