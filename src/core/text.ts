/**
 * Makes text from outside storable everywhere: PostgreSQL refuses NUL, and a lone surrogate is no
 * UTF-8. Both become U+FFFD, so that the two engines hold the same text.
 */
export function storableText(text: string): string {
  // eslint-disable-next-line no-control-regex -- NUL is exactly what is looked for
  return text.toWellFormed().replace(/\u0000/g, '\uFFFD');
}

/** Compares by code units, the same on every machine; `localeCompare` is not. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders ids as numbers where both are, else as text; a missing id comes first. */
export function compareIds(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  const numeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  return numeric && a.length !== b.length ? a.length - b.length : compareText(a, b);
}
