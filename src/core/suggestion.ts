import { closest, distance } from 'fastest-levenshtein';

/** A word is taken for a misspelling when at most this share of the longer one's letters must change. */
const GREATEST_SHARE = 0.4;

/**
 * The candidate that a misspelled word most probably means, compared without case; null when none is
 * near enough to be worth the question. The first of equally near ones is taken.
 */
export function suggestion(word: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const folded = candidates.map((candidate) => candidate.toLowerCase());
  const nearest = closest(word.toLowerCase(), folded);
  const changed = distance(word.toLowerCase(), nearest);
  if (changed > Math.max(word.length, nearest.length) * GREATEST_SHARE) return null;
  return candidates[folded.indexOf(nearest)] ?? null;
}

/** ` Did you mean "…"?` with its leading space, or nothing: to be put behind a sentence. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = suggestion(word, candidates);
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
