import { nodeId } from '../node-ids.ts';
import { loginOf, type PlacedEvent } from '../pull-at.ts';
import { restEntity } from '../rest-schemas.ts';
import type { Partly } from '../schema-filling.ts';
import { accountPayload, isoTime, senderPayload } from '../webhooks/entity-payloads.ts';
import { accountNamed, commentPayload, labelName, milestoneTitle, requestedTeam, reviewPayload, type PullInWorld } from '../webhooks/pull-payload.ts';
import { commitParts } from './commit-entity.ts';

/** The descriptions of events that carry more than who did it and when. */
const SHAPES: ReadonlyMap<string, string> = new Map([
  ['labeled', 'labeled-issue-event'],
  ['unlabeled', 'unlabeled-issue-event'],
  ['milestoned', 'milestoned-issue-event'],
  ['demilestoned', 'demilestoned-issue-event'],
  ['renamed', 'renamed-issue-event'],
  ['review_requested', 'review-requested-issue-event'],
  ['review_request_removed', 'review-request-removed-issue-event'],
  ['review_dismissed', 'review-dismissed-issue-event'],
  ['locked', 'locked-issue-event'],
  ['assigned', 'timeline-assigned-issue-event'],
  ['unassigned', 'timeline-unassigned-issue-event'],
]);

/** An item of a timeline as REST writes it: with an id of the database, which GraphQL does not give. */
export function timelineEntity(inWorld: PullInWorld, event: PlacedEvent): Record<string, unknown> {
  const issueUrl = `https://api.github.com/repos/${inWorld.repository.fullName}/issues/${String(inWorld.pull.number)}`;
  switch (event.event) {
    case 'committed':
      return restEntity('timeline-committed-event', { event: 'committed', ...commitParts(inWorld.repository, event), parents: [] });
    case 'commented': {
      const user = senderPayload(event.user ?? event.actor);
      return restEntity('timeline-comment-event', { event: 'commented', ...commentPayload(inWorld, event), user, actor: user, issue_url: issueUrl });
    }
    case 'reviewed':
      return restEntity('timeline-reviewed-event', { event: 'reviewed', ...reviewPayload(inWorld, event, event.state ?? 'commented'), user: senderPayload(event.user ?? event.actor) });
    case 'cross-referenced':
      return restEntity('timeline-cross-referenced-event', { event: 'cross-referenced', actor: senderPayload(event.actor), created_at: isoTime(event.at), updated_at: isoTime(event.at), source: { type: 'issue' } });
    default:
      return restEntity(SHAPES.get(event.event) ?? 'state-change-issue-event', { ...commonParts(inWorld, event), ...ownParts(inWorld, event) });
  }
}

function commonParts({ repository, pull }: PullInWorld, event: PlacedEvent): Partly {
  const id = event.id ?? event.place + 1;
  return {
    id,
    node_id: nodeId('E', repository.id, pull.number, event.place),
    url: `https://api.github.com/repos/${repository.fullName}/issues/events/${String(id)}`,
    event: event.event,
    actor: senderPayload(event.actor),
    created_at: isoTime(event.at),
    commit_id: event.commit_id ?? null,
    commit_url: event.commit_id == null ? null : `https://api.github.com/repos/${repository.fullName}/commits/${event.commit_id}`,
  };
}

function ownParts(inWorld: PullInWorld, event: PlacedEvent): Partly {
  const { world } = inWorld;
  const [reviewer, assignee, label, milestone] = [loginOf(event.requested_reviewer), loginOf(event.assignee), labelName(event), milestoneTitle(event)];
  const team = typeof event.requested_team === 'object' ? event.requested_team.slug : event.requested_team;
  return {
    ...(event.event.startsWith('review_request') ? { review_requester: senderPayload(event.actor) } : {}),
    ...(reviewer === null ? {} : { requested_reviewer: accountPayload(accountNamed(world, reviewer)) }),
    ...(team === undefined ? {} : { requested_team: requestedTeam(inWorld, team) }),
    ...(assignee === null ? {} : { assignee: accountPayload(accountNamed(world, assignee)) }),
    ...(label === null ? {} : { label: { name: label, color: 'ededed' } }),
    ...(milestone === null ? {} : { milestone: { title: milestone } }),
    ...(event.lock_reason === undefined ? {} : { lock_reason: event.lock_reason }),
    ...(event.dismissed_review === undefined ? {} : { dismissed_review: { ...event.dismissed_review, state: event.dismissed_review.state?.toLowerCase(), dismissal_message: null } }),
  };
}
