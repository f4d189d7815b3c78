import type { QueryProblem } from '#src/github/github.ts';

/**
 * Why what stands at a place of an answer cannot be relied on: the first problem there, above it or below it. Null
 * where every problem is about something else. A problem that names no place touches everything.
 */
export function problemAt(problems: readonly QueryProblem[], place: readonly (string | number)[]): string | null {
  const problem = problems.find(({ path }) => path.slice(0, place.length).every((step, index) => String(step) === String(place[index])));
  if (problem === undefined) return null;
  const where = problem.path.filter((step) => typeof step === 'string').join('.');
  return `GitHub answered in part: ${problem.message}${where === '' ? '' : ` (${where})`}`;
}
