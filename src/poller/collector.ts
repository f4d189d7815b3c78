import { NarrowsError } from '#src/core/errors.ts';
import type { Installation } from '#src/domain/collection.ts';
import type { GitHub, GitHubApp } from '#src/github/github.ts';
import { backfill, type BackfillOptions, type BackfillResult } from './backfill.ts';
import { collectedInstallation, type CollectedInstallation, type CollectionTarget } from './collected-installation.ts';
import type { RepeatedListing } from './keep-when-new.ts';
import { githubLister } from './listing/github-lister.ts';
import { listInstallationRepositories, listOwnedRepositories } from './listing/repository-listing.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUESTS } from './pull-request-lister.ts';
import { recheckUnfinished } from './recheck-unfinished.ts';
import { mayCollect, refreshInstallations } from './refresh-installations.ts';
import { refreshOrganizations } from './refresh-organizations.ts';
import { refreshRepositories, type InstallationListing } from './refresh-repositories.ts';
import { sweep, type SweepResult } from './sweep.ts';

/** Whom GitHub is asked as: the App in its installations, or somebody whose token sees what these owners have. */
export type CollectorAccess =
  | { readonly kind: 'app'; readonly app: Pick<GitHubApp, 'installations' | 'installation'> }
  | { readonly kind: 'token'; readonly github: GitHub; readonly owners: readonly string[] };

/** The installation that stands for a personal token. */
const TOKEN_ID = 'token';

/** Everything that is collected, and how it is asked for. Each step may be ended at any instant and run again. */
export class Collector {
  readonly #parts: PollerParts;
  readonly #access: CollectorAccess;
  readonly #asked = new Map<string, CollectedInstallation>();

  constructor(parts: PollerParts, access: CollectorAccess) {
    this.#parts = parts;
    this.#access = access;
  }

  /** Looks which installations and repositories there are now. */
  async refresh(signal: AbortSignal): Promise<void> {
    const installations = await this.#installations(signal);
    const listings: InstallationListing[] = [];
    for (const installation of installations) listings.push(await this.#list(installation, signal));
    await refreshRepositories(this.#parts, listings);
  }

  /** What is collected from now on, by what the last refresh saw: the repositories that may be read and that the policy names. */
  async targets(): Promise<readonly CollectionTarget[]> {
    const { collection, collects } = this.#parts;
    const installations = new Map((await collection.installations()).filter(mayCollect).map((installation) => [installation.id, installation]));
    return (await collection.repositories()).flatMap((repository): CollectionTarget[] => {
      const installation = installations.get(repository.installationId);
      const isCollected = (repository.state === 'active' || repository.state === 'archived') && collects(repository.fullName);
      return installation === undefined || !isCollected ? [] : [{ repository, at: this.#at(installation) }];
    });
  }

  /** Those whose backfill has not come to its end. */
  async notBackfilled(): Promise<readonly CollectionTarget[]> {
    const progress = await this.#parts.collection.progress(PULL_REQUESTS);
    const done = new Set(progress.filter(({ isDone }) => isDone).map(({ repositoryId }) => repositoryId));
    return (await this.targets()).filter(({ repository }) => !done.has(repository.id));
  }

  backfill(options: BackfillOptions, signal: AbortSignal): Promise<BackfillResult> {
    return backfill(this.#parts, options, signal);
  }

  /** Lists what was updated, where that was not asked since `sweptBeforeAt`, and then what may have changed unnoticed. What fails at one installation does not keep the others waiting. */
  async sweep(signal: AbortSignal, sweptBeforeAt = Infinity): Promise<SweepResult> {
    const result = { swept: 0, listed: 0, problems: new Array<string>() };
    for (const [at, targets] of byInstallation(await this.targets())) {
      const repositories = targets.map(({ repository }) => repository);
      try {
        const swept = await sweep(this.#parts, at, repositories, signal, sweptBeforeAt);
        result.swept += swept.swept;
        result.listed += swept.listed;
        result.problems.push(...swept.problems);
        result.listed += await recheckUnfinished(this.#parts, at, repositories, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof NarrowsError)) throw error;
        result.problems.push(`${at.installation.account}: ${error.message}`);
      }
    }
    return result;
  }

  /** Lists the teams of organisations that were not listed for so long. Resolves to how many of them said something new. */
  async organizations(listedBeforeAt: number, signal: AbortSignal): Promise<number> {
    const asked = new Map<string, { login: string; github: GitHub }>();
    for (const { repository, at } of await this.targets()) {
      const login = repository.fullName.split('/')[0] ?? '';
      if (at.installation.accountType === 'Organization') asked.set(login.toLowerCase(), { login, github: at.github });
    }
    return refreshOrganizations(this.#parts, [...asked.values()], listedBeforeAt, signal);
  }

  async #installations(signal: AbortSignal): Promise<readonly Installation[]> {
    const { collection, clock } = this.#parts;
    if (this.#access.kind === 'app') return refreshInstallations(this.#parts, this.#access.app, signal);
    const before = (await collection.installations()).find(({ id }) => id === TOKEN_ID);
    const account = this.#access.owners.join(', ');
    const now: Installation = before?.account === account ? before : { id: TOKEN_ID, account, accountType: 'Organization', state: 'active', stateAt: clock.now(), permissions: { pull_requests: 'read' }, events: [] };
    if (now !== before) await collection.putInstallations([now]);
    return [now];
  }

  async #list(installation: Installation, signal: AbortSignal): Promise<InstallationListing> {
    if (!mayCollect(installation)) return { installation, repositories: null, listings: new Map() };
    const { github } = this.#at(installation);
    const listings = new Map<string, RepeatedListing & { readonly repositories: InstallationListing['repositories'] }>();
    if (this.#access.kind === 'app') listings.set(`installation:${installation.id}`, await listInstallationRepositories(github, installation.id, signal));
    else for (const owner of this.#access.owners) listings.set(`owner:${owner.toLowerCase()}`, await listOwnedRepositories(github, owner, signal));
    return { installation, repositories: [...listings.values()].flatMap(({ repositories }) => repositories ?? []), listings };
  }

  #at(installation: Installation): CollectedInstallation {
    const known = this.#asked.get(installation.id);
    if (known !== undefined) {
      const now = { ...known, installation };
      this.#asked.set(installation.id, now);
      return now;
    }
    const github = this.#access.kind === 'app' ? this.#access.app.installation(installation.id) : this.#access.github;
    const at = collectedInstallation(installation, github, githubLister(github));
    this.#asked.set(installation.id, at);
    return at;
  }
}

function byInstallation(targets: readonly CollectionTarget[]): ReadonlyMap<CollectedInstallation, readonly CollectionTarget[]> {
  const ids = new Map<string, CollectionTarget[]>();
  for (const target of targets) ids.set(target.at.installation.id, [...(ids.get(target.at.installation.id) ?? []), target]);
  return new Map([...ids.values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0].at, group]])));
}
