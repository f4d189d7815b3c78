import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { Inbox } from '#src/domain/store.ts';
import { openInbox } from '#src/store/inbox-thread.ts';
import { deliveryOf, NOW, post, startReceiving, type Receiving } from './receiving.ts';

const require = createRequire(import.meta.url);

/** GitHub's own examples of webhooks, every payload once. */
interface Example {
  readonly name: string;
  readonly examples: readonly unknown[];
}

const ROOT = dirname(require.resolve('@octokit/webhooks-examples/package.json'));
const PRODUCTS = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const examplesOf = (product: string): readonly Example[] => require(join(ROOT, product, 'index.json'));

const dataDir = mkdtempSync(join(tmpdir(), 'narrows-examples-'));
let inbox: Inbox;
let receiving: Receiving;

beforeAll(async () => {
  inbox = await openInbox({ dataDir, databaseUrl: null, clock: standingClock(NOW) });
  receiving = await startReceiving({ inbox });
});
afterAll(async () => {
  await receiving.close();
  await inbox.close();
  rmSync(dataDir, { recursive: true });
});

test.each(PRODUCTS.map(({ name }) => name))("every example of GitHub's webhooks of %s is answered 202 and stored as it is", async (product) => {
  const deliveries = examplesOf(product).flatMap(({ name, examples }) =>
    examples.map((payload, index) => ({ event: name, guid: `${product}.${name}.${index}`, body: JSON.stringify(payload) })),
  );

  const statuses = new Set<number>();
  for (const { event, guid, body } of deliveries) {
    const headers = deliveryOf(body, { 'x-github-event': event, 'x-github-delivery': guid });
    statuses.add((await post(receiving.port, headers, [body])).status);
  }

  const stored = await inbox.byGuid(deliveries.map(({ guid }) => guid));
  expect([...statuses]).toEqual([202]);
  expect(stored.map(({ event, body }) => [event, Buffer.from(body).toString()])).toEqual(deliveries.map(({ event, body }) => [event, body]));
});

test('the examples of github.com are the 329 known ones', () => {
  const count = examplesOf('api.github.com').reduce((sum, { examples }) => sum + examples.length, 0);

  expect(count).toBe(329);
});
