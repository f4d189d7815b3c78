/** A run of sixteen or more digits: only such a text can hold an integer that a double cannot. */
const LONG_DIGITS = /\d{16}/;

/** Where a string begins, or sixteen digits of a number do. */
const STRING_OR_DIGITS = /"|\d{16}/g;

/**
 * Parses JSON without losing integers: one beyond ±2^53 (GitHub has such ids) comes back as its
 * digits in a string, every other number as a number. Ids are text everywhere in Narrows, so both
 * read alike. Throws `SyntaxError` on text that is not JSON. `JSON.parse` does the parsing: it is
 * iterative, so depth is no danger, and it makes `__proto__` an ordinary key.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(LONG_DIGITS.test(text) ? withQuotedIntegers(text) : text) as unknown;
}

/**
 * The text with quotes around every integer that is unsafe as a double. It looks at each character a bounded number of
 * times, whatever the text is: one regular expression for whole strings would run for hours over one that never ends.
 */
function withQuotedIntegers(text: string): string {
  const pieces: string[] = [];
  const search = new RegExp(STRING_OR_DIGITS);
  let written = 0;
  for (let found = search.exec(text); found !== null; found = search.exec(text)) {
    if (found[0] === '"') {
      search.lastIndex = endOfString(text, found.index);
      continue;
    }
    const end = endOfDigits(text, found.index);
    const start = text[found.index - 1] === '-' ? found.index - 1 : found.index;
    search.lastIndex = end;
    if (isPartOfFloat(text, start, end) || Number.isSafeInteger(Number(text.slice(start, end)))) continue;
    pieces.push(text.slice(written, start), '"', text.slice(start, end), '"');
    written = end;
  }
  return pieces.join('') + text.slice(written);
}

/** The place behind a string's closing quote, or the text's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text[first - 1] === '\\') first -= 1;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isPartOfFloat(text: string, start: number, end: number): boolean {
  return '.eE+-'.includes(text[start - 1] ?? ' ') || '.eE'.includes(text[end] ?? ' ');
}
