import { NarrowsError } from './errors.ts';
import { didYouMean } from './suggestion.ts';

/** The parameters of an address, each given once, by their names. */
export type Query = Readonly<Partial<Record<string, string>>>;

/**
 * Reads the query of an address (`/waits?stage=…`, absolute or not). An empty value is kept: a form sends
 * one for a choice that was not made. Throws `NarrowsError('bad-usage')` for a parameter that is not in
 * `known`, with the one that was probably meant, and for one that is given more than once: which of two
 * values holds would be a guess.
 */
export function readQuery(address: string, known: readonly string[]): Query {
  const mark = address.indexOf('?');
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(mark === -1 ? '' : address.slice(mark + 1).replace(/#.*$/s, ''))) {
    if (!known.includes(name)) throw new NarrowsError('bad-usage', unknownParameter(name, known));
    if (query.has(name)) throw new NarrowsError('bad-usage', `The parameter ${name} is given more than once: give it once.`);
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

function unknownParameter(name: string, known: readonly string[]): string {
  const there = known.length === 0 ? 'Nothing can be asked here beside the address.' : `There are ${known.join(', ')}.`;
  return `The parameter ${quoted(name)} is not known.${didYouMean(name, known) || ` ${there}`}`;
}

/** A text from outside as a message shows it: in quotes, its controls escaped, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text.toWellFormed());
}

const LONGEST = 60;
