import { NarrowsError } from '#src/core/errors.ts';
import { quoted, type Query } from '#src/core/query.ts';
import type { Page } from '#src/domain/figures.ts';

/** How many items a page lists. */
export const LISTED = 50;

/** How many items are read at once where all are wanted. */
export const READ_AT_ONCE = 1000;

/** Where a list is asked to go on; null for its beginning. */
export function askedCursor(query: Query): string | null {
  const text = query['cursor'] ?? '';
  if (text === '') return null;
  if (/^[\w-]{1,512}$/.test(text)) return text;
  throw new NarrowsError('bad-usage', `The parameter cursor is ${quoted(text)}, which no page of this list leads to.`);
}

/** The items of all pages from a cursor on. Throws `NarrowsError('not-found')` where there is no list for this viewer. */
export async function* allPages<T>(read: (cursor: string | null) => Promise<Page<T> | null>, from: string | null): AsyncGenerator<T> {
  let cursor = from;
  do {
    const page = await read(cursor);
    if (page === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    yield* page.items;
    cursor = page.next;
  } while (cursor !== null);
}
