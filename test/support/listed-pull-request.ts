import type { Delivery } from '#src/domain/delivery.ts';
import { listingDelivery } from '#src/poller/listing/listing-delivery.ts';
import { at, type Payload } from './github-payloads.ts';

/** An account as GraphQL writes it. */
export function anActor(login: string, databaseId: number | string, type: 'User' | 'Bot' | 'Organization' | 'Mannequin' = 'User'): Payload {
  return { __typename: type, login, databaseId };
}

/** The actors of tests as GraphQL writes them: bots without their suffix. */
export const ADA_ACTOR = anActor('ada', 1);
export const GRACE_ACTOR = anActor('grace', 2);
export const ROBOT_ACTOR = anActor('robot', 4, 'Bot');

/** `acme/widgets#1` by ada, opened at noon, as a listing holds it. */
export function aListedPullRequest(more: Payload = {}): Payload {
  return {
    id: 'PR_1',
    fullDatabaseId: '501',
    number: 1,
    repository: { databaseId: 100, nameWithOwner: 'acme/widgets' },
    title: 'A title',
    state: 'OPEN',
    isDraft: false,
    createdAt: at('12:00:00'),
    updatedAt: at('12:00:00'),
    closedAt: null,
    mergedAt: null,
    additions: 3,
    deletions: 2,
    changedFiles: 1,
    baseRefName: 'main',
    headRefName: 'topic',
    headRefOid: 'a'.repeat(40),
    headRepository: { databaseId: 100 },
    author: ADA_ACTOR,
    mergedBy: null,
    mergeCommit: null,
    commitCount: 1,
    commits: [],
    reviews: [],
    comments: [],
    reviewComments: [],
    timelineItems: [],
    ...more,
  };
}

/** The listing of it, taken at an instant (epoch ms), as it is delivered. */
export function aPullRequestListing(pullRequest: Payload, takenAt: number, incompleteFor: string | null = null): Delivery {
  const content = { isComplete: incompleteFor === null, incompleteFor, pullRequest: aListedPullRequest(pullRequest) };
  return listingDelivery({ event: 'pull_request_listing', about: 'PR_1', takenAt, content });
}
