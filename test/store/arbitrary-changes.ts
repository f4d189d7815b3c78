import fc from 'fast-check';
import type { RepositoryRef } from '#src/domain/repository.ts';
import type { FactChanges } from '#src/domain/source.ts';
import { sightingKey, type AttributeName, type ListingMark, type PullRequestEvidence, type Sighting } from '#src/domain/timeline/evidence.ts';

/*
 * Changes that meet each other: few repositories, names, accounts, numbers and times, so that names change
 * their owner, accounts their login, one thing is told twice and differently, and much falls on one second.
 */

const BASE = 1_700_000_000_000;
const instant = fc.constantFrom(0, 1, 500, 1000, 1999, 60_000, 61_000, 3_600_000).map((offset) => BASE + offset);
const guid = fc.constantFrom('g1', 'g2', 'g3');

const name = fc.constantFrom('acme/widgets', 'acme/gadgets', 'Acme/Widgets');
const repository: fc.Arbitrary<RepositoryRef> = fc.record({ id: fc.constantFrom(null, '7', '8', '9007199254740993'), fullName: name });

/** One of two repositories: what happens there meets. */
const near: fc.Arbitrary<RepositoryRef> = fc.constantFrom({ id: '7', fullName: 'acme/widgets' }, { id: null, fullName: 'acme/widgets' });

const accountRef = fc.constantFrom('#1', '#2', '@ada', '@grace', '@nobody', 'ghost');

const mark: fc.Arbitrary<ListingMark> = fc.record({ takenAt: instant, digest: fc.constantFrom('d1', 'd2'), covers: fc.constantFrom('shared', 'everything') });

const known = fc.record({ saidAt: instant, knownAt: instant, knownBy: fc.option(guid), listed: fc.option(mark), at: instant, atFrom: fc.constantFrom('github', 'near') });

const sighting: fc.Arbitrary<Sighting> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('commented', 'reviewed'), id: fc.constantFrom('11', '12'), detail: fc.constantFrom({}, { state: 'APPROVED' }, { state: 'DISMISSED' }), givenState: fc.constantFrom(null, 'APPROVED') }),
      fc.record({ kind: fc.constantFrom('review_requested', 'review_request_removed'), id: fc.constant(null), detail: fc.record({ target: accountRef }), givenState: fc.constant(null) }),
      fc.record({ kind: fc.constantFrom('closed', 'reopened', 'ready_for_review'), id: fc.constant(null), detail: fc.constant({}), givenState: fc.constant(null) }),
    ),
    known,
    fc.option(accountRef),
  )
  .map(([what, when, actor]) => ({ ...what, ...when, actor }));

const register = <T extends string | number | boolean | null>(value: fc.Arbitrary<T>) => fc.record({ value, updatedAt: instant, knownAt: instant });

const attributes = fc.record(
  {
    created_at: register(fc.constant(BASE)),
    author: register(accountRef),
    title: register(fc.constantFrom('One', 'Two', null)),
    state: register(fc.constantFrom('open', 'closed')),
    draft: register(fc.boolean()),
    merged_at: register(fc.option(instant)),
    closed_at: register(fc.option(instant)),
    additions: register(fc.constantFrom(0, 5)),
    head_ref: register(fc.constantFrom('topic', 'main')),
    head_repository_id: register(fc.constantFrom('7', '8', null)),
  } satisfies Partial<Record<AttributeName, unknown>>,
  { requiredKeys: ['created_at', 'head_ref', 'head_repository_id'] },
);

const evidence: fc.Arbitrary<PullRequestEvidence> = fc
  .record({ attributes, listings: fc.array(mark, { maxLength: 2 }), seen: fc.array(sighting, { maxLength: 3 }), gone: fc.option(fc.tuple(fc.constantFrom('commented:11', 'reviewed:12'), instant), { freq: 4 }) })
  .map(({ attributes: registers, listings, seen, gone }) => ({
    attributes: registers,
    listings: [...new Map(listings.map((listing) => [JSON.stringify(listing), listing])).values()].sort((a, b) => b.takenAt - a.takenAt || (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1)),
    sightings: Object.fromEntries(seen.map((one) => [sightingKey(one), one])),
    deletions: gone === null ? {} : Object.fromEntries([gone]),
  }));

