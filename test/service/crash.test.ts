import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { xoshiro128, type Random } from '#src/core/statistics/random.ts';
import { exportedState, storedDeliveries, undisturbedState, untilRead, type ExportedState, type InstallationEnv } from '#test/support/exported-state.ts';
import { isVerifying, recordFigure, size } from '#test/support/figures.ts';
import { startPostgres } from '#test/support/postgres.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, startAndKill, startService, type RunningService, type ServicePlace } from '#test/support/running-service.ts';
import { isAcknowledged, WebhookSender, type Webhook } from '#test/support/signed-webhooks.ts';

const CONNECTIONS = 20;

/** One webhook of so many is delivered again after it was acknowledged, as GitHub's button does. */
const REDELIVERED = 10;

/** Whole numbers in [0, below). */
function below(random: Random, limit: number): number {
  return Math.floor((random.next() / 2 ** 32) * limit);
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(below(random, left.length), 1));
}

/** An installation whose process is killed while twenty connections deliver to it, and started again on what it left. */
class KilledInstallation {
  readonly acknowledged = new Set<string>();
  readonly #place: ServicePlace;
  readonly #sender = new WebhookSender(CONNECTIONS);
  readonly #queue: Webhook[];
  #answers = 0;
  #service: RunningService | null = null;

  constructor(place: ServicePlace, webhooks: readonly Webhook[]) {
    this.#place = place;
    this.#queue = [...webhooks];
  }

  /** Delivers everything until each is acknowledged; kills so often on the way, every fifth time in the first starts. */
  async deliver(random: Random, kills: number): Promise<void> {
    const total = this.#queue.length;
    const lanes = Array.from({ length: CONNECTIONS }, () => this.#lane(random));
    const early = Math.ceil(kills / 5);
    const moments = Array.from({ length: kills - early }, () => below(random, Math.floor(total * 0.9))).sort((a, b) => a - b);
    for (let kill = 0; kill < early; kill += 1) await startAndKill(this.#place, 200 + below(random, 1_000));
    this.#service = await startService(this.#place);
    for (const moment of moments) await this.#killAt(moment, below(random, 300));
    await Promise.all(lanes);
    this.#sender.close();
  }

  async end(): Promise<void> {
    await this.#service?.terminate();
  }

  /** Kills so long after so many answers: while bodies are read, stored, answered or folded, or just after a start. */
  async #killAt(answers: number, laterMs: number): Promise<void> {
    while (this.#answers < answers) await sleep(1);
    await sleep(laterMs);
    const service = this.#service;
    this.#service = null;
    await service?.kill();
    this.#service = await startService(this.#place);
  }

  /** One connection: sends what is left, and again whatever was not answered 2xx. */
  async #lane(random: Random): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const port = this.#service?.port;
      const answer = port === undefined ? null : await this.#sender.send(port, next);
      if (isAcknowledged(answer)) {
        this.#answers += 1;
        this.acknowledged.add(next.guid);
        if (below(random, REDELIVERED) === 0) this.#queue.splice(below(random, this.#queue.length + 1), 0, next);
      } else {
        this.#queue.push(next);
        await sleep(20);
      }
    }
  }
}

/** What being killed has cost. */
interface Loss {
  readonly deliveries: number;
  /** Deliveries that were acknowledged and are not in the inbox. */
  readonly lost: readonly string[];
  /** Sets of facts and waits whose export differs from that of an installation that was never disturbed. */
  readonly differing: readonly string[];
}

/** Kills an installation so often while it is delivered to, and compares what has become of it. */
async function lossAfter(kills: number, place: ServicePlace, env: InstallationEnv, seed: number): Promise<Loss> {
  const random = xoshiro128(seed);
  const webhooks = shuffled(random, recordedWebhooks(size(40, 300)));
  const installation = new KilledInstallation(place, webhooks);

  await installation.deliver(random, kills);
  const stored = await storedDeliveries(env, webhooks.map(({ guid }) => guid));
  await untilRead(env, stored.length);
  await installation.end();

  const there = new Set(stored.map(({ guid }) => guid));
  const state = await exportedState(env);
  const undisturbed = await undisturbedState(freshFolder(), shuffled(random, stored));
  return {
    deliveries: installation.acknowledged.size,
    lost: [...installation.acknowledged].filter((guid) => !there.has(guid)),
    differing: SETS.filter((set) => rowsOf(state, set) < FEWEST_ROWS || state[set] !== undisturbed[set]),
  };
}

const SETS = ['pull-request-events', 'pull-requests', 'waits', 'phases'] as const;

/** A set with fewer rows would compare next to nothing. */
const FEWEST_ROWS = 30;

function rowsOf(state: ExportedState, set: string): number {
  return (state[set] ?? '').split('\r\n').length;
}

function record(engine: string, kills: number, { deliveries, lost, differing }: Loss): void {
  recordFigure('Killed while receiving', `${engine}: deliveries lost of ${String(deliveries)} acknowledged, ${String(kills)} kills`, lost.length, '0');
  recordFigure('Killed while receiving', `${engine}: sets of facts and waits that differ from an undisturbed run`, differing.length, `0 of ${String(SETS.length)}`);
}

afterEach(endServices);

describe('a service that is killed at random moments while deliveries come', () => {
  test('has every acknowledged delivery, and the facts and waits of one that was never disturbed', async () => {
    const dataDir = freshFolder();
    const kills = size(3, 30);

    const loss = await lossAfter(kills, { dataDir }, { NARROWS_DATA_DIR: dataDir }, 20260301);

    record('SQLite', kills, loss);
    expect(loss).toEqual({ deliveries: recordedWebhooks(size(40, 300)).length, lost: [], differing: [] });
  }, 600_000);

  (isVerifying ? test : test.skip)('on PostgreSQL just as well', async () => {
    const postgres = await startPostgres();
    try {
      const env = { NARROWS_DATABASE_URL: await postgres.freshDatabase() };

      const loss = await lossAfter(30, { dataDir: freshFolder(), env }, env, 20260302);

      record('PostgreSQL', 30, loss);
      expect(loss).toEqual({ deliveries: recordedWebhooks(300).length, lost: [], differing: [] });
    } finally {
      await endServices();
      await postgres.stop();
    }
  }, 1_200_000);
});
