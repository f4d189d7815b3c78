import type { DeliveryEnvelope, Reading, Source } from '#src/domain/source.ts';
import { NO_EVIDENCE, type ListingMark, type PullRequestEvidence, type Sighting } from '#src/domain/timeline/evidence.ts';
import { accountRef, accountSightings } from './reading/accounts.ts';
import { registers } from './reading/attributes.ts';
import { peopleOf, timelineItems } from './reading/graphql-timeline.ts';
import { list, listItem } from './reading/listing.ts';
import { keyed } from './reading/observe.ts';
import { pullRequestListing, type ListedPullRequest } from './reading/pull-request-listing.ts';
import { readAs } from './reading/reading.ts';
import type { TimelineItem } from './reading/recording.ts';

/**
 * A pull request as the collector listed it from the API, with everything that belongs to it. A complete listing says
 * what there is and, by leaving out, what is gone; an incomplete one adds what it holds and supersedes nothing.
 */
const source: Source = {
  events: ['pull_request_listing'],
  read: (payload, envelope) => readAs(pullRequestListing, payload, ({ isComplete, pullRequest }) => readListing(pullRequest, isComplete, envelope)),
};

export default source;

function readListing(value: ListedPullRequest, isComplete: boolean, envelope: DeliveryEnvelope): Reading {
  const takenAt = envelope.takenAt ?? envelope.deliveredAt;
  const mark: ListingMark = { takenAt, digest: envelope.guid.replace('sha256:', '').slice(0, 12), covers: 'shared' };
  const items = timelineItems(value).filter((item) => isComplete || !mayBeWithheld(item));
  const read = items.map((item) => listItem(item, mark));
  const unread = read.find((item) => typeof item === 'string');
  if (typeof unread === 'string') return { outcome: 'dead', reason: unread };
  const events = read.filter((item) => item !== null && typeof item === 'object');
  const repository = { id: value.repository.databaseId, fullName: value.repository.nameWithOwner };
  const evidence: PullRequestEvidence = {
    ...NO_EVIDENCE,
    attributes: attributesOf(value, envelope),
    listings: isComplete ? [mark] : [],
    sightings: keyed([...events, ...lineComments(value, mark)]),
  };
  return {
    outcome: 'facts',
    changes: {
      accounts: accountSightings(peopleOf(value), takenAt),
      repositories: [{ ...repository, seenAt: takenAt, deletedAt: null }],
      pullRequests: [{ repository, number: value.number, evidence }],
    },
  };
}

/** A request of nobody: in a whole answer a deleted account, in one that GitHub gave in part perhaps one that may not be seen. */
function mayBeWithheld(item: TimelineItem): boolean {
  return item.event.startsWith('review_request') && item.requested_team === undefined && item.requested_reviewer == null;
}

function lineComments(value: ListedPullRequest, mark: ListingMark): Sighting[] {
  return value.reviewComments.map(({ fullDatabaseId, createdAt, author, pullRequestReview }) => {
    const detail = pullRequestReview === null ? {} : { reviewId: pullRequestReview.fullDatabaseId };
    return list({ kind: 'review_commented', id: fullDatabaseId, at: createdAt, actor: accountRef(author), detail }, mark);
  });
}

function attributesOf(value: ListedPullRequest, envelope: DeliveryEnvelope): ReturnType<typeof registers> {
  const mergedAt = value.mergedAt ?? undefined;
  return registers(
    {
      id: value.fullDatabaseId,
      author: accountRef(value.author),
      title: value.title,
      state: value.state === 'OPEN' ? 'open' : 'closed',
      draft: value.isDraft,
      created_at: value.createdAt,
      closed_at: value.closedAt,
      merged_at: mergedAt,
      merged_by: mergedAt === undefined || value.mergedBy === null ? undefined : accountRef(value.mergedBy),
      updated_at: value.updatedAt,
      merge_commit_sha: mergedAt === undefined ? undefined : value.mergeCommit?.oid,
      additions: value.additions,
      deletions: value.deletions,
      changed_files: value.changedFiles,
      commits: value.commitCount ?? undefined,
      base_ref: value.baseRefName,
      head_ref: value.headRefName,
      head_sha: value.headRefOid,
      head_repository_id: value.headRepository?.databaseId,
    },
    value.updatedAt,
    envelope,
  );
}
