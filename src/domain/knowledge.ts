import type { CountedKind } from './counted-kind.ts';
import type { Stage } from './wait.ts';

/**
 * What a figure rests on, and so what a gap can take away. `listed`: what a listing of the API tells of a pull
 * request, so that a later sweep brings it back. `pushed`: when commits were pushed, which webhooks alone tell.
 * `members`: who came into a team or left it and when, of which a sweep knows only today's state.
 */
export type Knowledge = 'listed' | 'pushed' | 'members';

/** All there is: what the timeline of a pull request, or a flow with its phases, rests on. */
export const ALL_KNOWLEDGE: readonly Knowledge[] = ['listed', 'pushed', 'members'];

const LISTED: readonly Knowledge[] = ['listed'];

/** Webhook events by what they tell; one that is not named here tells nothing that a figure reads. */
const TOLD_BY: ReadonlyMap<string, readonly Knowledge[]> = new Map([
  ['push', ['pushed']],
  ['pull_request.synchronize', ['listed', 'pushed']],
  ['pull_request', LISTED],
  ['pull_request_review', LISTED],
  ['pull_request_review_comment', LISTED],
  ['pull_request_review_thread', LISTED],
  ['issue_comment', LISTED],
  ['member', ['members']],
  ['membership', ['members']],
  ['organization', ['members']],
  ['repository', ['members']],
  ['team', ['members']],
  ['team_add', ['members']],
]);

/** What is lost with a missing thing. `event` is a delivery's event and action, `pull_request.synchronize`; null where it may be any. */
export function lostWith(kind: CountedKind, event: string | null): readonly Knowledge[] {
  if (kind !== 'deliveries') return LISTED;
  if (event === null) return ALL_KNOWLEDGE;
  return TOLD_BY.get(event) ?? TOLD_BY.get(event.split('.')[0] ?? '') ?? [];
}

/** What the waits of a stage rest on (`definitions.md` 2 and 3). */
export function restsOn(stage: Stage): readonly Knowledge[] {
  switch (stage) {
    case 'review.rework':
    case 'pipeline.feedback':
      return ['listed', 'pushed'];
    case 'review.request_response':
      return ['listed', 'members'];
    default:
      return LISTED;
  }
}
