const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^\s,\]}]+/y;

/**
 * The text of a member of a JSON object, character for character as it stands there: `['request', 'payload']`. Reading
 * and writing it anew would change numbers and escapes. Null where the member is missing. The text must be JSON; of a
 * member that is named twice the last one counts, as for `JSON.parse`.
 */
export function jsonSlice(text: string, path: readonly string[]): string | null {
  let [start, end] = [skipSpace(text, 0), text.length];
  for (const name of path) {
    const found = memberOf(text, start, name);
    if (found === null) return null;
    [start, end] = found;
  }
  return text.slice(start, end).trimEnd();
}

/** Where the value of an object's member begins and ends; null where there is no such member, or no object. */
function memberOf(text: string, objectStart: number, name: string): [number, number] | null {
  if (text[objectStart] !== '{') return null;
  let found: [number, number] | null = null;
  let at = skipSpace(text, objectStart + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    if (key === name) found = [start, end];
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] !== '{' && text[start] !== '[') return endOf(PLAIN, text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  return endOf(SPACE, text, at);
}

/** Where a sticky expression that matches at `at` ends; the end of the text where it does not. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : text.length;
}

/** The place behind a string's closing quote. Not by an expression: one would need a stack as deep as the string is long. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text[first - 1] === '\\') first -= 1;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return text.length;
}
