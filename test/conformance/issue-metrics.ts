import type { ExportedEvent, ExportedPullRequest } from './exported-pull-requests.ts';

/** What github/issue-metrics says of one pull request, in seconds; null where it says nothing. */
export interface IssueMetrics {
  readonly firstResponse: number | null;
  readonly firstResponseIgnoringBot: number | null;
  readonly timeToClose: number | null;
  readonly timeToMerge: number | null;
  /** Epoch seconds. */
  readonly readyForReviewAt: number | null;
  readonly timeInDraft: number | null;
}

/** It asks GitHub for so many and looks at no more. */
const COMMENTS_SEEN = 20;
const REVIEWS_SEEN = 50;
const ISSUE_EVENTS_SEEN = 50;

/** What GitHub lists elsewhere than among the events of an issue. */
const NO_ISSUE_EVENTS = new Set(['opened', 'committed', 'commented', 'reviewed', 'review_commented']);

/** The values of github/issue-metrics, by its formulas, from exported facts. */
export function issueMetrics(pull: ExportedPullRequest, ignoredBot: string): IssueMetrics {
  const readyForReviewAt = readyAt(pull);
  const start = readyForReviewAt ?? pull.createdAt;
  return {
    firstResponse: sinceOrNull(firstResponseAt(pull, readyForReviewAt, null), start),
    firstResponseIgnoringBot: sinceOrNull(firstResponseAt(pull, readyForReviewAt, ignoredBot), start),
    timeToClose: sinceOrNull(pull.closedAt, pull.createdAt),
    timeToMerge: sinceOrNull(pull.mergedAt, start),
    readyForReviewAt,
    timeInDraft: timeInDraft(pull),
  };
}

function sinceOrNull(end: number | null, start: number): number | null {
  return end === null ? null : end - start;
}

/** The first time it was made ready, if that is among the events seen; none while it is a draft now. */
function readyAt({ draft, events }: ExportedPullRequest): number | null {
  if (draft) return null;
  const seen = events.filter(({ event }) => !NO_ISSUE_EVENTS.has(event)).slice(0, ISSUE_EVENTS_SEEN);
  return seen.find(({ event }) => event === 'ready_for_review')?.at ?? null;
}

/** The earlier of the first acceptable comment and the first acceptable review; inline comments are none. */
function firstResponseAt({ author, events }: ExportedPullRequest, readyForReviewAt: number | null, ignored: string | null): number | null {
  const isAccepted = ({ actor, actorType, at }: ExportedEvent): boolean =>
    actor !== author && actor !== ignored && actorType !== 'Bot' && (readyForReviewAt === null || at >= readyForReviewAt);
  const first = (kind: string, limit: number): number =>
    events.filter(({ event }) => event === kind).slice(0, limit).find(isAccepted)?.at ?? Infinity;
  const at = Math.min(first('commented', COMMENTS_SEEN), first('reviewed', REVIEWS_SEEN));
  return at === Infinity ? null : at;
}

/** From the opening to the first ready where nothing made it a draft before, and from each conversion to the next ready. */
function timeInDraft({ createdAt, events }: ExportedPullRequest): number | null {
  const firstReady = events.find(({ event }) => event === 'ready_for_review');
  const wasConverted = events.some(({ event, at }) => event === 'converted_to_draft' && firstReady !== undefined && at < firstReady.at);
  let total = firstReady === undefined || wasConverted ? 0 : firstReady.at - createdAt;
  let since: number | null = null;
  for (const { event, at } of events) {
    if (event === 'converted_to_draft') since = at;
    if (event !== 'ready_for_review' || since === null) continue;
    total += at - since;
    since = null;
  }
  return total > 0 ? total : null;
}
