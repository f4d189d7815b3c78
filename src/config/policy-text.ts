import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';

/** The keys and indices that lead to a place in a file. */
export type PolicyPath = readonly PropertyKey[];

/** A place in a file; both count from 1. */
export interface PolicyPlace {
  readonly line: number;
  readonly column: number;
}

/** A policy file taken apart, so that each of its places can be found by line. */
export interface PolicyText {
  /** What the file says; null where it leaves something empty. */
  readonly content: unknown;
  /** What keeps it from being read at all. */
  readonly mistakes: readonly (PolicyPlace & { readonly text: string })[];
  /** Where a place is; the nearest place around it where it is absent. */
  readonly nearestTo: (path: PolicyPath) => PolicyPlace;
  /**
   * Where something stands that the file itself says; null where it does not say it. An element of a list is named by
   * its text, one that has keys by its `mail`.
   */
  readonly placeOf: (path: readonly string[]) => PolicyPlace | null;
}

/** Takes the text of a policy file apart. JSON is read too, being YAML. */
export function readPolicyText(text: string): PolicyText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): PolicyPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const said = [...document.errors, ...document.warnings].map((error) => ({ ...placeAt(error.pos[0]), text: sentence(error, text) }));
  const mistakes = [...said, ...unresolvedAliases(document).map(({ at, name }) => ({ ...placeAt(at), text: `*${name} refers to nothing: no &${name} stands before it.` }))];
  const nearestTo = (path: PolicyPath): PolicyPlace => placeAt(offsetOf(document, path).offset);
  const placeOf = (path: readonly string[]): PolicyPlace | null => {
    const { offset, isThere } = offsetOf(document, path);
    return isThere ? placeAt(offset) : null;
  };
  const places = { nearestTo, placeOf };
  if (mistakes.length > 0) return { content: undefined, mistakes, ...places };
  try {
    // Both refuse what never ends: the one by count, the other by circle.
    const content: unknown = document.toJS();
    JSON.stringify(content);
    return { content, mistakes, ...places };
  } catch {
    return { content: undefined, mistakes: [{ line: 1, column: 1, text: 'references (*name) lead in a circle or to too much: write out what they stand for.' }], ...places };
  }
}

function sentence(error: YAMLError, text: string): string {
  if (error.code !== 'DUPLICATE_KEY') return `${error.message}.`;
  const key = /^[^:\s]*/.exec(text.slice(error.pos[0]))?.[0] ?? '';
  return `${key} stands there a second time: a key is given once.`;
}

function unresolvedAliases(document: Document.Parsed): { readonly at: number; readonly name: string }[] {
  const found: { readonly at: number; readonly name: string }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) found.push({ at: startOf(alias) ?? 0, name: alias.source });
    },
  });
  return found;
}

/** Where the place's key, or for a list's element the element, begins in the text; or where the nearest place around it does. */
function offsetOf(document: Document.Parsed, path: PolicyPath): { readonly offset: number; readonly isThere: boolean } {
  let place: unknown = document.contents;
  let offset = startOf(place) ?? 0;
  for (const key of path) {
    if (isAlias(place)) place = place.resolve(document);
    const [at, below] = step(place, key);
    if (at === null) return { offset, isThere: false };
    offset = at;
    place = below;
  }
  return { offset, isThere: true };
}

function step(place: unknown, key: PropertyKey): readonly [offset: number | null, below: unknown] {
  if (isSeq(place)) {
    const item = typeof key === 'number' ? place.items[key] : place.items.find((one) => textOf(one) === key);
    return [startOf(item), item];
  }
  if (!isMap(place)) return [null, null];
  const pair = place.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return [startOf(pair?.key), pair?.value];
}

/** What an element of a list is called by. */
function textOf(item: unknown): string | null {
  if (isScalar(item)) return String(item.value).trim();
  if (!isMap(item)) return null;
  const mail = item.get('mail');
  return typeof mail === 'string' ? mail : null;
}

function startOf(place: unknown): number | null {
  return isNode(place) ? (place.range?.[0] ?? null) : null;
}
