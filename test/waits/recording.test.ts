import { describe, expect, test } from '@jest/globals';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { recordedPullRequests } from '#test/support/recorded-pull-requests.ts';
import { inOrderOfExport } from './in-order-of-export.ts';
import { oracleWaits } from './oracle.ts';

describe('the waits of a recorded repository', () => {
  test('are those of the definitions, read a second time, row for row', () => {
    const { pullRequests, reference } = recordedPullRequests();

    const waits = pullRequests.map((pr) => ({ number: pr.number, waits: inOrderOfExport(pullRequestWaits(pr, reference)) }));

    expect(waits).toEqual(pullRequests.map((pr) => ({ number: pr.number, waits: inOrderOfExport(oracleWaits(pr, reference)) })));
    expect(pullRequests).toHaveLength(519);
    expect(waits.flatMap((one) => one.waits).length).toBeGreaterThan(2_500);
  });
});
