import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@octokit/webhooks-methods';
import { afterEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { aCall, ask } from '#test/support/fake-github/a-call.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { deliveryLog } from '#test/support/fake-github/delivery-log.ts';
import { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import type { FakeAnswer, FakeCall } from '#test/support/fake-github/hooks.ts';
import type { RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import { HookSender, type WebhookSenderOptions } from '#test/support/fake-github/webhook-sender.ts';
import { planDeliveries, type DeliveryFaults, type PlannedDelivery } from '#test/support/fake-github/webhooks/delivery-plan.ts';
import { worldWebhooks } from '#test/support/fake-github/webhooks/world-webhooks.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;
const SECRET = 'a secret of thirty-two characters';

interface Received {
  readonly guid: string;
  readonly event: string;
  readonly isSigned: boolean;
  readonly body: string;
}

const open: { close(): unknown }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A receiver that verifies with GitHub's own library and answers what it is told to. */
async function aReceiver(status: (request: number) => number = () => 202): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  let requests = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      void (async () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const isSigned = await verify(SECRET, body, String(request.headers['x-hub-signature-256']));
        const answer = status((requests += 1));
        received.push({ guid: String(request.headers['x-github-delivery']), event: String(request.headers['x-github-event']), isSigned, body });
        response.writeHead(answer, { 'content-type': 'text/plain' }).end('Thanks.');
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/webhooks/github`, received };
}

/** Comments, one a minute from noon on. */
function comments(count: number): RecordedPull {
  const time = (minutes: number): string => new Date(NOON + minutes * MINUTE).toISOString().replace('.000Z', 'Z');
  const user = { login: 'grace', id: 2, type: 'User' as const };
  const events = Array.from({ length: count }, (_, index) => ({ event: 'commented', id: 100 + index, created_at: time(index + 1), user }));
  return { kind: 'pr', number: 1, id: 501, user, state: 'open', created_at: time(0), updated_at: time(count), events };
}

function planned(count: number, faults: Partial<DeliveryFaults> = {}): Iterable<PlannedDelivery> {
  const world = buildWorld({ repositories: [{ fullName: 'acme/widgets', id: 100, pulls: [comments(count - 1)] }] });
  return planDeliveries(worldWebhooks(world), { seed: 1, ...faults });
}

function aSender(url: string, more: Partial<WebhookSenderOptions> = {}): { readonly sender: HookSender; readonly record: DeliveryRecord; readonly clock: ReturnType<typeof standingClock> } {
  const clock = standingClock(NOON);
  const record = new DeliveryRecord();
  const sender = new HookSender({ url, secret: SECRET, clock, record, ...more });
  open.push(sender);
  return { sender, record, clock };
}

/** Asks the log as the App does. */
function askLog(record: DeliveryRecord, at: number, path: string, more: Partial<FakeCall> = {}): Promise<FakeAnswer> {
  const layer = deliveryLog({ world: buildWorld(), clock: standingClock(at) }, { record });
  const [name, query = ''] = path.split('?');
  const route = name === '/app/hook/deliveries' ? 'GET /app/hook/deliveries' : 'GET /app/hook/deliveries/{delivery_id}';
  return ask(layer, aCall({ at, path: name ?? '', name: route, query: new URLSearchParams(query), caller: { kind: 'app' }, root: 'http://fake', ...more }));
}

/** Ids go beyond 2^53: they are taken as text. */
function parsed(answer: FakeAnswer) {
  return JSON.parse(answer.body.replace(/"id":(\d{16,})/g, '"id":"$1"'));
}

describe('the sender of webhooks', () => {
  test('signs what it sends, in order, and moves the clock to when each was sent', async () => {
    const { url, received } = await aReceiver();
    const { sender, record, clock } = aSender(url, { connections: 1 });

    const result = await sender.send(planned(5));

    expect(result).toEqual({ webhooks: 5, attempts: 5, accepted: 5, missing: 0 });
    expect(received.map(({ event, isSigned }) => [event, isSigned])).toEqual([['pull_request', true], ...Array.from({ length: 4 }, () => ['issue_comment', true])]);
    expect(record.all.map(({ deliveredAt }) => deliveredAt)).toEqual([0, 1, 2, 3, 4].map((minute) => NOON + minute * MINUTE));
    expect(clock.now()).toBe(NOON + 4 * MINUTE);
  });

  test('drops and doubles as planned: what is dropped never arrives, what is doubled arrives twice with one GUID', async () => {
    const { url, received } = await aReceiver();
    const { sender, record } = aSender(url);
    const faults = { dropped: 0.3, droppedAs: ['failed', 'swallowed', 'unlogged'], duplicated: 0.3, reorderedWithinSeconds: 600 } as const;
    const plan = [...planned(200, faults)];

    const result = await sender.send(plan);

    const of = (fate: string): number => plan.filter((one) => one.fate === fate).length;
    const doubled = plan.filter(({ isDuplicate }) => isDuplicate).length;
    expect(result).toEqual({ webhooks: 200, attempts: of('sent'), accepted: of('sent'), missing: of('failed') + of('swallowed') + of('unlogged') });
    expect(received).toHaveLength(of('sent'));
    expect(new Set(received.map(({ guid }) => guid)).size).toBe(200 - result.missing);
    expect(doubled).toBeGreaterThan(20);
    expect(record.all).toHaveLength(of('sent') + of('failed') + of('swallowed'));
    expect(record.all.filter(({ isRedelivery }) => isRedelivery)).toHaveLength(doubled);
    expect(record.all.filter(({ statusCode, status }) => statusCode === 0 && status === 'timed out')).toHaveLength(of('failed'));
  });

  test('writes down what the receiver answered, and that it was not there', async () => {
    const { url } = await aReceiver((request) => (request === 1 ? 503 : 202));
    const refused = aSender(url, { connections: 1 });
    const alone = aSender('http://127.0.0.1:1/webhooks/github');

    await refused.sender.send(planned(2));
    await alone.sender.send(planned(1));

    expect(refused.record.all.map(({ status, statusCode, response }) => [status, statusCode, response?.body])).toEqual([['Invalid HTTP Response: 503', 503, 'Thanks.'], ['OK', 202, 'Thanks.']]);
    expect(alone.record.all.map(({ status, statusCode, response }) => [status, statusCode, response])).toEqual([['failed to connect to host', 0, null]]);
  });
});

describe('the deliveries log', () => {
  async function aLog(count: number, faults: Partial<DeliveryFaults> = {}, more: Partial<WebhookSenderOptions> = {}): Promise<ReturnType<typeof aSender> & { readonly received: readonly Received[]; readonly last: number }> {
    const { url, received } = await aReceiver();
    const log = aSender(url, { connections: 1, ...more });
    await log.sender.send(planned(count, faults));
    return { ...log, received, last: NOON + (count - 1) * MINUTE };
  }

  test('is paged, newest first, by the cursor of the Link header, each attempt once', async () => {
    const { record, last } = await aLog(25);
    const guids: string[] = [];
    let path: string | null = '/app/hook/deliveries?per_page=10';
    const pages: number[] = [];
    while (path !== null) {
      const answer: FakeAnswer = await askLog(record, last, path);
      const page = parsed(answer);
      pages.push(page.length);
      guids.push(...page.map(({ guid }: { guid: string }) => guid));
      const next = /<http:\/\/fake([^>]+)>; rel="next"/.exec(answer.headers['link'] ?? '')?.[1];
      path = next ?? null;
    }

    expect(pages).toEqual([10, 10, 5]);
    expect(guids).toEqual(record.all.map(({ guid }) => guid).toReversed());
  });

  test('gives 30 by default and 100 at most, and filters by how it went', async () => {
    const { record, last } = await aLog(120, { dropped: 0.3 });
    const list = async (query: string) => parsed(await askLog(record, last, `/app/hook/deliveries${query}`));
    const failed = record.all.filter(({ statusCode }) => statusCode === 0).length;

    expect((await list('')).length).toBe(30);
    expect((await list('?per_page=1000')).length).toBe(100);
    expect(await list('?per_page=100&status=failure')).toHaveLength(failed);
    expect((await list('?per_page=100&status=success')).every(({ status }: { status: string }) => status === 'OK')).toBe(true);
    expect(await list('?redelivery=true')).toEqual([]);
  });

  test('reaches back three days of the clock, to the second', async () => {
    const { record } = await aLog(3);
    const guidsAt = async (at: number): Promise<number> => parsed(await askLog(record, at, '/app/hook/deliveries')).length;
    const [first] = record.all;

    expect(await guidsAt(NOON + 3 * DAY)).toBe(3);
    expect(await guidsAt(NOON + 3 * DAY + 1)).toBe(2);
    expect(await guidsAt(NOON + 3 * DAY + 2 * MINUTE + 1)).toBe(0);
    expect((await askLog(record, NOON + 3 * DAY + 1, `/app/hook/deliveries/${first?.id ?? ''}`)).status).toBe(404);
  });

  test('says of each what GitHub says, with ids beyond 2^53', async () => {
    const { record, last } = await aLog(1);

    const [delivery] = parsed(await askLog(record, last, '/app/hook/deliveries'));

    expect(delivery).toEqual({
      id: record.all[0]?.id,
      guid: record.all[0]?.guid,
      delivered_at: '2026-01-05T12:00:00.000Z',
      redelivery: false,
      duration: 0.05,
      status: 'OK',
      status_code: 202,
      event: 'pull_request',
      action: 'opened',
      installation_id: 50000001,
      repository_id: 100,
      throttled_at: null,
    });
    expect(BigInt(delivery.id) >= 2n ** 53n - 2n).toBe(true);
  });

  test('shows what was sent: the headers, and the payload as an object; sometimes it has kept none', async () => {
    const { record, last, received } = await aLog(40, {}, { payloadsLost: 0.3 });
    const details = await Promise.all(record.all.map(async ({ id }) => parsed(await askLog(record, last, `/app/hook/deliveries/${id}`))));
    const lost = details.filter(({ request }) => request.payload === null).length;

    expect(lost).toBeGreaterThan(4);
    expect(lost).toBeLessThan(20);
    for (const [index, { guid, request, response }] of details.entries()) {
      expect(request.headers).toMatchObject({ 'X-GitHub-Delivery': guid, 'X-GitHub-Event': received[index]?.event });
      expect(response).toMatchObject({ payload: 'Thanks.' });
      if (request.payload !== null) expect(request.payload).toEqual(JSON.parse(received[index]?.body ?? ''));
    }
  });

  test('sends again what is asked for: the same GUID and bytes, another attempt, marked as a redelivery', async () => {
    const { record, last, received, clock } = await aLog(10, { dropped: 0.3 });
    const [failed] = record.all.filter(({ statusCode }) => statusCode === 0);
    const before = { attempts: record.all.length, received: received.length };
    clock.set(last + MINUTE);

    const answer = await askLog(record, last + MINUTE, `/app/hook/deliveries/${failed?.id ?? ''}/attempts`, { method: 'POST', name: 'POST /app/hook/deliveries/{delivery_id}/attempts' });
    await record.settled();

    const again = record.all.at(-1);
    expect(answer.status).toBe(202);
    expect(record.all).toHaveLength(before.attempts + 1);
    expect(again).toMatchObject({ guid: failed?.guid, isRedelivery: true, status: 'OK', deliveredAt: last + MINUTE });
    expect(again?.id).not.toBe(failed?.id);
    expect(received).toHaveLength(before.received + 1);
    expect(received.at(-1)).toMatchObject({ guid: failed?.guid, isSigned: true, body: failed?.request.payload });
  });

  test('is the App’s alone', async () => {
    const { record, last } = await aLog(1);

    for (const caller of [{ kind: 'token' }, { kind: 'anonymous' }, { kind: 'installation', installationId: '50000001' }] as const) {
      expect((await askLog(record, last, '/app/hook/deliveries', { caller })).status).toBe(401);
    }
  });
});
