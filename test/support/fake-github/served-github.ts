import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#src/core/clock.ts';
import { DeliveryRecord } from './delivery-record.ts';
import { startFakeGitHub, type FakeGitHub } from './fake-github.ts';
import { folderWorld } from './folder-world.ts';
import { generatedWorld } from './generated/generated-world.ts';
import type { ServeOptions } from './serve-options.ts';
import { HookSender, type SendingResult } from './webhook-sender.ts';
import { planDeliveries } from './webhooks/delivery-plan.ts';
import { worldWebhooks } from './webhooks/world-webhooks.ts';
import type { World } from './world.ts';

/** A GitHub to try an installation of Narrows with. */
export interface ServedGitHub {
  readonly fake: FakeGitHub;
  /** The variables that connect Narrows as an App, and as a person. */
  readonly asApp: Readonly<Record<string, string>>;
  readonly asPerson: Readonly<Record<string, string>>;
  /**
   * Sends the webhooks of all that has happened until now, in order, as soon as somebody listens at the address: that
   * is started with the secret, and so after this. Null where none is to be sent.
   */
  readonly sendWebhooks: (() => Promise<SendingResult>) | null;
  /** Hangs up and removes the key and the secret; rejects if something was asked that the fake does not know. */
  close(): Promise<void>;
}

const DAY = 86_400_000;

/** After so long it is looked again whether somebody takes webhooks. */
const AGAIN_MS = 200;

/** A repository of a made-up organisation has so many pull requests. */
const PULLS_OF_A_REPOSITORY = 100;

/** Starts it with a key and a secret of its own, in a folder that nobody else reads. It enforces GitHub's limits. */
export async function serveGitHub(options: ServeOptions, clock: Clock): Promise<ServedGitHub> {
  const world = worldOf(options.world, clock.now());
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const appKey = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const [secret, token] = [randomBytes(20).toString('hex'), `github_pat_${randomBytes(20).toString('hex')}`];
  const record = new DeliveryRecord();
  const fake = await startFakeGitHub({ world, clock, port: options.port, credentials: { appKey, personalTokens: [token] }, limits: {}, deliveryLog: { record }, keptCalls: 1_000 });

  const folder = mkdtempSync(join(tmpdir(), 'fake-github-'));
  const written = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const address = { NARROWS_GITHUB_API_URL: fake.url };
  const closing = new AbortController();
  const sender = options.deliverTo === null ? null : new HookSender({ url: options.deliverTo, secret, clock, record, appId: world.app.id });
  return {
    fake,
    asApp: {
      ...address,
      NARROWS_GITHUB_APP_ID: world.app.id,
      NARROWS_GITHUB_PRIVATE_KEY_FILE: written('private-key.pem', appKey),
      NARROWS_WEBHOOK_SECRET_FILE: written('webhook-secret', secret),
    },
    asPerson: { ...address, NARROWS_GITHUB_TOKEN: token },
    sendWebhooks:
      sender === null
        ? null
        : async () => {
            await untilListening(sender.url, closing.signal);
            return sender.send(planDeliveries(worldWebhooks(world, { to: clock.now() }), { seed: 1 }));
          },
    close() {
      closing.abort();
      sender?.close();
      rmSync(folder, { recursive: true, force: true });
      return fake.close();
    },
  };
}

/** Resolves when somebody listens at an address; rejects once the signal is aborted. Nothing is said there. */
async function untilListening(url: string, signal: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    signal.throwIfAborted();
    const socket = connect(port === '' ? 80 : Number(port), hostname);
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await wait(AGAIN_MS, undefined, { signal });
  }
}

/** A made-up organisation has lived for a year until today began, so that it is the same all day. */
function worldOf(wanted: ServeOptions['world'], now: number): World {
  if ('folder' in wanted) return folderWorld(wanted.folder);
  const until = Math.floor(now / DAY) * DAY;
  const repositories = Math.ceil(wanted.pullRequests / PULLS_OF_A_REPOSITORY);
  return generatedWorld({ seed: wanted.seed, repositories, pullRequests: Math.ceil(wanted.pullRequests / repositories), from: until - 365 * DAY, until, busyEvery: 250 });
}
