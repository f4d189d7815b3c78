import { closest, distance } from 'fastest-levenshtein';

/** A word is taken for a misspelling when at most this share of the longer one's letters must change. */
const GREATEST_SHARE = 0.4;

/** A beginning shorter than this fits too many words. */
const SHORTEST_BEGINNING = 3;

/**
 * The candidate that a misspelled word most probably means, compared without case: the nearest by
 * letters to change, the first of equally near ones; else the only one of which it is the beginning, or
 * which begins it (`repos` for `repositories`). Null when none is near enough to be worth the question.
 */
export function suggestion(word: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const folded = candidates.map((candidate) => candidate.toLowerCase());
  const meant = nearWord(word.toLowerCase(), folded) ?? sharedBeginning(word.toLowerCase(), folded);
  return meant === null ? null : (candidates[folded.indexOf(meant)] ?? null);
}

function nearWord(word: string, candidates: readonly string[]): string | null {
  const nearest = closest(word, candidates);
  const changed = distance(word, nearest);
  return changed > Math.max(word.length, nearest.length) * GREATEST_SHARE ? null : nearest;
}

function sharedBeginning(word: string, candidates: readonly string[]): string | null {
  const [first, ...others] = candidates.filter(
    (candidate) => Math.min(word.length, candidate.length) >= SHORTEST_BEGINNING && (candidate.startsWith(word) || word.startsWith(candidate)),
  );
  return first !== undefined && others.length === 0 ? first : null;
}

/** ` Did you mean "…"?` with its leading space, or nothing: to be put behind a sentence. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = suggestion(word, candidates);
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
