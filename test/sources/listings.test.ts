import { beforeAll, describe, expect, test } from '@jest/globals';
import { readDelivery, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { listingDelivery } from '#src/poller/listing/listing-delivery.ts';
import { ADA, anAccount, GRACE, ms } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { readWebhook } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const TAKEN = ms('18:00:00');

describe('organization_listing', () => {
  const TEAM = { id: '7', slug: 'owners', name: 'Owners', parentId: null, members: [{ id: '1', login: 'ada' }], repositories: [{ id: '100', fullName: 'acme/widgets', permission: 'admin' }] };
  const aDelivery = (more: object = {}) =>
    listingDelivery({ event: 'organization_listing', about: '5', takenAt: TAKEN, content: { organization: { id: '5', login: 'acme' }, areTeamsComplete: true, teams: [TEAM], members: [{ id: '1', login: 'ada' }, { id: '2', login: 'grace' }], ...more } });

  test('tells who is in which team, which repositories it reaches, and which teams there are', () => {
    const delivery = aDelivery();
    const listed = { takenAt: TAKEN, knownBy: delivery.guid };

    expect(readDelivery(delivery, sources)).toEqual({
      outcome: 'facts',
      changes: {
        accounts: [
          { id: '5', login: 'acme', type: 'Organization', seenAt: TAKEN },
          { id: '1', login: 'ada', type: 'User', seenAt: TAKEN },
          { id: '2', login: 'grace', type: 'User', seenAt: TAKEN },
        ],
        repositories: [{ id: '100', fullName: 'acme/widgets', seenAt: TAKEN, deletedAt: null }],
        teams: [{ id: '7', organization: 'acme', slug: 'owners', name: 'Owners', parentId: null, seenAt: TAKEN, deletedAt: null }],
        memberListings: [{ ...listed, teamId: '7', members: ['#1'] }],
        teamRepositoryListings: [{ ...listed, teamId: '7', repositories: [{ repository: { id: '100', fullName: 'acme/widgets' }, permission: 'admin' }] }],
        teamListings: [{ ...listed, organization: 'acme', teamIds: ['7'] }],
      },
    });
  });

  test('says nothing of lists that could not be had whole', () => {
    const reading = readDelivery(aDelivery({ areTeamsComplete: false, teams: [{ ...TEAM, members: null, repositories: null }], members: null }), sources);

    expect(reading).toMatchObject({ outcome: 'facts', changes: { teams: [{ id: '7' }], memberListings: [], teamRepositoryListings: [], teamListings: [] } });
  });
});

describe('repository_listing', () => {
  test('shows repositories under their ids with the names of that moment', () => {
    const delivery = listingDelivery({ event: 'repository_listing', about: 'installation:1', takenAt: TAKEN, content: { repositories: [{ id: '9007199254740993', nodeId: 'R_1', fullName: 'acme/widgets', isArchived: false, isDisabled: false }] } });

    expect(readDelivery(delivery, sources)).toEqual({ outcome: 'facts', changes: { repositories: [{ id: '9007199254740993', fullName: 'acme/widgets', seenAt: TAKEN, deletedAt: null }] } });
  });
});

describe('a delivery of a listing', () => {
  const LISTING = { event: 'repository_listing', about: 'installation:1', takenAt: TAKEN, content: { b: [1, { d: 1, c: 2 }], a: null } };

  test('is the same whatever the order of keys in the answer, and another for other content, another instant and another subject', () => {
    const { guid, body } = listingDelivery(LISTING);

    expect(listingDelivery({ ...LISTING, content: { a: null, b: [1, { c: 2, d: 1 }] } })).toEqual(listingDelivery(LISTING));
    expect(new TextDecoder().decode(body)).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
    for (const other of [{ content: { a: 1 } }, { takenAt: TAKEN + 1 }, { about: 'installation:2' }, { event: 'organization_listing' }]) expect(listingDelivery({ ...LISTING, ...other }).guid).not.toBe(guid);
  });
});

describe('installation and installation_repositories', () => {
  const DELIVERED = { guid: 'guid-1', deliveredAt: ms('13:00:00') };
  const seen = (id: string, fullName: string): object => ({ id, fullName, seenAt: ms('13:00:00'), deletedAt: null });

  test.each([
    ['installation', { action: 'created', repositories: [{ id: 100, full_name: 'acme/widgets' }] }, [seen('100', 'acme/widgets')]],
    ['installation', { action: 'suspend' }, []],
    ['installation_repositories', { action: 'added', repositories_added: [{ id: 101, full_name: 'acme/gadgets' }], repositories_removed: [] }, [seen('101', 'acme/gadgets')]],
    ['installation_repositories', { action: 'removed', repositories_added: [], repositories_removed: [{ id: 101, full_name: 'acme/gadgets' }] }, [seen('101', 'acme/gadgets')]],
  ])('%s shows the repositories it names and who is behind it', (event, payload, repositories) => {
    const reading = readWebhook(sources, event, { installation: { id: 12, account: anAccount('acme', 5, 'Organization') }, sender: ADA, requester: GRACE, ...payload }, DELIVERED);

    expect(reading).toMatchObject({ outcome: 'facts', changes: { repositories, accounts: [{ id: '5', login: 'acme' }, { id: '1', login: 'ada' }] } });
  });
});
