import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFile } from '#src/core/project-file.ts';
import { recordedSample } from '#src/simulator/recorded-sample.ts';
import { appAccess } from '#src/sources/access/app-access.ts';
import type { AppPagesOptions, GivenManifest } from '#test/support/fake-github/app-pages.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import { startFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '#test/support/fake-github/fake-github.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { aboutGui } from '#test/support/gui-recording.ts';
import { freshFolder, startService, type RunningService } from '#test/support/running-service.ts';
import { loadSources } from '#test/support/sources.ts';

/** Values that must be found nowhere but in the file of credentials. */
export const PLANTED = {
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  webhookSecret: 'planted-webhook-secret-0123456789abcdef',
  clientSecret: 'planted-client-secret-0123456789abcdef',
} as const;

/** The recorded pull requests, moved so that they end now: the first figures are of the last weeks. */
const { lines } = await recordedSample(fileURLToPath(projectFile('data/recordings/bitcoin-core-gui/pulls.ndjson.gz')), Date.now());

/** A fake GitHub on which an App can be made and installed, and a program that is connected to nothing. */
export interface SetupRig {
  readonly fake: FakeGitHub;
  readonly world: World;
  readonly manifests: readonly GivenManifest[];
  readonly dataDir: string;
  readonly service: RunningService;
  /** What the program has printed to be given on the set-up pages. */
  readonly code: string;
  /** The address of the program under another name than the fake's, so that a browser takes the two for different sites. */
  readonly address: string;
  /** What is stored; null before. */
  credentials(): Record<string, unknown> | null;
}

/** How a rig differs from the usual. */
export interface SetupRigOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly fake?: Partial<FakeGitHubOptions>;
  /** Pull requests of the one repository [519]. */
  readonly pulls?: number;
  /** Left out: installing makes the installation. */
  readonly onInstall?: AppPagesOptions['onInstall'];
  readonly failingExchanges?: number;
}

const fakes: FakeGitHub[] = [];

/** Ends every fake of this file. */
export async function endFakes(): Promise<void> {
  for (const fake of fakes.splice(0)) await fake.close();
}

/** Starts both. Installing the App on the fake makes the recorded repository's owner an installation. */
export async function openSetup({ env = {}, fake: more = {}, pulls = 519, onInstall, failingExchanges = 0 }: SetupRigOptions = {}): Promise<SetupRig> {
  const { permissions, events } = appAccess((await loadSources()).keys());
  const world = buildWorld({ app: { permissions: Object.fromEntries(permissions.map(({ name }) => [name, 'read'])), events } });
  const manifests: GivenManifest[] = [];
  const install = onInstall ?? (() => plantRecorded(world, pulls));
  const { privateKey: appKey, webhookSecret, clientSecret } = PLANTED;
  const fake = await startFakeGitHub({ world, credentials: { appKey }, deliveryLog: { record: new DeliveryRecord() }, appPages: { appKey, webhookSecret, clientSecret, manifests, failingExchanges, onInstall: install }, ...more });
  fakes.push(fake);
  const dataDir = freshFolder();
  const service = await startService({ dataDir, env: { NARROWS_WEBHOOK_SECRET: '', NARROWS_GITHUB_API_URL: `${fake.url}/api/v3`, ...env } });
  return {
    fake,
    world,
    manifests,
    dataDir,
    service,
    code: printedCode(service.said()),
    address: `http://localhost:${String(service.port)}`,
    credentials() {
      const path = join(dataDir, 'credentials.json');
      return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : null;
    },
  };
}

/** The code in what a program has printed; empty where it printed none. */
export function printedCode(said: string): string {
  return /^ {4}([0-9A-Z]{4}(?:-[0-9A-Z]{1,4})+)$/m.exec(said)?.[1] ?? '';
}

/** Makes the recorded repository and with it the installation of its owner; resolves to its id. */
export function plantRecorded(world: World, pulls: number): string {
  const [known] = world.installations(Infinity);
  if (known === undefined) world.plantRepository({ fullName: aboutGui.repository, pulls: recordedPulls(lines.slice(-pulls)) });
  return world.installations(Infinity)[0]?.id ?? '';
}
