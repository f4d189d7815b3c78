import { z } from 'zod';
import type { DeliveryEnvelope, Reading, Source } from '#src/domain/source.ts';
import { NO_EVIDENCE, type ListingMark } from '#src/domain/timeline/evidence.ts';
import { accountRef, accountSightings } from './reading/accounts.ts';
import { registers } from './reading/attributes.ts';
import { list, listItem } from './reading/listing.ts';
import { keyed } from './reading/observe.ts';
import { ignored, readAs } from './reading/reading.ts';
import { recording, type Recording } from './reading/recording.ts';
import { text } from './reading/schemas.ts';

/** GitHub lists at most this many commits of a pull request. */
const LISTED_COMMITS = 250;

const schema = z.object({ repository: text, recording });

/** A pull request with its whole timeline, as recorded from the API: a listing taken at one instant. */
const source: Source = {
  events: ['recording'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      if (value.recording.kind === 'issue') return ignored('an issue, not a pull request');
      const missing = cutOff(value.recording);
      return missing === null ? readListing(value.repository, value.recording, envelope) : ignored(`an incomplete listing: ${missing}`);
    }),
};

export default source;

/** What shows that a listing was cut off in the middle; null for a complete one. */
function cutOff(value: Recording): string | null {
  if (value.complete === false) return 'it says so itself';
  const count = (event: string): number => value.events.filter((item) => item.event === event).length;
  const commits = Math.min(value.commits ?? 0, LISTED_COMMITS);
  if (count('committed') < commits) return `${String(count('committed'))} of ${String(commits)} commits`;
  if (count('commented') < (value.comments ?? 0)) return `${String(count('commented'))} of ${String(value.comments)} comments`;
  return null;
}

function readListing(fullName: string, value: Recording, envelope: DeliveryEnvelope): Reading {
  const takenAt = envelope.takenAt ?? envelope.deliveredAt;
  const mark: ListingMark = { takenAt, digest: envelope.guid.replace('sha256:', '').slice(0, 12), covers: 'everything' };
  const items = value.events.map((item) => listItem(item, mark));
  const unread = items.find((item) => typeof item === 'string');
  if (typeof unread === 'string') return { outcome: 'dead', reason: unread };
  const comments = value.review_comment_list.map((comment) =>
    list(
      {
        kind: 'review_commented',
        id: comment.id,
        at: comment.created_at,
        actor: accountRef(comment.user),
        detail: comment.pull_request_review_id == null ? {} : { reviewId: comment.pull_request_review_id },
      },
      mark,
    ),
  );
  const sightings = keyed([...items.filter((item) => item !== null && typeof item === 'object'), ...comments]);
  const people = [value.user, ...value.events.flatMap(peopleOf), ...value.review_comment_list.map((comment) => comment.user)];
  const repository = { id: null, fullName };
  const evidence = { ...NO_EVIDENCE, attributes: attributesOf(value, envelope), listings: [mark], sightings };
  return {
    outcome: 'facts',
    changes: {
      accounts: accountSightings(people, loginsSeenAt(value, takenAt)),
      repositories: [{ ...repository, seenAt: takenAt, deletedAt: null }],
      pullRequests: [{ repository, number: value.number, evidence }],
    },
  };
}

/**
 * When the logins of a recording count as seen. All recordings of a file are taken at one instant, but a
 * backup reads a pull request again only when it was updated, so that one file can hold two logins of one
 * account: then the pull request updated later shows the newer one. So they count in that order, all
 * within the last second before the instant; 50 a power of e leaves room for twenty years.
 */
function loginsSeenAt(value: Recording, takenAt: number): number {
  const staleSeconds = Math.max(0, takenAt - (value.updated_at ?? takenAt)) / 1000;
  return takenAt - Math.min(999, Math.round(Math.log1p(staleSeconds) * 50));
}

function peopleOf(item: Recording['events'][number]): (Recording['user'] | undefined)[] {
  return [item.actor, item.user, item.requested_reviewer, item.assignee];
}

function attributesOf(value: Recording, envelope: DeliveryEnvelope): ReturnType<typeof registers> {
  const mergedAt = value.merged_at ?? undefined;
  return registers(
    {
      id: value.id,
      author: value.user === undefined ? undefined : accountRef(value.user),
      title: value.title,
      state: value.state,
      draft: value.draft,
      created_at: value.created_at,
      closed_at: value.closed_at ?? null,
      merged_at: mergedAt,
      updated_at: value.updated_at,
      merge_commit_sha: mergedAt === undefined ? undefined : (value.merge_commit_sha ?? undefined),
      additions: value.additions,
      deletions: value.deletions,
      changed_files: value.changed_files,
      commits: value.commits,
      base_ref: value.base_ref,
      head_ref: value.head_ref,
      head_sha: value.head_sha,
    },
    value.updated_at,
    envelope,
  );
}
