/** GitHub writes instants as ISO 8601 with `Z` or an offset, and here and there as epoch seconds or milliseconds. */
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}|\s?UTC)$/i;

/** Numbers below this are epoch seconds: as milliseconds they would lie before June 1970. */
const LEAST_MILLISECONDS = 1e11;

/** The year 10000, epoch ms: no text of an instant lies beyond it, so neither may a number. */
const END_OF_TIME = 253_402_300_800_000;

/** Reads an instant as epoch milliseconds; null for anything that is not one (a date without a zone is not). */
export function parseInstant(value: unknown): number | null {
  if (typeof value === 'number') {
    if (!(value > 0 && value < END_OF_TIME)) return null;
    return value < LEAST_MILLISECONDS ? Math.round(value * 1000) : Math.round(value);
  }
  if (typeof value !== 'string' || !ISO_INSTANT.test(value)) return null;
  const at = Date.parse(value.replace(/\s?UTC$/i, 'Z').replace(/ (?=[+-])/, ''));
  return Number.isNaN(at) ? null : at;
}

/** An instant (epoch ms) as ISO 8601 with `Z`, without a fraction of zero: `2025-11-23T08:00:00Z`. */
export function formatInstant(at: number): string {
  const text = new Date(at).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}
