import type { FactChanges, PullRequestChange } from '#src/domain/source.ts';
import type { FoldBatch } from '#src/domain/store.ts';
import {
  joinEvidence,
  NO_EVIDENCE,
  sightingKey,
  type AttributeName,
  type PullRequestEvidence,
  type Register,
  type Sighting,
  type SightingDetail,
} from '#src/domain/timeline/evidence.ts';

const BASE = Date.UTC(2025, 0, 6, 9);

/** Deliveries about one pull request, and pull requests that are told of by turns. */
const DELIVERIES_EACH = 8;
const AT_ONCE = 200;

const REPOSITORIES = 50;
const PEOPLE = 500;

/** What a fold of `count` deliveries brings, from the `first` on: each tells of one pull request, its repository and three accounts. */
export function foldBatch(first: number, count: number): FoldBatch {
  const told = Array.from({ length: count }, (_, index) => delivery(first + index));
  const changes: Required<FactChanges> = {
    accounts: told.flatMap(({ accounts }) => accounts ?? []),
    repositories: told.flatMap(({ repositories }) => repositories ?? []),
    pullRequests: joined(told.flatMap(({ pullRequests }) => pullRequests ?? [])),
    pushes: [],
    teams: [],
    memberships: [],
    teamRepositories: [],
    collaborators: [],
    memberListings: [],
    teamRepositoryListings: [],
    teamListings: [],
  };
  const outcomes = told.map((_, index) => ({ deliveryId: first + index + 1, event: 'pull_request', outcome: 'facts' as const, reason: null }));
  return { changes, outcomes };
}

/** What is told of one pull request in one batch is joined before it is folded. */
function joined(changes: readonly PullRequestChange[]): PullRequestChange[] {
  const byKey = new Map<string, PullRequestChange>();
  for (const change of changes) {
    const key = `${change.repository.id ?? ''}#${change.number}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? change : { ...known, evidence: joinEvidence(known.evidence, change.evidence) });
  }
  return [...byKey.values()];
}

function delivery(index: number): FactChanges {
  const turn = Math.floor(index / (AT_ONCE * DELIVERIES_EACH));
  const place = turn * AT_ONCE + (index % AT_ONCE);
  const at = BASE + index * 20_000;
  const id = String(1_000_000 + (place % REPOSITORIES));
  const fullName = `acme/service-${place % REPOSITORIES}`;
  const repository = { id, fullName };
  const people = [place, index, index * 7].map((person) => person % PEOPLE);
  return {
    accounts: people.map((person) => ({ id: String(person), login: `person-${person}`, type: 'User' as const, seenAt: at })),
    repositories: [{ ...repository, seenAt: at, deletedAt: null }],
    pullRequests: [{ repository, number: 1 + Math.floor(place / REPOSITORIES), evidence: evidenceOf([sighting(index, at)], place, at) }],
  };
}

/** A pull request with so many events, every third of them observed by a webhook, the rest from a listing. */
export function aTimeline(seed: number, events: number): PullRequestEvidence {
  const listed = { takenAt: BASE + 9e8, digest: 'a1b2c3d4e5f6', covers: 'everything' as const };
  const sightings = Array.from({ length: events }, (_, index) => {
    const seen = sighting(seed * events + index, BASE + index * 3_600_000 + seed);
    return index % 3 === 0 ? seen : { ...seen, listed, saidAt: listed.takenAt, knownAt: listed.takenAt, knownBy: null };
  });
  return { ...evidenceOf(sightings, seed, BASE + 9e8), listings: [listed] };
}

function evidenceOf(sightings: readonly Sighting[], place: number, at: number): PullRequestEvidence {
  const values: Record<AttributeName, Register['value']> = {
    id: String(2_000_000 + place),
    author: `#${place % PEOPLE}`,
    title: `Change number ${place} of what the service does when it is asked`,
    state: 'open',
    draft: false,
    opened_draft: false,
    created_at: BASE + place,
    closed_at: null,
    merged_at: null,
    merged_by: null,
    updated_at: at,
    merge_commit_sha: null,
    additions: place % 400,
    deletions: place % 90,
    changed_files: place % 20,
    commits: 3,
    base_ref: 'main',
    head_ref: `topic-${place}`,
    head_sha: sha(place),
    head_repository_id: String(1_000_000 + (place % REPOSITORIES)),
  };
  const attributes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, updatedAt: at, knownAt: at }]));
  return { ...NO_EVIDENCE, attributes, sightings: Object.fromEntries(sightings.map((seen) => [sightingKey(seen), seen])) };
}

const KINDS: readonly (readonly [kind: string, hasId: boolean, detail: (index: number) => SightingDetail])[] = [
  ['commented', true, () => ({})],
  ['reviewed', true, () => ({ state: 'APPROVED' })],
  ['review_requested', false, (index) => ({ target: `#${index % PEOPLE}` })],
  ['labeled', false, (index) => ({ label: `area-${index % 9}` })],
  ['review_commented', true, (index) => ({ reviewId: String(3_000_000_000 + index) })],
  ['pushed', false, (index) => ({ before: sha(index), after: sha(index + 1) })],
  ['committed', true, (index) => ({ authorDate: BASE + index, committerDate: BASE + index })],
];

function sighting(index: number, at: number): Sighting {
  const [kind, hasId, detail] = KINDS[index % KINDS.length] ?? ['commented', true, () => ({})];
  const id = kind === 'committed' ? sha(index) : String(2_000_000_000 + index);
  return {
    kind,
    id: hasId ? id : null,
    at,
    atFrom: 'github',
    actor: kind === 'committed' ? null : `#${index % PEOPLE}`,
    detail: detail(index),
    saidAt: at + 2000,
    listed: null,
    knownAt: at + 2000,
    knownBy: `8e2d0000-aaaa-bbbb-cccc-${String(index).padStart(12, '0')}`,
    givenState: null,
  };
}

function sha(index: number): string {
  return index.toString(16).padStart(40, '0');
}
