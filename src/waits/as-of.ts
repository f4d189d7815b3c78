import type { PullRequest, TimelineEvent } from '#src/domain/timeline/event.ts';

/**
 * A pull request as it stood at an instant: only what had happened by then, its state and end with it,
 * though everything known today about those events. Null when it was not opened yet. Attributes that no
 * wait reads (title, size) stay today's.
 */
export function asOf(pr: PullRequest, at: number): PullRequest | null {
  if (pr.createdAt > at) return null;
  const events = pr.events.filter((event) => (event.detail.visibleAt ?? event.at) <= at);
  const mergedAt = pr.mergedAt !== null && pr.mergedAt <= at ? pr.mergedAt : null;
  const closedAt = mergedAt ?? closedAsOf(pr, events, at);
  return {
    ...pr,
    state: closedAt === null ? 'open' : 'closed',
    draft: draftAsOf(events) ?? pr.draft,
    closedAt,
    mergedAt,
    updatedAt: Math.min(pr.updatedAt, at),
    events,
    arrivals: pr.arrivals.filter((arrival) => arrival.at <= at),
  };
}

/** When it was closed, if it still was at that instant. */
function closedAsOf(pr: PullRequest, events: readonly TimelineEvent[], at: number): number | null {
  if (pr.mergedAt === null && pr.closedAt !== null && pr.closedAt <= at) return pr.closedAt;
  const last = events.findLast(({ kind, goneAt }) => (kind === 'closed' || kind === 'reopened') && goneAt === null);
  return last?.kind === 'closed' ? last.at : null;
}

function draftAsOf(events: readonly TimelineEvent[]): boolean | null {
  const last = events.findLast(({ kind, goneAt }) => (kind === 'converted_to_draft' || kind === 'ready_for_review') && goneAt === null);
  if (last !== undefined) return last.kind === 'converted_to_draft';
  return events.find(({ kind }) => kind === 'opened')?.detail.draft ?? null;
}
