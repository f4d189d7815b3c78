import { createLog } from '#src/core/log.ts';
import type { CollectedRepository } from '#src/domain/collection.ts';
import type { GitHub } from '#src/github/github.ts';
import { openGitHub } from '#src/github/open-github.ts';
import { githubLister } from '#src/poller/listing/github-lister.ts';
import type { ListedPullRequest, PullRequestLister } from '#src/poller/pull-request-lister.ts';
import { startFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '#test/support/fake-github/fake-github.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { APP_KEY } from '#test/support/collecting-rig.ts';
import { movingClock, type MovingClock } from '#test/support/moving-clock.ts';

/** A fake GitHub that is asked with a personal token. */
export interface ListingRig {
  readonly fake: FakeGitHub;
  readonly clock: MovingClock;
  readonly github: GitHub;
  readonly lister: PullRequestLister;
  /** Lets the clock move on by itself while something is asked. */
  run<T>(asking: Promise<T>): Promise<T>;
}

const started: FakeGitHub[] = [];

/** Ends the fakes that a test started; rejects if one was asked what it does not know. */
export async function endFakes(): Promise<void> {
  for (const fake of started.splice(0)) await fake.close();
}

/** A rig that is asked as the world's first installation instead. */
export function installationRig(world: World, at: number): Promise<ListingRig> {
  return listingRig(world, at, { credentials: { appKey: APP_KEY } }, world.installations(at)[0]?.id);
}

/** Starts a fake over a world at an instant. */
export async function listingRig(world: World, at: number, more: Partial<FakeGitHubOptions> = {}, installationId?: string): Promise<ListingRig> {
  const clock = movingClock(at);
  const fake = await startFakeGitHub({ world, clock, ...more });
  started.push(fake);
  const parts = { random: () => 0.5, log: createLog({ level: 'silent', clock }), clock };
  const credential = installationId === undefined ? { githubAppId: null, githubPrivateKey: null, githubToken: 'token' } : { githubAppId: world.app.id, githubPrivateKey: APP_KEY, githubToken: null };
  const access = openGitHub({ ...credential, githubApiUrl: fake.url }, parts);
  if (access === null) throw new Error('no credential');
  const github = access.kind === 'token' ? access.github : access.app.installation(installationId ?? '');
  return { fake, clock, github, lister: githubLister(github), run: (asking) => clock.runUntil(asking) };
}

/** A signal that is never given. */
export const SIGNAL = new AbortController().signal;

/** The one repository of a world, as the collector knows it. */
export function onlyRepository(world: World, at: number): CollectedRepository {
  const [repository] = world.repositories(at);
  if (repository === undefined) throw new Error('The world has no repository.');
  return { id: String(repository.id), nodeId: repository.nodeId, fullName: repository.fullName, installationId: '1', state: 'active', stateAt: 0 };
}

/** Every pull request of the world's one repository, page by page. */
export async function everyPull({ fake, lister, clock }: ListingRig, size: number): Promise<ListedPullRequest[]> {
  const repository = onlyRepository(fake.world, clock.now());
  const pulls: ListedPullRequest[] = [];
  for (let after: string | null = null; ; ) {
    const page = await lister.page(repository, { after, size }, SIGNAL);
    pulls.push(...page.pullRequests);
    if (page.next === null) return pulls;
    after = page.next;
  }
}
