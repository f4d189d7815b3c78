import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';
import { inOrderOfExport } from './in-order-of-export.ts';
import { oracleWaits } from './oracle.ts';

describe('the waits of a pull request', () => {
  test('are those of the definitions, read a second time, on any timeline', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        expect(inOrderOfExport(pullRequestWaits(pr, REFERENCE))).toEqual(inOrderOfExport(oracleWaits(pr, REFERENCE)));
      }),
      { numRuns: Number(process.env.RUNS ?? 10_000) },
    );
  });
});
