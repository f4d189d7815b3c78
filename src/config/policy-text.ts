import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';

/** The keys and indices that lead to a place in a file. */
export type PolicyPath = readonly PropertyKey[];

/** A policy file taken apart, so that each of its places can be found by line. */
export interface PolicyText {
  /** What the file says; what it leaves empty is absent. */
  readonly content: unknown;
  /** What keeps it from being read at all. */
  readonly mistakes: readonly { readonly line: number; readonly text: string }[];
  /** The line of a place, counted from 1; of the nearest place around it where it is absent. */
  readonly lineOf: (path: PolicyPath) => number;
}

/** Takes the text of a policy file apart. JSON is read too, being YAML. */
export function readPolicyText(text: string): PolicyText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const mistakes = document.errors.map((error) => ({ line: lineAt(error.pos[0]), text: `${error.message}.` }));
  const lineOf = (path: PolicyPath) => lineAt(offsetOf(document, path));
  if (mistakes.length > 0) return { content: undefined, mistakes, lineOf };
  try {
    return { content: withoutEmpty(document.toJS()), mistakes, lineOf };
  } catch (error) {
    return { content: undefined, mistakes: [{ line: 1, text: `${error instanceof Error ? error.message : 'unreadable'}.` }], lineOf };
  }
}

/** Where the place's key, or for a list's element the element, begins in the text. */
function offsetOf(document: Document.Parsed, path: PolicyPath): number {
  let place: unknown = document.contents;
  let offset = startOf(place) ?? 0;
  for (const key of path) {
    if (isAlias(place)) place = place.resolve(document);
    const [at, below] = step(place, key);
    if (at === null) return offset;
    offset = at;
    place = below;
  }
  return offset;
}

function step(place: unknown, key: PropertyKey): readonly [offset: number | null, below: unknown] {
  if (isSeq(place)) {
    const item = place.items[Number(key)];
    return [startOf(item), item];
  }
  if (!isMap(place)) return [null, null];
  const pair = place.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return [startOf(pair?.key), pair?.value];
}

function startOf(place: unknown): number | null {
  return isNode(place) ? (place.range?.[0] ?? null) : null;
}

/** A key with nothing behind it (its settings are commented out, say) is as good as absent. */
function withoutEmpty(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(withoutEmpty);
  if (typeof content !== 'object' || content === null) return content ?? undefined;
  const filled = Object.entries(content).filter(([, value]) => value !== null);
  return Object.fromEntries(filled.map(([key, value]) => [key, withoutEmpty(value)]));
}
