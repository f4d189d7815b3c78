import { afterEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import { PULL_REQUESTS } from '#src/poller/pull-request-lister.ts';
import { NEVER, openCollecting, type CollectingOptions, type CollectingRig } from '#test/support/collecting-rig.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { forbidden, lostAnswer, resourceLimits } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript } from '#test/support/fake-github/faults.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { guiSnapshots } from '#test/support/gui-recording.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [, , , last] = guiSnapshots();
const TAKEN_AT = Date.parse(last.takenAt);

/** GitHub's own ids of the repositories of these tests. */
const [APP, TOOL, OTHER] = [101, 102, 103] as const;

let rig: CollectingRig;
afterEach(() => rig.close());

/** Two owners, each with an installation: `octo` with two repositories, `acme` with one. */
function world(): World {
  const pulls = (from: number, to: number) => recordedPulls(last.lines.slice(from, to));
  return buildWorld({
    repositories: [
      { fullName: 'octo/app', id: APP, pulls: pulls(0, 30) },
      { fullName: 'octo/tool', id: TOOL, pulls: pulls(30, 50) },
      { fullName: 'acme/other', id: OTHER, pulls: pulls(50, 60) },
    ],
  });
}

async function open(options: CollectingOptions = {}, at = TAKEN_AT): Promise<void> {
  rig = await openCollecting(world(), at, options);
}

/** How many pull requests of each repository, by its present name, are known. */
async function known(): Promise<Record<string, number>> {
  await rig.fold();
  const counts: Record<string, number> = {};
  for await (const { repository } of rig.store.reader.pullRequests({ sees: 'everything' }, {})) counts[repository.fullName] = (counts[repository.fullName] ?? 0) + 1;
  return counts;
}

async function states(): Promise<Record<string, string>> {
  return Object.fromEntries((await rig.store.collection.repositories()).map(({ fullName, state }) => [fullName, state]));
}

/** Gaps in collecting that touch the day around now: the repository's id, and whether it is open. */
async function accessGaps(): Promise<{ readonly repositoryId: string | null; readonly isOpen: boolean; readonly reason: string }[]> {
  const window = { fromAt: rig.clock.now() - 30 * 24 * HOUR, toAt: rig.clock.now() + HOUR };
  const gaps = await rig.store.completeness.everyGap({ sees: 'everything' }, window);
  return gaps.filter(({ id }) => id.startsWith('access:')).map(({ repositoryId, healedAt, reason }) => ({ repositoryId, isOpen: healedAt === null, reason }));
}

describe('collecting from GitHub', () => {
  test('brings the whole recorded repository, in few requests', async () => {
    rig = await openCollecting(guiWorld(), TAKEN_AT);

    await rig.collectAll();

    expect(await known()).toEqual({ 'bitcoin-core/gui': 519 });
    expect(await rig.store.collection.progress(PULL_REQUESTS)).toMatchObject([{ repositoryId: String(GUI_ID), isDone: true, done: 519, total: 519 }]);
    expect((rig.fake.callCount() * 1_000) / 519).toBeLessThanOrEqual(40);
  }, 60_000);

  test('takes what the policy names and nothing else', async () => {
    await open({ policy: parsePolicy('repositories: { include: ["octo/*"], exclude: ["octo/tool"] }', 'policy') });

    await rig.collectAll();

    expect(await known()).toEqual({ 'octo/app': 30 });
  });

  test('with a personal token takes what the owners have whom the policy names', async () => {
    await open({ as: 'token', policy: parsePolicy('repositories: { include: ["octo/*"] }', 'policy') });

    await rig.collectAll();

    expect(await known()).toEqual({ 'octo/app': 30, 'octo/tool': 20 });
    expect(await rig.store.collection.installations()).toMatchObject([{ id: 'token', account: 'octo', state: 'active' }]);
  });

  test('lists an organisation again only when it says something new', async () => {
    await open();
    await rig.collectAll();
    const before = (await rig.store.writer.pending(1_000)).length;
    rig.clock.advance(2 * HOUR);
    await rig.clock.runUntil(rig.open().collector.organizations(Infinity, NEVER));
    const unchanged = (await rig.store.writer.pending(1_000)).length;
    rig.world.putOrganization({ login: 'octo', members: [{ account: { login: 'mona', id: 7, type: 'User' }, role: 'admin' }], teams: [] }, rig.clock.now());

    await rig.clock.runUntil(rig.open().collector.organizations(Infinity, NEVER));

    expect(unchanged).toBe(before);
    expect((await rig.store.writer.pending(1_000)).length).toBe(before + 1);
  });
});

describe('a repository', () => {
  test('keeps its facts under another name, and goes on under it', async () => {
    await open();
    await rig.collectAll();
    rig.clock.advance(HOUR);
    rig.world.rename('octo/app', 'octo/application', rig.clock.now());

    await rig.sweep();

    expect(await known()).toEqual({ 'acme/other': 10, 'octo/application': 30, 'octo/tool': 20 });
    expect(await states()).toEqual({ 'acme/other': 'active', 'octo/application': 'active', 'octo/tool': 'active' });
    expect(await accessGaps()).toEqual([]);
  });

  test('goes on at its new owner after a transfer, with nothing missing and nothing listed again', async () => {
    await open();
    await rig.collectAll();
    const listed = (await rig.store.writer.pending(1_000)).length;
    rig.clock.advance(HOUR);
    rig.world.rename('octo/app', 'acme/app', rig.clock.now());

    const again = await rig.sweep();

    expect(again).toBe(0);
    expect((await rig.store.writer.pending(1_000)).slice(listed).map(({ event }) => event)).toEqual(['repository_listing', 'repository_listing']);
    expect(await known()).toEqual({ 'acme/app': 30, 'acme/other': 10, 'octo/tool': 20 });
    const moved = (await rig.store.collection.repositories()).find(({ id }) => id === String(APP));
    expect(moved).toMatchObject({ fullName: 'acme/app', state: 'active' });
    expect(await accessGaps()).toEqual([]);
  });

  test('taken out of its installation is a gap, which closes when it is back and has been swept', async () => {
    await open({}, TAKEN_AT - 400 * 24 * HOUR);
    await rig.collectAll();
    rig.clock.advance(HOUR);
    rig.world.removeFromInstallation('octo/app', rig.clock.now());
    await rig.sweep();
    const [gone, gaps] = [await states(), await accessGaps()];
    rig.clock.advance(5 * HOUR);
    rig.world.addToInstallation('octo/app', rig.clock.now());

    await rig.sweep();

    expect(gone['octo/app']).toBe('gone');
    expect(gaps).toMatchObject([{ repositoryId: String(APP), isOpen: true, reason: expect.stringContaining('give the App access') }]);
    expect((await states())['octo/app']).toBe('active');
    expect(await accessGaps()).toMatchObject([{ repositoryId: String(APP), isOpen: false }]);
  });

  test('that is archived is collected once, and left alone afterwards', async () => {
    await open();
    rig.world.archive('octo/tool', rig.clock.now() - 1_000);
    await rig.collectAll();
    rig.clock.advance(HOUR);
    await rig.sweep();
    const marks = new Map((await rig.store.collection.progress(PULL_REQUESTS)).map(({ repositoryId, sweptUntilAt }) => [repositoryId, sweptUntilAt]));
    rig.clock.advance(HOUR);

    await rig.sweep();

    const moved = (await rig.store.collection.progress(PULL_REQUESTS)).filter(({ repositoryId, sweptUntilAt }) => sweptUntilAt !== marks.get(repositoryId));
    expect((await known())['octo/tool']).toBe(20);
    expect((await states())['octo/tool']).toBe('archived');
    expect(moved.map(({ repositoryId }) => repositoryId).sort()).toEqual([String(APP), String(OTHER)]);
  });

  test('that appears later is collected from its beginning', async () => {
    await open();
    await rig.collectAll();
    rig.clock.advance(HOUR);
    rig.world.plantRepository({ fullName: 'octo/late', createdAt: rig.clock.now(), pulls: recordedPulls(last.lines.slice(60, 65)) });

    await rig.sweep();

    expect(await states()).toMatchObject({ 'octo/late': 'active' });
    expect((await known())['octo/late']).toBe(5);
  });
});

describe('an installation', () => {
  test.each([
    ['suspended', (id: string, at: number) => rig.world.suspendInstallation(id, at), (id: string, at: number) => rig.world.unsuspendInstallation(id, at), 'suspended'],
    ['without the permission', (id: string, at: number) => rig.world.grant(id, { permissions: { metadata: 'read' } }, at), (id: string, at: number) => rig.world.grant(id, { permissions: rig.world.app.permissions }, at), 'does not grant pull_requests'],
  ])('%s is a gap in each of its repositories, and the others go on', async (_name, take, giveBack, reason) => {
    await open();
    await rig.collectAll();
    const octo = rig.world.installations(rig.clock.now()).find(({ account }) => account.login === 'octo')?.id ?? '';
    rig.clock.advance(HOUR);
    take(octo, rig.clock.now());
    await rig.sweep();
    const [lost, gaps] = [await states(), await accessGaps()];
    rig.clock.advance(3 * HOUR);
    giveBack(octo, rig.clock.now());

    await rig.sweep();

    expect(lost).toEqual({ 'acme/other': 'active', 'octo/app': 'forbidden', 'octo/tool': 'forbidden' });
    expect(gaps.map(({ repositoryId, isOpen }) => [repositoryId, isOpen]).sort()).toEqual([[String(APP), true], [String(TOOL), true]]);
    expect(gaps.every((gap) => gap.reason.includes(reason))).toBe(true);
    expect(Object.values(await states())).toEqual(['active', 'active', 'active']);
    expect((await accessGaps()).map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });

  test('that was taken away leaves its facts, and a gap that says how to go on', async () => {
    await open();
    await rig.collectAll();
    const octo = rig.world.installations(rig.clock.now()).find(({ account }) => account.login === 'octo')?.id ?? '';
    rig.clock.advance(HOUR);
    rig.world.uninstall(octo, rig.clock.now());

    await rig.sweep();

    expect(await known()).toEqual({ 'acme/other': 10, 'octo/app': 30, 'octo/tool': 20 });
    expect(await states()).toEqual({ 'acme/other': 'active', 'octo/app': 'gone', 'octo/tool': 'gone' });
    expect((await accessGaps()).every(({ isOpen, reason }) => isOpen && reason.includes('install it again'))).toBe(true);
    expect(rig.lines.filter(({ msg }) => msg === 'an installation cannot be collected from')).toHaveLength(1);
  });
});

describe('a GitHub with troubles', () => {
  test('that times out on large pages gives smaller ones, and all of it in the end', async () => {
    const script = new FaultScript([{ on: (call) => call.name === 'PullRequests' && Number(call.operation?.variables['first']) > 10, times: Infinity, fault: lostAnswer(502) }]);
    await open({ faults: { script } });

    await rig.collectAll();

    expect(await known()).toEqual({ 'acme/other': 10, 'octo/app': 30, 'octo/tool': 20 });
    expect(script.struck).toBeGreaterThan(0);
  }, 60_000);

  test('that answers in part gives listings that say so, which are made whole later', async () => {
    const script = new FaultScript([{ on: 'PullRequests', fault: resourceLimits(['node', 'pullRequests', 'nodes', 0, 'reviews']) }]);
    await open({ faults: { script } });
    await rig.collectAll();
    const incomplete = await rig.store.collection.unfinished('pull_request_listing', [APP, TOOL, OTHER].map(String), rig.clock.now(), 99);
    const lacking = incomplete.filter(({ version }) => version === null);
    rig.clock.advance(HOUR);

    await rig.sweep();

    const after = await rig.store.collection.seen('pull_request_listing', lacking.map(({ id }) => id));
    expect(script.unused).toEqual([]);
    expect(lacking).toHaveLength(1);
    expect(after.every(({ version }) => version !== null)).toBe(true);
  }, 60_000);

  test('that refuses one repository for a while leaves a gap until then', async () => {
    const script = new FaultScript();
    await open({ faults: { script } });
    await rig.collectAll();
    rig.clock.advance(HOUR);
    script.add({ on: 'NewestPullRequests', fault: resourceLimits(['nodes', 0]) });
    script.add({ on: 'UpdatedPullRequests', fault: forbidden() });
    await rig.sweep();
    const gaps = await accessGaps();
    rig.clock.advance(7 * HOUR);

    await rig.sweep();

    expect(script.unused).toEqual([]);
    expect(gaps).toMatchObject([{ isOpen: true }]);
    expect(await accessGaps()).toMatchObject([{ isOpen: false }]);
    expect(Object.values(await states())).toEqual(['active', 'active', 'active']);
  }, 60_000);

  test('that changes while it is paged gives the same in the end', async () => {
    const at = TAKEN_AT;
    let isChanged = false;
    await open({
      onCall: ({ name }) => {
        if (name !== 'PullRequests' || isChanged) return;
        isChanged = true;
        rig.world.editPull('octo/app', rig.world.entries(APP, at)[0]?.number ?? 0, (pull) => ({ ...pull, updated_at: new Date(at + 1_000).toISOString(), title: 'Changed while it was paged' }));
        rig.clock.advance(2_000);
      },
    });
    await rig.collectAll();
    rig.clock.advance(HOUR);

    await rig.sweep();

    expect(await known()).toEqual({ 'acme/other': 10, 'octo/app': 30, 'octo/tool': 20 });
    const titles: (string | null)[] = [];
    for await (const { pullRequest } of rig.store.reader.pullRequests({ sees: 'everything' }, { repository: 'octo/app' })) titles.push(pullRequest.title);
    expect(titles).toContain('Changed while it was paged');
  }, 60_000);

  test('two processes at once collect everything once', async () => {
    await open();
    const [one, two] = [rig.open().collector, rig.open().collector];

    await rig.clock.runUntil(
      Promise.all(
        [one, two].map(async (collector) => {
          await collector.refresh(NEVER);
          await collector.backfill({ targets: await collector.notBackfilled() }, NEVER);
        }),
      ),
    );

    const listings = (await rig.store.writer.pending(1_000)).filter(({ event }) => event === 'pull_request_listing');
    expect(await known()).toEqual({ 'acme/other': 10, 'octo/app': 30, 'octo/tool': 20 });
    expect(listings).toHaveLength(60);
  }, 60_000);
});
