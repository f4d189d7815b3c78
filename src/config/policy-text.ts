import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';

/** The keys and indices that lead to a place in a file. */
export type PolicyPath = readonly PropertyKey[];

/** A policy file taken apart, so that each of its places can be found by line. */
export interface PolicyText {
  /** What the file says; null where it leaves something empty. */
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
  const said = [...document.errors, ...document.warnings].map((error) => ({ line: lineAt(error.pos[0]), text: sentence(error, text) }));
  const mistakes = [...said, ...unresolvedAliases(document).map(({ at, name }) => ({ line: lineAt(at), text: `*${name} refers to nothing: no &${name} stands before it.` }))];
  const lineOf = (path: PolicyPath) => lineAt(offsetOf(document, path));
  if (mistakes.length > 0) return { content: undefined, mistakes, lineOf };
  try {
    // Both refuse what never ends: the one by count, the other by circle.
    const content: unknown = document.toJS();
    JSON.stringify(content);
    return { content, mistakes, lineOf };
  } catch {
    return { content: undefined, mistakes: [{ line: 1, text: 'references (*name) lead in a circle or to too much: write out what they stand for.' }], lineOf };
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
