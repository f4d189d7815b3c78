import { afterEach, describe, expect, test } from '@jest/globals';
import { listInstallationRepositories, listOwnedRepositories, type RepositoryListing } from '#src/poller/listing/repository-listing.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { resourceLimits } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript, type FaultRule } from '#test/support/fake-github/faults.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { endFakes, installationRig, listingRig, SIGNAL, type ListingRig } from './listing-rig.ts';

const NOW = Date.UTC(2026, 1, 2, 9);

afterEach(endFakes);

async function aRig(count: number, more: { rules?: readonly FaultRule[]; onCall?: (call: number, world: World) => void } = {}): Promise<ListingRig> {
  const repositories = Array.from({ length: count }, (_, index) => ({ fullName: `octo/app-${String(index).padStart(3, '0')}`, id: 100 + index, owner: { id: 9 }, createdAt: NOW - 1_000 + index }));
  const world = buildWorld({ repositories });
  return listingRig(world, NOW, { faults: { script: new FaultScript(more.rules) }, onCall: ({ number }) => more.onCall?.(number, world) });
}

const owned = (rig: ListingRig, login = 'octo'): Promise<RepositoryListing> => rig.run(listOwnedRepositories(rig.github, login, SIGNAL));

function namesIn({ delivery }: RepositoryListing): readonly string[] {
  return JSON.parse(new TextDecoder().decode(delivery.body)).repositories.map(({ fullName }: { fullName: string }) => fullName);
}

describe('the repositories of an owner', () => {
  test('are listed to the last page, by ids that stay and the names of now', async () => {
    const rig = await aRig(230);

    const listing = await owned(rig);

    expect(listing).toMatchObject({ takenAt: NOW, delivery: { event: 'repository_listing', channel: 'api', takenAt: NOW } });
    expect(listing.repositories.map(({ databaseId }) => databaseId)).toEqual(Array.from({ length: 230 }, (_, index) => String(100 + index)));
    expect(rig.fake.requests).toHaveLength(3);
  });

  test('say something new only when one comes, goes or changes its name', async () => {
    const rig = await aRig(3);
    const [first, second] = [await owned(rig), await owned(rig)];
    rig.clock.advance(60_000);
    rig.fake.world.rename('octo/app-001', 'octo/engine', rig.clock.now());
    const renamed = await owned(rig);

    expect(second.digest).toBe(first.digest);
    expect(renamed.digest).not.toBe(first.digest);
    expect(namesIn(renamed)).toEqual(['octo/app-000', 'octo/engine', 'octo/app-002']);
  });

  test('are listed once more where one slipped past between two pages', async () => {
    const rig = await aRig(150, {
      onCall: (call, world) => {
        if (call === 2) world.rename('octo/app-140', 'octo/aaa', NOW);
      },
    });

    const listing = await owned(rig);

    expect(namesIn(listing)).toContain('octo/aaa');
    expect(listing.repositories).toHaveLength(150);
  });

  test('are listed without one that GitHub withholds', async () => {
    const rig = await aRig(3, { rules: [{ on: 'Repositories', times: 2, fault: resourceLimits(['repositoryOwner', 'repositories', 'nodes', 1]) }] });

    expect(namesIn(await owned(rig))).toEqual(['octo/app-000', 'octo/app-002']);
  });

  test('of nobody are not found', async () => {
    await expect(owned(await aRig(1), 'nobody')).rejects.toMatchObject({ code: 'github-not-found' });
  });
});

describe('the repositories of an installation', () => {
  test('are listed by REST to the last page, those of no other, and say the same as by GraphQL', async () => {
    const plans = Array.from({ length: 130 }, (_, index) => ({ fullName: `octo/app-${String(index)}`, id: 100 + index, owner: { id: 9 }, createdAt: NOW - 1_000, isArchived: index === 7 }));
    const world = buildWorld({ repositories: [...plans, { fullName: 'initech/web', id: 999, createdAt: NOW - 1_000 }] });
    const rig = await installationRig(world, NOW);

    const listing = await rig.run(listInstallationRepositories(rig.github, '1', SIGNAL));

    const byGraphQL = await rig.run(listOwnedRepositories(rig.github, 'octo', SIGNAL));
    expect(listing.repositories).toHaveLength(130);
    expect(listing.repositories).toEqual(byGraphQL.repositories);
    expect(listing.repositories[7]).toMatchObject({ databaseId: '107', nameWithOwner: 'octo/app-7', isArchived: true });
    expect(rig.fake.requests.filter(({ name }) => name === 'GET /installation/repositories')).toHaveLength(2);
  });
});