const transition = fc.record({ at: fc.constantFrom(BASE, BASE + 1000), atFrom: fc.constantFrom('github', 'delivered'), knownAt: instant, knownBy: guid });
const member = fc.constantFrom('#1', '@ada');
const teamId = fc.constantFrom('1', '2');

const listed = { takenAt: instant, knownBy: guid };

/** What a delivery about pull requests and repositories may bring. */
export const pullRequestChanges: fc.Arbitrary<FactChanges> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ pullRequests: fc.array(fc.record({ repository, number: fc.constantFrom(1, 2), evidence }), { minLength: 1, maxLength: 2 }), repositories: fc.array(fc.record({ id: fc.constantFrom(null, '7', '8'), fullName: name, seenAt: instant, deletedAt: fc.constant(null) }), { maxLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ repositories: fc.array(fc.record({ id: fc.constantFrom(null, '7', '8', '9007199254740993'), fullName: name, seenAt: instant, deletedAt: fc.option(instant, { freq: 2 }) }), { minLength: 1, maxLength: 2 }) }) },
);

/** What a delivery about accounts, pushes and teams may bring. */
export const otherChanges: fc.Arbitrary<FactChanges> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ accounts: fc.array(fc.record({ id: fc.constantFrom('1', '2'), login: fc.constantFrom('ada', 'Ada', 'grace'), type: fc.constantFrom('User', 'Bot', null), seenAt: instant }), { minLength: 1, maxLength: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      pushes: fc.array(
        fc.record({ repository: near, branch: fc.constant('topic'), before: fc.constant('a'), after: fc.constantFrom('b', 'c'), forced: fc.boolean(), actor: fc.option(accountRef), at: fc.constantFrom(BASE, BASE + 500, BASE + 60_000), atFrom: fc.constantFrom('github', 'delivered'), commits: fc.constantFrom([], ['c'], ['b', 'c']), knownAt: instant, knownBy: guid }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      teams: fc.array(fc.record({ id: teamId, organization: fc.constant('acme'), slug: fc.constantFrom('owners', 'keepers'), name: fc.constantFrom('Owners', 'Keepers'), parentId: fc.option(teamId), seenAt: instant, deletedAt: fc.option(instant) }), { maxLength: 2 }),
      memberships: fc.array(fc.tuple(transition, teamId, member, fc.boolean()).map(([time, id, account, isMember]) => ({ ...time, teamId: id, account, isMember })), { maxLength: 1 }),
      teamRepositories: fc.array(fc.tuple(transition, teamId, near, fc.boolean(), fc.constantFrom(null, 'push', 'admin')).map(([time, id, where, hasAccess, permission]) => ({ ...time, teamId: id, repository: where, hasAccess, permission })), { maxLength: 1 }),
      collaborators: fc.array(fc.tuple(transition, near, member, fc.boolean(), fc.constantFrom(null, 'push')).map(([time, where, account, isCollaborator, permission]) => ({ ...time, repository: where, account, isCollaborator, permission })), { maxLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      memberListings: fc.array(fc.record({ ...listed, teamId, members: fc.subarray(['#1', '@ada', '#2']) }), { maxLength: 1 }),
      teamRepositoryListings: fc.array(fc.record({ ...listed, teamId, repositories: fc.array(fc.record({ repository: near, permission: fc.constantFrom('push', 'admin') }), { maxLength: 1 }) }), { maxLength: 1 }),
      teamListings: fc.array(fc.record({ ...listed, organization: fc.constantFrom('acme', 'Acme'), teamIds: fc.subarray(['1', '2']) }), { maxLength: 1 }),
    }),
  },
);
