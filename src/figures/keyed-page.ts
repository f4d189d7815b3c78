import { compareText } from '#src/core/text.ts';
import type { Page } from '#src/domain/figures.ts';

/**
 * One page of a list in the order of its keys, by code units. A cursor is the key of the last item of the page
 * before, so that pages neither skip nor repeat while items come and go. Keys differ from item to item.
 */
export function keyedPage<T>(items: readonly T[], keyOf: (item: T) => string, cursor: string | null, limit: number): Page<T> {
  const keyed = items.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => compareText(a.key, b.key));
  const after = cursor === null ? null : Buffer.from(cursor, 'base64url').toString('utf8');
  const rest = after === null ? keyed : keyed.filter(({ key }) => key > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(({ item }) => item), next: rest.length > limit && last !== undefined ? Buffer.from(last.key).toString('base64url') : null };
}

/** An instant in a key: padded so that text order is time order. */
export function instantKey(at: number): string {
  return String(at).padStart(15, '0');
}
