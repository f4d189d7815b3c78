import { storableText } from '#src/core/text.ts';

/** A whole number that both engines and JavaScript hold exactly; a hostile one is cut to the nearest that they do. */
export function integer(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) return 0;
  return Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER));
}

/** A text that both engines hold; null for anything else. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? storableText(value) : null;
}
