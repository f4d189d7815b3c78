import { uniform, xoshiro128, type Random } from '#src/core/statistics/random.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';
import type { AccountSighting } from '#src/domain/account.ts';
import type { FactChanges, PullRequestChange } from '#src/domain/source.ts';
import type { FoldBatch } from '#src/domain/store.ts';
import { NO_EVIDENCE, sightingKey, type AttributeName, type Register, type Sighting } from '#src/domain/timeline/evidence.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The organisation's history, its repositories, teams and people. */
export const DAYS = 730;
export const REPOSITORIES = 200;
export const TEAMS = 30;
const PEOPLE = 600;
const BOTS = 12;

/** The organisation's policy file: every repository belongs to one team, by its name. */
export function policyText(): string {
  const teams = Array.from({ length: TEAMS }, (_, team) => `  ${teamSlug(team)}:\n    name: ${teamSlug(team)}\n    repositories: ["acme/${teamSlug(team)}-*"]`);
  return `teams:\n${teams.join('\n')}\n`;
}

/** A team's slug, counted from 0. */
export function teamSlug(team: number): string {
  return `team-${String(team).padStart(2, '0')}`;
}

/**
 * Pull requests of an organisation in the order of their opening, spread evenly over two years that end at `endAt`, as
 * batches to be folded: six events each, most of them answered within a day, approved and merged; some never answered,
 * some by machines, one in eight a draft at first, one in sixteen asked for changes. The same seed gives the same ones.
 */
export function* pullRequests(count: number, endAt: number, batch: number, seed = 1): Generator<FoldBatch> {
  const random = xoshiro128(seed);
  let deliveryId = 0;
  for (let start = 0; start < count; start += batch) {
    const told = Array.from({ length: Math.min(batch, count - start) }, (_, offset) => pullRequest(start + offset, count, endAt, random));
    const changes: Required<FactChanges> = {
      accounts: start === 0 ? accounts(endAt) : [],
      repositories: start === 0 ? repositories(endAt) : [],
      pullRequests: told,
      pushes: [],
      teams: [],
      memberships: [],
      teamRepositories: [],
      collaborators: [],
      memberListings: [],
      teamListings: [],
      teamRepositoryListings: [],
    };
    yield { changes, outcomes: [{ deliveryId: (deliveryId += 1), event: 'recording', outcome: 'facts', reason: null }] };
  }
}

function accounts(endAt: number): AccountSighting[] {
  const seenAt = endAt - DAYS * DAY_MS;
  return Array.from({ length: PEOPLE + BOTS }, (_, person) =>
    person < PEOPLE
      ? { id: String(person), login: `person-${String(person)}`, type: 'User' as const, seenAt }
      : { id: String(person), login: `machine-${String(person)}[bot]`, type: 'Bot' as const, seenAt },
  );
}

function repositories(endAt: number): Required<FactChanges>['repositories'] {
  return Array.from({ length: REPOSITORIES }, (_, place) => ({ ...repository(place), seenAt: endAt - DAYS * DAY_MS, deletedAt: null }));
}

function repository(place: number): { readonly id: string; readonly fullName: string } {
  return { id: String(1_000_000 + place), fullName: `acme/${teamSlug(place % TEAMS)}-service-${String(place)}` };
}

function pullRequest(index: number, count: number, endAt: number, random: Random): PullRequestChange {
  const place = index % REPOSITORIES;
  const createdAt = Math.floor(endAt - DAYS * DAY_MS * (1 - index / count));
  const isByBot = uniform(random) < 0.08;
  const author = isByBot ? PEOPLE + Math.floor(uniform(random) * BOTS) : Math.floor(uniform(random) * PEOPLE);
  const reviewer = (author + 1 + Math.floor(uniform(random) * (PEOPLE - 1))) % PEOPLE;
  const told = events(createdAt, author, reviewer, index, random);
  const known = told.sightings.filter(({ at }) => at < endAt);
  const isOver = told.endedAt !== null && told.endedAt < endAt;
  const updatedAt = Math.max(createdAt, ...known.map(({ at }) => at), (isOver ? told.endedAt : null) ?? 0);
  const values: Partial<Record<AttributeName, Register['value']>> = {
    id: String(2_000_000 + index),
    author: `#${String(author)}`,
    title: `Change ${String(index)} of what the service answers when it is asked`,
    state: isOver ? 'closed' : 'open',
    draft: told.readyAt !== null && told.readyAt >= endAt,
    opened_draft: told.readyAt !== null,
    created_at: createdAt,
    closed_at: isOver ? told.endedAt : null,
    merged_at: isOver && told.isMerged ? told.endedAt : null,
    updated_at: updatedAt,
    base_ref: 'main',
    head_ref: `topic-${String(index)}`,
    head_sha: sha(index),
    head_repository_id: repository(place).id,
  };
  const attributes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, updatedAt, knownAt: updatedAt }]));
  return {
    repository: repository(place),
    number: 1 + Math.floor(index / REPOSITORIES),
    evidence: { ...NO_EVIDENCE, attributes, sightings: Object.fromEntries(known.map((seen) => [sightingKey(seen), seen])) },
  };
}

interface Told {
  readonly sightings: readonly Sighting[];
  readonly readyAt: number | null;
  readonly endedAt: number | null;
  readonly isMerged: boolean;
}

/** What happens to a pull request, whenever. */
function events(createdAt: number, author: number, reviewer: number, index: number, random: Random): Told {
  const after = (at: number, medianHours: number): number => at + Math.ceil(medianHours * HOUR_MS * Math.exp(1.5 * standardNormal(random)));
  const readyAt = uniform(random) < 0.125 ? after(createdAt, 20) : null;
  const askedAt = (readyAt ?? createdAt) + 60_000;
  const answeredAt = after(askedAt, 5);
  const hasChanges = uniform(random) < 0.0625;
  const approvedAt = after(answeredAt, 8);
  const endedAt = after(approvedAt, 3);
  const fate = uniform(random);
  const seen = (kind: string, at: number, actor: number, detail: Sighting['detail'], id: number | null): Sighting => ({
    kind,
    id: id === null ? null : String(2_000_000_000 + index * 4 + id),
    at,
    atFrom: 'github',
    actor: `#${String(actor)}`,
    detail,
    saidAt: at + 2_000,
    listed: null,
    knownAt: at + 2_000,
    knownBy: `8e2d0000-aaaa-bbbb-cccc-${String(index).padStart(12, '0')}`,
    givenState: null,
  });
  const beginning = [
    ...(readyAt === null ? [] : [seen('ready_for_review', readyAt, author, {}, null)]),
    seen('review_requested', askedAt, author, { target: `#${String(reviewer)}` }, null),
  ];
  const closing = { readyAt, endedAt: after(askedAt, 200) };
  if (fate < 0.02) return { sightings: beginning, readyAt, endedAt: null, isMerged: false };
  if (fate < 0.07) return { ...closing, sightings: [...beginning, seen('closed', closing.endedAt, author, {}, null)], isMerged: false };
  const sightings = [
    ...beginning,
    hasChanges ? seen('reviewed', answeredAt, reviewer, { state: 'CHANGES_REQUESTED' }, 0) : seen('commented', answeredAt, reviewer, {}, 0),
    seen('reviewed', approvedAt, reviewer, { state: 'APPROVED' }, 1),
    ...(readyAt === null ? [seen('commented', approvedAt + 60_000, author, {}, 2)] : []),
    seen('merged', endedAt, reviewer, { sha: sha(index) }, null),
  ];
  return { sightings, readyAt, endedAt, isMerged: true };
}

function sha(index: number): string {
  return index.toString(16).padStart(40, '0');
}
