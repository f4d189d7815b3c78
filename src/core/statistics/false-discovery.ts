/** The share of false ones among the changes a report calls beyond noise (`definitions.md` 6). */
export const FALSE_DISCOVERY_RATE = 0.1;

/**
 * Which of several p-values stand for a discovery when on average at most `rate` of those that do may
 * be false, in their order: the step-up procedure of Benjamini and Hochberg, JRSS B 57 (1995). All
 * comparisons of one report run belong in one call.
 */
export function discoveries(pValues: readonly number[], rate: number = FALSE_DISCOVERY_RATE): boolean[] {
  const ascending = [...pValues].sort((a, b) => a - b);
  const last = ascending.findLastIndex((p, rank) => p <= (rate * (rank + 1)) / pValues.length);
  const threshold = ascending[last] ?? -1;
  return pValues.map((p) => p <= threshold);
}
