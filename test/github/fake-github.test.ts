import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createLog } from '#src/core/log.ts';
import type { GitHub, GitHubApp } from '#src/github/github.ts';
import { openGitHub } from '#src/github/open-github.ts';
import { pullRequestsQuery } from '#src/github/queries/pull-requests.ts';
import { pullRequestUpdatesQuery } from '#src/github/queries/pull-request-updates.ts';
import { INSTALLATION_REPOSITORIES } from '#src/github/queries/repositories.ts';
import { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import { startFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '#test/support/fake-github/fake-github.ts';
import { errorsUnder200, hangUp, lostAnswer, redirectTo, resourceLimits, secondaryLimit, serverFailure } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript } from '#test/support/fake-github/faults.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { LimitWatch } from '#test/support/fake-github/limit-watch.ts';
import { nodeId } from '#test/support/fake-github/node-ids.ts';
import { movingClock, type MovingClock } from '#test/support/moving-clock.ts';
import { failureOf, PRIVATE_KEY } from './github-harness.ts';

const START = Date.UTC(2026, 1, 2, 9);

/** Each test reads: nothing of the world changes. */
const world = guiWorld();
const [installed] = world.installations(START);
const REPOSITORY = { path: `/repositories/${GUI_ID}`, answer: z.object({ id: z.number(), node_id: z.string(), full_name: z.string() }) };

interface Stage {
  readonly fake: FakeGitHub;
  readonly app: GitHubApp;
  readonly github: GitHub;
  readonly clock: MovingClock;
  readonly watch: LimitWatch;
}

const started: FakeGitHub[] = [];

afterEach(async () => {
  for (const fake of started.splice(0)) await fake.close();
});

async function stage(options: Partial<FakeGitHubOptions> = {}, clock = movingClock(START)): Promise<Stage> {
  const watch = new LimitWatch();
  const fake = await startFakeGitHub({ world, clock, credentials: { appKey: PRIVATE_KEY }, ...options, limits: { watch, ...options.limits } });
  started.push(fake);
  const settings = { githubAppId: world.app.id, githubPrivateKey: PRIVATE_KEY, githubToken: null, githubApiUrl: fake.url };
  const access = openGitHub(settings, { random: () => 0.5, log: createLog({ level: 'silent' }), clock });
  if (access?.kind !== 'app') throw new Error('no App');
  return { fake, app: access.app, github: access.app.installation(installed!.id), clock, watch };
}

function pullRequests(github: GitHub, first: number, after: string | null = null): ReturnType<typeof github.query<z.infer<typeof pullRequestsQuery.answer>>> {
  return github.query(pullRequestsQuery, { repository: world.repository(GUI_ID, START)!.nodeId, first, after, threads: 1 });
}

describe('the client before a GitHub that enforces its limits', () => {
  test('is who it says it is, and sees its installation', async () => {
    const { app, github } = await stage();

    const [identity, installations, repositories] = [await app.identity(), await app.installations(), await github.get(INSTALLATION_REPOSITORIES)];

    expect(identity).toMatchObject({ id: world.app.id, slug: world.app.slug });
    expect(installations.map(({ id }) => id)).toEqual([installed!.id]);
    expect(repositories).toMatchObject({ isUnchanged: false });
  });

  test('exceeds no limit with far more requests than an hour allows, and makes use of what it allows', async () => {
    const { github, clock, watch, fake } = await stage({ limits: { perHour: { rest: 300, graphql: 200 } } });
    const ids = [nodeId('PR', GUI_ID, 3)];

    await clock.runUntil(
      Promise.all([...Array.from({ length: 1_000 }, () => github.get(REPOSITORY)), ...Array.from({ length: 500 }, () => github.query(pullRequestUpdatesQuery, { ids }))]),
    );

    expect(watch.violations).toEqual([]);
    expect(watch.mostConcurrent).toBeLessThanOrEqual(3);
    expect(watch.spent).toEqual({ rest: 1_000, graphql: 500 });
    // The clock may jump while a request is under way, and its token end with it; that one is asked again.
    expect(fake.requests.filter(({ status }) => status >= 300 && status !== 401)).toEqual([]);
    expect(clock.now()).toBeLessThan(START + 3.1 * 3_600_000);
  });

  test('exceeds no limit of the minute', async () => {
    const { github, clock, watch } = await stage({ limits: { perHour: { rest: 100_000, graphql: 100_000 } } });

    await clock.runUntil(Promise.all(Array.from({ length: 1_500 }, () => github.get(REPOSITORY))));

    expect(watch.violations).toEqual([]);
    expect(watch.mostInMinute.rest).toBe(900);
  });

  test('does not send a query that costs more than is left', async () => {
    const { github, clock, watch } = await stage({ limits: { perHour: { graphql: 10 } } });

    for (let n = 0; n < 8; n += 1) await clock.runUntil(pullRequests(github, 100));

    expect(watch.violations).toEqual([]);
    expect(watch.spent.graphql).toBeGreaterThan(8);
    expect(github.budget().graphql?.limit).toBe(10);
  });

  test('pays nothing for what is unchanged, and asks anew under another token', async () => {
    const { github, clock, watch } = await stage();
    const first = await github.get(REPOSITORY);
    const etag = first.isUnchanged ? null : first.etag;

    const second = await github.get({ ...REPOSITORY, etag });
    clock.advance(3_600_000);
    const third = await github.get({ ...REPOSITORY, etag });

    expect([second.isUnchanged, third.isUnchanged]).toEqual([true, false]);
    expect([watch.unchanged, watch.spent.rest]).toEqual([1, 2]);
  });
});

describe('the client and its tokens', () => {
  test('goes on through the end of each', async () => {
    const issued: string[] = [];
    const { github, clock, fake } = await stage({ credentials: { appKey: PRIVATE_KEY, issued } });

    for (let n = 0; n < 30; n += 1) {
      await github.get(REPOSITORY);
      clock.advance(600_000);
    }

    expect(issued).toHaveLength(5);
    expect(fake.requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  test('goes on where GitHub ends one earlier than it said, because its clock is ahead', async () => {
    const issued: string[] = [];
    const ours = movingClock(START);
    let aheadMs = 0;
    const { fake, app } = await stage({ clock: { now: () => ours.now() + aheadMs }, credentials: { appKey: PRIVATE_KEY, issued } }, ours);
    const github = app.installation(installed!.id);
    await github.get(REPOSITORY);

    ours.advance(54 * 60_000);
    aheadMs = 7 * 60_000;
    const answer = await ours.runUntil(github.get(REPOSITORY));

    expect(answer).toMatchObject({ data: { id: GUI_ID } });
    expect(issued).toHaveLength(2);
    expect(fake.requests.map(({ status }) => status)).toEqual([201, 200, 401, 201, 200]);
  });

  test('says that an App is unknown, and that an installation is', async () => {
    const { app, fake } = await stage();
    const settings = { githubAppId: '1', githubPrivateKey: PRIVATE_KEY, githubToken: null, githubApiUrl: fake.url };
    const stranger = openGitHub(settings, { random: () => 0.5, log: createLog({ level: 'silent' }), clock: movingClock(START) });

    expect(await failureOf(app.installation('1').get(REPOSITORY))).toMatchObject({ code: 'github-forbidden' });
    expect(stranger?.kind === 'app' && (await failureOf(stranger.app.identity()))).toMatchObject({ code: 'github-refused' });
  });

  test('is a person with a personal token', async () => {
    const token = 'github_pat_0123456789';
    const { fake } = await stage({ credentials: { appKey: PRIVATE_KEY, personalTokens: [token] } });
    const access = openGitHub({ githubAppId: null, githubPrivateKey: null, githubToken: token, githubApiUrl: `${fake.url}/api/v3` }, { random: () => 0.5, log: createLog({ level: 'silent' }), clock: movingClock(START) });

    const answer = access?.kind === 'token' ? await access.github.get(REPOSITORY) : null;
    const query = access?.kind === 'token' ? await pullRequests(access.github, 2) : null;

    expect(answer).toMatchObject({ data: { id: GUI_ID } });
    expect(query).toMatchObject({ problems: [] });
  });
});

describe('the client in trouble', () => {
  const ON_REST = 'GET /repositories/{repository_id}';

  test.each([
    ['a secondary limit', secondaryLimit(40), 40_000],
    ['a secondary limit without a time', secondaryLimit(null, 429), 60_000],
    ['a failure', serverFailure(503), 750],
    ['a lost answer', lostAnswer(502), 750],
    ['a broken connection', hangUp(), 750],
  ])('gets over %s', async (_, fault, waitMs) => {
    const script = new FaultScript([{ on: ON_REST, fault }]);
    const { github, clock } = await stage({ faults: { script } });

    const answer = await clock.runUntil(github.get(REPOSITORY));

    expect(answer).toMatchObject({ data: { id: GUI_ID }, askedAt: START + waitMs });
    expect(script.unused).toEqual([]);
  });

  test.each([502, 504] as const)('asks for smaller pages after two answers of %i', async (status) => {
    const script = new FaultScript([{ on: 'PullRequests', fault: serverFailure(status), times: 2 }]);
    const { github, clock } = await stage({ faults: { script } });

    const failure = await clock.runUntil(failureOf(pullRequests(github, 49)));

    expect(failure).toMatchObject({ code: 'github-too-large' });
    expect(script.unused).toEqual([]);
    expect(await pullRequests(github, 20)).toMatchObject({ problems: [] });
  });

  test('keeps what is there of an answer in part', async () => {
    const path = ['node', 'pullRequests', 'nodes', 1, 'reviews'];
    const { github } = await stage({ faults: { script: new FaultScript([{ on: 'PullRequests', fault: resourceLimits(path) }]) } });

    const answer = await pullRequests(github, 3);

    expect(answer.problems).toEqual([{ type: 'RESOURCE_LIMITS_EXCEEDED', path, message: 'Resource limits for this query exceeded.' }]);
    expect(answer.data.node?.pullRequests?.nodes).toHaveLength(3);
  });

  test('waits for an hour that others have used up', async () => {
    const script = new FaultScript([{ on: 'PullRequests', fault: errorsUnder200({ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 50000001.' }) }]);
    const { github, clock } = await stage({ faults: { script } });

    const answer = await clock.runUntil(pullRequests(github, 3));

    expect(answer.data.node?.pullRequests?.nodes).toHaveLength(3);
    expect(answer.askedAt).toBeGreaterThanOrEqual(START + 3_600_000);
  });

  test('takes its credential nowhere else', async () => {
    const foreign = await stage();
    const { github } = await stage({ faults: { script: new FaultScript([{ on: ON_REST, fault: redirectTo(`${foreign.fake.url}/repositories/${GUI_ID}`) }]) } });

    expect(await failureOf(github.get(REPOSITORY))).toMatchObject({ code: 'github-failed' });
    expect(foreign.fake.requests).toEqual([]);
  });
});

describe('the client and the log of deliveries', () => {
  test('reads what the log kept page by page, payloads as they were, and asks for one once more', async () => {
    const record = new DeliveryRecord();
    const again: string[] = [];
    record.resendBy((guid) => {
      again.push(guid);
      return Promise.resolve();
    });
    const payload = '{"id":9007199254740993,"text":"\\u00e9"}';
    const added = Array.from({ length: 150 }, (_, n) =>
      record.add({
        guid: `guid-${n}`,
        event: 'push',
        action: null,
        deliveredAt: START - 150_000 + n * 1_000,
        isRedelivery: false,
        durationSeconds: 0.1,
        status: n === 0 ? 'Service Unavailable' : 'OK',
        statusCode: n === 0 ? 503 : 202,
        installationId: installed!.id,
        repositoryId: GUI_ID,
        throttledAt: null,
        url: 'https://narrows.example.com/webhooks',
        request: { headers: {}, payload: n === 1 ? null : payload },
        response: null,
      }),
    );
    const { app } = await stage({ deliveryLog: { record } });

    const first = await app.deliveryLog(null);
    const second = await app.deliveryLog(first.next);
    const kept = [await app.deliveredPayload(added[0]!.id), await app.deliveredPayload(added[1]!.id)];
    await app.redeliver(added[0]!.id);

    expect([first.deliveries.length, second.deliveries.length, second.next]).toEqual([100, 50, null]);
    expect([...first.deliveries, ...second.deliveries].map(({ id }) => id)).toEqual(added.map(({ id }) => id).reverse());
    expect(second.deliveries.at(-1)).toEqual({
      id: added[0]!.id,
      guid: 'guid-0',
      event: 'push',
      action: null,
      deliveredAt: START - 150_000,
      isRedelivery: false,
      isAccepted: false,
      repositoryId: String(GUI_ID),
      installationId: installed!.id,
    });
    expect(kept).toEqual([payload, null]);
    expect(again).toEqual(['guid-0']);
    expect(await failureOf(app.deliveredPayload('1'))).toMatchObject({ code: 'github-not-found' });
  });
});
