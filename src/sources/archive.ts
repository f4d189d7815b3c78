import { z } from 'zod';
import type { DeliveryEnvelope, Reading, Source } from '#src/domain/source.ts';
import issueComment from './issue-comment.ts';
import member from './member.ts';
import pullRequestReviewComment from './pull-request-review-comment.ts';
import pullRequestReview from './pull-request-review.ts';
import pullRequest from './pull-request.ts';
import push from './push.ts';
import { ignored, readAs } from './reading/reading.ts';
import { account, id, instant, text } from './reading/schemas.ts';

const schema = z.object({
  type: text,
  actor: account,
  repo: z.object({ id, name: text }),
  payload: z.record(z.string(), z.unknown()),
  created_at: instant,
});
type ArchiveEvent = z.infer<typeof schema>;

/** GH Archive's types and the webhook that each repeats. */
const WEBHOOKS: ReadonlyMap<string, readonly [event: string, source: Source]> = new Map([
  ['PullRequestEvent', ['pull_request', pullRequest]],
  ['PullRequestReviewEvent', ['pull_request_review', pullRequestReview]],
  ['PullRequestReviewCommentEvent', ['pull_request_review_comment', pullRequestReviewComment]],
  ['IssueCommentEvent', ['issue_comment', issueComment]],
  ['PushEvent', ['push', push]],
  ['MemberEvent', ['member', member]],
]);

/** Events of GH Archive: what the webhook told, with the repository and the actor beside the payload. */
const source: Source = {
  events: ['archive'],
  read: (payload, envelope) => readAs(schema, payload, (event) => readEvent(event, envelope)),
};

export default source;

function readEvent(event: ArchiveEvent, envelope: DeliveryEnvelope): Reading {
  const webhook = WEBHOOKS.get(event.type);
  if (webhook === undefined) return ignored(`GH Archive's ${event.type} makes no facts`);
  if (isTrimmed(event.payload['pull_request'])) return ignored('GH Archive left out the times of the pull request');
  const [name, source] = webhook;
  const repository = { id: event.repo.id, full_name: event.repo.name, pushed_at: new Date(event.created_at).toISOString() };
  const reading = source.read({ ...event.payload, repository, sender: event.actor }, { ...envelope, event: name });
  return reading.outcome === 'dead' ? { outcome: 'dead', reason: `${event.type}: ${reading.reason}` } : reading;
}

/** Since 2025 the archive carries pull requests as a stub: number and branches, without a single time. */
function isTrimmed(pullRequest: unknown): boolean {
  return typeof pullRequest === 'object' && pullRequest !== null && !('created_at' in pullRequest);
}
