import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { recordFigure, size } from '#test/support/figures.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, SERVICE_SECRET } from '#test/support/running-service.ts';
import { isAcknowledged, WebhookSender } from '#test/support/signed-webhooks.ts';

/** The built program with pages and API beside the receiver: `narrows start` itself shows nothing while GitHub delivers to it. */
const SERVER = new URL('../../dist/bench/querying/narrows-server.js', import.meta.url);
const { fill, writePolicy }: { fill: (dataDir: string, databaseUrl: null, count: number, endAt: number, progress: () => void) => Promise<void>; writePolicy: (folder: string) => string } = await import(
  new URL('../../dist/bench/querying/fill.js', import.meta.url).href
);

/** Ten years of everything: the longest question there is. */
const LONG = '/api/v1/metrics/review.request_response?weeks=520';

const servers: ChildProcess[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  }
  await endServices();
});

async function startServer(env: Readonly<Record<string, string>> = {}): Promise<number> {
  const folder = freshFolder();
  await fill(folder, null, size(3_000, 30_000), Date.now(), () => undefined);
  const server = fork(SERVER, { env: { ...process.env, NARROWS_DATA_DIR: folder, NARROWS_POLICY: writePolicy(folder), NARROWS_WEBHOOK_SECRET: SERVICE_SECRET, NARROWS_LOG_LEVEL: 'silent', ...env } });
  servers.push(server);
  const [address]: unknown[] = await once(server, 'message');
  return (address as { readonly port: number }).port;
}

describe('a service under questions', () => {
  test('acknowledges deliveries that come after a long question before it answers that question', async () => {
    const port = await startServer();
    const sender = new WebhookSender(1);
    const webhooks = recordedWebhooks(1).slice(0, 5);
    await fetch(`http://127.0.0.1:${String(port)}${LONG}`);
    const order: string[] = [];

    const questions = [1, 2, 3, 4].map(async () => {
      const { status } = await fetch(`http://127.0.0.1:${String(port)}${LONG}`);
      order.push(`answered ${String(status)}`);
    });
    for (const webhook of webhooks) order.push(isAcknowledged(await sender.send(port, webhook)) ? 'acknowledged' : 'refused');
    await Promise.all(questions);
    sender.close();

    expect(order.filter((one) => one === 'acknowledged')).toHaveLength(webhooks.length);
    expect(order.slice(-1)).toEqual(['answered 200']);
    expect(order[0]).toBe('acknowledged');
  }, 120_000);

  test('acknowledges everything and answers everything while both come at once', async () => {
    const port = await startServer();
    const sender = new WebhookSender(20);
    const webhooks = recordedWebhooks(size(40, 519));
    const paths = [LONG, '/', '/reviews', '/api/v1/phases?weeks=52', '/api/v1/waits?weeks=12'];
    const waited: number[] = [];

    const sending = Promise.all(
      webhooks.map(async (webhook) => {
        const startedAt = performance.now();
        const answer = await sender.send(port, webhook);
        waited.push(performance.now() - startedAt);
        return answer;
      }),
    );
    const answers = await Promise.all([...paths, ...paths, ...paths].map(async (path) => (await fetch(`http://127.0.0.1:${String(port)}${path}`)).status));
    const acknowledged = await sending;
    sender.close();

    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect(acknowledged.filter((answer) => !isAcknowledged(answer))).toEqual([]);
    recordFigure('Running service', 'slowest acknowledgement while questions are answered, ms', Math.round(Math.max(...waited)), 'no limit: many are sent at once');
  }, 120_000);

  test('refuses with 503 and a time to come back where too many questions wait', async () => {
    const port = await startServer({ NARROWS_READERS: '1' });

    const answers = await Promise.all(Array.from({ length: 60 }, () => fetch(`http://127.0.0.1:${String(port)}${LONG}`)));
    const refused = answers.filter(({ status }) => status === 503);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(refused.length).toBeLessThanOrEqual(60 - 33);
    for (const answer of refused) {
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ code: 'too-busy', status: 503 });
    }
    const pages = await Promise.all(Array.from({ length: 60 }, () => fetch(`http://127.0.0.1:${String(port)}/?weeks=520`)));
    const turnedAway = pages.filter(({ status }) => status !== 200);
    expect(turnedAway.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(turnedAway.map(() => [503, '30']));
    expect(turnedAway.length).toBeGreaterThan(0);
  }, 120_000);
});
