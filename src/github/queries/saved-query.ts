import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { compareText } from '#src/core/text.ts';
import type { SavedQuery } from '../github.ts';

/**
 * A saved query by the name of its file in this folder: the query, followed by every fragment it spreads, each a file
 * in `fragments/` named after the fragment. It is read when the program starts, so a missing file stops it there.
 */
export function savedQuery<T>(file: string, answer: z.ZodType<T>): SavedQuery<T> {
  const query = readText(`${file}.graphql`);
  const name = /\bquery (\w+)/.exec(query)?.[1];
  if (name === undefined) throw new Error(`${file}.graphql names no query`);
  const fragments = [...spreadBelow(query)].sort(([a], [b]) => compareText(a, b)).map(([, text]) => text);
  return { name, text: [query, ...fragments].map(withoutComments).join('\n'), answer };
}

/** The fragments that a text spreads, and those that they spread, by name. */
function spreadBelow(text: string, found = new Map<string, string>()): ReadonlyMap<string, string> {
  for (const [, name] of text.matchAll(/\.\.\.(\w+)/g)) {
    if (name === undefined || name === 'on' || found.has(name)) continue;
    const fragment = readText(`fragments/${kebab(name)}.graphql`);
    found.set(name, fragment);
    spreadBelow(fragment, found);
  }
  return found;
}

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** Comments are for who reads the files; GitHub would be sent them with every call. */
function withoutComments(text: string): string {
  return text.replace(/^\s*#.*\n/gm, '');
}
