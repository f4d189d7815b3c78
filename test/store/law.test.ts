import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import type { FactChanges } from '#src/domain/source.ts';
import { openStore } from '#src/store/store.ts';
import { otherChanges, pullRequestChanges } from './arbitrary-changes.ts';
import { changesOf, clock, EVERYONE, read } from './builders.ts';

const RUNS = process.env.NARROWS_VERIFY === undefined ? 30 : 150;

jest.setTimeout(300_000);

/** The tables of facts, and nothing of how they came to be. */
const FACT_TABLES = ['account_sightings', 'repository_names', 'name_owners', 'repositories', 'pull_requests', 'pushes', 'teams', 'team_memberships', 'team_repositories', 'collaborators', 'team_listings'];

/** Everything a store says of its facts, and what it holds of them, after folding these batches. */
async function factsAfter(batches: readonly (readonly FactChanges[])[]): Promise<unknown> {
  const dataDir = mkdtempSync(join(tmpdir(), 'narrows-law-'));
  try {
    const store = await openStore({ dataDir, databaseUrl: null, clock });
    for (const batch of batches) await store.writer.fold({ changes: laidTogether(batch), outcomes: [] });
    const told = {
      pullRequests: await read(store, { withGone: true }),
      repositories: await store.reader.repositories(EVERYONE),
      teams: await store.reader.teams(EVERYONE),
      teamRepositories: await store.reader.teamRepositories(EVERYONE),
      teamFacts: await store.waitWriter.teamFacts(),
    };
    await store.close();
    return { told, held: dump(join(dataDir, 'facts.sqlite')) };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function laidTogether(batch: readonly FactChanges[]): Required<FactChanges> {
  const all = <T>(list: (changes: FactChanges) => readonly T[] | undefined): T[] => batch.flatMap((changes) => list(changes) ?? []);
  return changesOf({
    accounts: all((changes) => changes.accounts),
    repositories: all((changes) => changes.repositories),
    pullRequests: all((changes) => changes.pullRequests),
    pushes: all((changes) => changes.pushes),
    teams: all((changes) => changes.teams),
    memberships: all((changes) => changes.memberships),
    teamRepositories: all((changes) => changes.teamRepositories),
    collaborators: all((changes) => changes.collaborators),
    memberListings: all((changes) => changes.memberListings),
    teamRepositoryListings: all((changes) => changes.teamRepositoryListings),
    teamListings: all((changes) => changes.teamListings),
  });
}

function dump(path: string): Record<string, string[]> {
  const file = new Sqlite(path, { readonly: true });
  const rows = (table: string): string[] => file.prepare(`select * from ${table}`).all().map((row) => JSON.stringify(row)).sort();
  const dumped = Object.fromEntries(FACT_TABLES.map((table) => [table, rows(table)]));
  file.close();
  return dumped;
}

/** The same changes in another order, some of them more than once, cut into other batches. */
function shuffled(changes: readonly FactChanges[]): fc.Arbitrary<FactChanges[][]> {
  return fc
    .tuple(fc.shuffledSubarray([...changes], { minLength: changes.length }), fc.shuffledSubarray([...changes]), fc.infiniteStream(fc.boolean()))
    .map(([all, again, cuts]) => {
      const batches: FactChanges[][] = [[]];
      for (const change of [...all, ...again]) {
        if (cuts.next().value === true) batches.push([]);
        batches.at(-1)?.push(change);
      }
      return batches;
    });
}

describe('the facts', () => {
  test.each([
    ['pull requests and repositories', pullRequestChanges],
    ['accounts, pushes and teams', otherChanges],
    ['everything', fc.oneof(pullRequestChanges, otherChanges)],
  ])('of %s are the same whatever the order, the duplicates and the batches in which they were told', async (_, arbitraryChanges) => {
    const told = fc.array(arbitraryChanges, { minLength: 2, maxLength: 12 }).chain((changes) => fc.tuple(fc.constant(changes), shuffled(changes)));

    await fc.assert(
      fc.asyncProperty(told, async ([changes, other]) => {
        expect(await factsAfter(other)).toEqual(await factsAfter([changes]));
      }),
      { numRuns: RUNS },
    );
  });

  test('are not changed by what they hold already', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pullRequestChanges, otherChanges), { minLength: 1, maxLength: 8 }), async (changes) => {
        const once = await factsAfter([changes]);

        expect(await factsAfter([changes, changes, ...changes.map((change) => [change])])).toEqual(once);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
