import { afterEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import { PULL_REQUESTS } from '#src/poller/pull-request-lister.ts';
import { openCollecting, type CollectingRig } from '#test/support/collecting-rig.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { guiSnapshots } from '#test/support/gui-recording.ts';

const [, , , last] = guiSnapshots();
const TAKEN_AT = Date.parse(last.takenAt);

let rig: CollectingRig;
afterEach(() => rig.close());

describe('collecting from GitHub', () => {
  test('brings the whole recorded repository, in few requests', async () => {
    rig = await openCollecting(guiWorld(), TAKEN_AT, { as: 'token', policy: parsePolicy('repositories: { include: ["bitcoin-core/*"] }', 'policy') });

    await rig.collectAll();
    await rig.fold();

    const stored: number[] = [];
    for await (const { pullRequest } of rig.store.reader.pullRequests({ sees: 'everything' }, {})) stored.push(pullRequest.number);
    expect(stored).toHaveLength(519);
    expect(await rig.store.collection.progress(PULL_REQUESTS)).toMatchObject([{ repositoryId: String(GUI_ID), isDone: true, done: 519, total: 519 }]);
    console.log(rig.fake.requests.length, rig.fake.requests.map((r) => r.name).join(' '), JSON.stringify(rig.lines));
  }, 60_000);
});
