/** A run of sixteen or more digits: only such a text can hold an integer that a double cannot. */
const LONG_DIGITS = /\d{16}/;

/** A JSON string, passed over whole, or an integer long enough to be unsafe as a double. */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;

/**
 * Parses JSON without losing integers: one beyond ±2^53 (GitHub has such ids) comes back as its
 * digits in a string, every other number as a number. Ids are text everywhere in Narrows, so both
 * read alike. Throws `SyntaxError` on text that is not JSON. `JSON.parse` does the parsing: it is
 * iterative, so depth is no danger, and it makes `__proto__` an ordinary key.
 */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text) as unknown;
  const quoted = text.replace(STRING_OR_LONG_INTEGER, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return JSON.parse(quoted) as unknown;
}
