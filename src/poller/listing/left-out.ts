import { NarrowsError } from '#src/core/errors.ts';
import type { QueryProblem } from '#src/github/github.ts';
import { judgeProblems } from '#src/github/verdict.ts';

/** Why something is missing from an answer, as an error: by GitHub's own words, and as gone where it has none. */
export function leftOut(problems: readonly QueryProblem[], what: string): NarrowsError {
  if (problems.length === 0) return new NarrowsError('github-not-found', `GitHub does not show ${what}: it is gone, or may not be seen any more.`);
  const { code, said } = judgeProblems(problems);
  const advice = code === 'github-forbidden' ? ' Check the permissions of the installation.' : '';
  return new NarrowsError(code, `GitHub does not show ${what} (${said}).${advice}`);
}
