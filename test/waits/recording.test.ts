import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { botLogins, isHuman } from '#src/config/bots.ts';
import { waitReference } from '#src/waits/wait-reference.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { recordedPullRequests } from '#test/support/recorded-pull-requests.ts';
import { oracleWaits } from './oracle.ts';
import { inOrderOfExport } from './in-order-of-export.ts';

const file = new URL('../../../shared/data/recorded/bitcoin-core-gui/pulls.ndjson.gz', import.meta.url);
const testOnRecording = existsSync(file) ? test : test.skip;

describe('the waits of a recorded repository', () => {
  testOnRecording('are those of the definitions, read a second time, row for row', () => {
    const { pullRequests, accounts } = recordedPullRequests(file, 'bitcoin-core/gui', Date.UTC(2026, 0, 1));
    const bots = botLogins([]);
    const reference = waitReference(accounts, (account) => isHuman(account, bots), { teams: [], memberships: [], listedTeams: new Set() });

    const waits = pullRequests.map((pr) => ({ number: pr.number, waits: inOrderOfExport(pullRequestWaits(pr, reference)) }));

    expect(waits).toEqual(pullRequests.map((pr) => ({ number: pr.number, waits: inOrderOfExport(oracleWaits(pr, reference)) })));
    expect(pullRequests).toHaveLength(519);
  });
});
