import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareText } from '#src/core/text.ts';
import type { Wait } from '#src/domain/wait.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';
import { oracleWaits } from './oracle.ts';

describe('the waits of a pull request', () => {
  test('are those of the definitions, read a second time, on any timeline', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        expect(inOrder(pullRequestWaits(pr, REFERENCE))).toEqual(inOrder(oracleWaits(pr, REFERENCE)));
      }),
      { numRuns: Number(process.env.RUNS ?? 2_000) },
    );
  });
});

function inOrder(waits: readonly Wait[]): Wait[] {
  return [...waits].sort((a, b) => compareText(a.stage, b.stage) || compareText(a.waitsOn ?? '', b.waitsOn ?? '') || a.round - b.round);
}
