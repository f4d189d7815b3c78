import { problem, type Node } from './asked.ts';

/** The arguments that page every connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** What stands for an item's place in its order; it stays the same while others come and go. */
export type Key = readonly number[];

/** A connection to make: items in their order, by a key that rises or falls along them. */
export interface ConnectionPlan<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => Key;
  readonly isDescending?: boolean;
  readonly node: (item: T) => unknown;
  /** What an edge carries beside its cursor and node. */
  readonly edge?: (item: T) => Readonly<Record<string, unknown>>;
}

/**
 * A page of a connection. Its cursors name a place in the order and not a count, as GitHub's do: what moves away
 * while somebody pages neither shifts the rest nor is given twice.
 */
export function connection<T>(typename: string, plan: ConnectionPlan<T>, args: PageArguments, more: Readonly<Record<string, unknown>> = {}): Node {
  const { items } = plan;
  const from = args.after == null ? 0 : placeOf(plan, readCursor(args.after), true);
  const to = args.before == null ? items.length : placeOf(plan, readCursor(args.before), false);
  const start = args.first == null && args.last != null ? Math.max(from, to - args.last) : from;
  const end = args.first == null ? to : Math.min(to, from + args.first);
  const page = items.slice(start, Math.max(start, end));
  const cursorOf = (item: T | undefined): string | null => (item === undefined ? null : writeCursor(plan.keyOf(item)));
  return {
    __typename: typename,
    totalCount: items.length,
    nodes: () => page.map(plan.node),
    edges: () => page.map((item) => ({ cursor: cursorOf(item), node: () => plan.node(item), ...plan.edge?.(item) })),
    pageInfo: { hasNextPage: end < items.length, hasPreviousPage: start > 0, startCursor: cursorOf(page[0]), endCursor: cursorOf(page.at(-1)) },
    filteredCount: Math.max(0, to - from),
    pageCount: page.length,
    ...more,
  };
}

/** A cursor as opaque as GitHub's. */
export function writeCursor(key: Key): string {
  return Buffer.from(`cursor:v2:${JSON.stringify(key)}`).toString('base64');
}

/** The key that a cursor names; what was not written here is refused as GitHub refuses it. */
export function readCursor(cursor: string): Key {
  const match = /^cursor:v2:(\[[-\d.,e+]*\])$/.exec(Buffer.from(cursor, 'base64').toString());
  if (match?.[1] === undefined) throw problem('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return JSON.parse(match[1]) as Key;
}

/** How many items stand before a key's place; the item of that very key is counted where `isAfter`. */
function placeOf<T>(plan: ConnectionPlan<T>, key: Key, isAfter: boolean): number {
  let low = 0;
  let high = plan.items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = plan.items[middle];
    if (item === undefined) break;
    const order = compareKeys(plan.keyOf(item), key) * (plan.isDescending === true ? -1 : 1);
    if (order < 0 || (order === 0 && isAfter)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By the first number that differs. */
export function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? 0;
    if (part !== other) return part - other;
  }
  return 0;
}
