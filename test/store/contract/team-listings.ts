import { describe, expect, test } from '@jest/globals';
import type { FactChanges } from '#src/domain/source.ts';
import type { Store } from '#src/domain/store.ts';
import { aFold, aPullRequestChange, aTransition, byId, byName, EVERYONE, NOW, someEvidence } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

/** What the store owes of organisations and teams that were listed whole, on every engine. */
export function teamListingsContract(engine: Engine): void {
  describe(`teams listed whole on ${engine.name}`, () => {
    const stores = useStores(engine);

    async function tell(store: Store, ...told: readonly FactChanges[]): Promise<void> {
      for (const changes of told) await store.writer.fold(aFold(changes));
    }

    const seen = (id: string, seenAt: number, deletedAt: number | null = null): FactChanges => ({ teams: [{ id, organization: 'Acme', slug: `team-${id}`, name: id, parentId: null, seenAt, deletedAt }] });
    const teamsAt = (takenAt: number, teamIds: readonly string[]): FactChanges => ({ teamListings: [{ organization: 'acme', teamIds, takenAt, knownBy: 'l' }] });
    const membersAt = (takenAt: number, members: readonly string[], knownBy = 'l'): FactChanges => ({ memberListings: [{ teamId: '1', members, takenAt, knownBy }] });

    test('keep who was in a team at each instant, and are the same told twice', async () => {
      const store = await stores.open();

      await tell(store, membersAt(NOW + 5, []), membersAt(NOW, ['#2', '#1']), membersAt(NOW, ['#1', '#2'], 'k'));

      const { memberListings } = await store.waitWriter.teamFacts();
      expect(memberListings.map(({ takenAt, members }) => [takenAt, members])).toEqual([[NOW, ['#1', '#2']], [NOW + 5, []]]);
    });

    test('tell that a team which an organisation lacks was deleted by then, unless it was seen later', async () => {
      const store = await stores.open();

      await tell(store, seen('1', NOW), seen('2', NOW), seen('3', NOW, NOW + 1), seen('4', NOW + 20), teamsAt(NOW + 15, []), teamsAt(NOW + 10, []), teamsAt(NOW, ['1', '2']));
      await tell(store, seen('2', NOW + 15), { teamListings: [{ organization: 'initech', teamIds: [], takenAt: NOW + 90, knownBy: 'l' }] });

      const deletions = [['1', NOW + 10], ['2', null], ['3', NOW + 1], ['4', null]];
      expect((await store.reader.teams(EVERYONE)).map(({ id, deletedAt }) => [id, deletedAt])).toEqual(deletions);
      expect((await store.waitWriter.teamFacts()).teams.map(({ id, deletedAt }) => [id, deletedAt])).toEqual(deletions);
    });

    test('tell which team reaches which repository, to those who may see it, whatever it was told under', async () => {
      const store = await stores.open();
      const listing = (teamId: string, ...repositories: readonly (readonly [ReturnType<typeof byId>, string])[]): FactChanges => ({
        teamRepositoryListings: [{ teamId, takenAt: NOW, knownBy: 'l', repositories: repositories.map(([repository, permission]) => ({ repository, permission })) }],
      });

      await tell(store, seen('1', NOW), seen('2', NOW), listing('1', [byId('7', 'acme/widgets'), 'admin'], [byId('8', 'acme/gadgets'), 'pull']), listing('2', [byId('8', 'acme/gadgets'), 'maintain']));
      await tell(store, { teamRepositories: [{ teamId: '1', repository: byName('acme/widgets'), hasAccess: true, permission: 'push', ...aTransition(NOW + 3) }] });
      await tell(store, { repositories: [{ id: '7', fullName: 'acme/widgets', seenAt: NOW, deletedAt: null }] });

      const all = await store.reader.teamRepositories(EVERYONE);
      const own = await store.reader.teamRepositories({ sees: 'repositories', repositoryIds: ['7'] });
      expect(all.changes).toMatchObject([{ teamId: '1', repositoryId: '7', permission: 'push', at: NOW + 3 }]);
      expect(all.listings).toMatchObject([{ teamId: '1', repositories: [{ repositoryId: '7', permission: 'admin' }, { repositoryId: '8', permission: 'pull' }] }, { teamId: '2', repositories: [{ repositoryId: '8', permission: 'maintain' }] }]);
      expect({ teams: own.teams.map(({ id }) => id), listings: own.listings }).toMatchObject({ teams: ['1'], listings: [{ teamId: '1', repositories: [{ repositoryId: '7', permission: 'admin' }] }] });
      expect(own.listings).toHaveLength(1);
    });

    test('have the waits computed again of those pull requests that ask a team, when the members are others', async () => {
      const store = await stores.open();
      const asks = { kind: 'review_requested', id: null, at: NOW, atFrom: 'github', actor: '#1', detail: { target: '%team-1' }, saidAt: NOW, listed: null, knownAt: NOW, knownBy: 'g', givenState: null } as const;
      await tell(store, { pullRequests: [aPullRequestChange(byId('7', 'acme/widgets'), 1, someEvidence({}, [asks])), aPullRequestChange(byId('7', 'acme/widgets'), 2, someEvidence())] });
      const marked = async (): Promise<readonly number[]> => {
        const dirty = await store.waitWriter.dirty(10);
        await store.waitWriter.put(dirty.map(({ subject }) => ({ subject, life: null, waits: [] })), new Map(), 'policy');
        return dirty.map(({ subject }) => subject.number).sort();
      };
      expect(await marked()).toEqual([1, 2]);
      const before = await store.waitWriter.referenceMark();

      await tell(store, membersAt(NOW, ['#1']));
      expect([await marked(), (await store.waitWriter.referenceMark()) > before]).toEqual([[1], true]);
      await tell(store, membersAt(NOW, ['#1']));
      expect(await marked()).toEqual([]);
      await tell(store, { teamRepositoryListings: [{ teamId: '1', takenAt: NOW, knownBy: 'l', repositories: [] }] });
      expect(await marked()).toEqual([]);
    });
  });
}
