import type { ExportedEvent, ExportedPullRequest } from './exported-pull-requests.ts';
import { tenth } from './python-numbers.ts';

/** Seconds a day. */
const DAY = 86_400;

/** What dergoegge's page tells of one pull request, by the names of its JSON. */
export interface PullRequestActivity {
  readonly author: string;
  readonly created: string;
  readonly closed: string | null;
  readonly merged: boolean;
  /** How often what happened on each day. */
  readonly activity: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly participants: number;
  readonly first_response_days: number | null;
  readonly comments_received: number;
  readonly author_updates: number;
  readonly longest_gap_days: number;
}

/** Events that it takes for noise. */
const SKIPPED = new Set(['subscribed', 'mentioned', 'referenced', 'cross-referenced', 'locked', 'unlocked']);

/** The exports' additions to what GitHub's timeline holds. */
const NO_TIMELINE_EVENTS = new Set(['opened', 'review_commented']);

const CATEGORIES: Readonly<Record<string, string>> = {
  committed: 'commits',
  commented: 'comments',
  force_pushed: 'pushes',
  merged: 'merged',
  closed: 'closed',
  reopened: 'reopened',
  review_commented: 'review comments',
};

/**
 * Who did it, as that page knows: nobody for commits, whose Git author has no login; and a deleted account is
 * the login `ghost` where GitHub shows a comment on the conversation, but null everywhere else, which to it is nobody.
 */
export function knownActor({ event, actor }: ExportedEvent): string | null {
  if (event === 'committed' || actor === '') return null;
  return actor === 'ghost' && event !== 'commented' ? null : actor;
}

/** The day of an instant in epoch seconds, UTC. */
export function dayOf(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

/**
 * One pull request by dergoegge's formulas. A review has no `created_at` in GitHub's timeline, so that it has no day
 * there and answers nothing, but its author takes part.
 */
export function pullRequestActivity(pull: ExportedPullRequest, ignoredBot: string): PullRequestActivity {
  const { author, createdAt, closedAt, events } = pull;
  const counted = events.filter((event) => event.event !== 'opened' && !SKIPPED.has(event.event) && event.actor !== ignoredBot);
  const activity = activityByDay(counted.filter(({ event }) => event !== 'reviewed'));
  const byOthers = counted.filter((event) => isByOther(event, author));
  const answers = byOthers.filter(({ event }) => event !== 'reviewed' && !NO_TIMELINE_EVENTS.has(event)).map(({ at }) => at);
  const createdDay = dayOf(createdAt);
  return {
    author,
    created: createdDay,
    closed: closedAt === null ? null : dayOf(closedAt),
    merged: isMerged(pull),
    activity,
    participants: new Set(byOthers.map(({ actor }) => actor)).size,
    first_response_days: answers.length === 0 ? null : tenth((Math.min(...answers) - createdAt) / DAY),
    comments_received: byOthers.filter(({ event }) => RECEIVED.has(event)).length,
    author_updates: counted.filter((event) => event.event === 'force_pushed' && knownActor(event) === author && dayOf(event.at) > createdDay).length,
    longest_gap_days: longestGap(Object.keys(activity)),
  };
}

const RECEIVED = new Set(['commented', 'reviewed', 'review_commented']);

/** Whether that page takes a pull request for merged: by the event of its timeline. */
export function isMerged({ events }: ExportedPullRequest): boolean {
  return events.some(({ event }) => event === 'merged');
}

function isByOther(event: ExportedEvent, author: string): boolean {
  const actor = knownActor(event);
  return actor !== null && actor !== author;
}

function activityByDay(events: readonly ExportedEvent[]): Record<string, Record<string, number>> {
  const days: Record<string, Record<string, number>> = {};
  for (const { event, at } of events) {
    const day = (days[dayOf(at)] ??= {});
    const category = CATEGORIES[event] ?? 'other';
    day[category] = (day[category] ?? 0) + 1;
  }
  return days;
}

function longestGap(days: readonly string[]): number {
  const sorted = days.map((day) => Date.parse(day) / 1000 / DAY).sort((a, b) => a - b);
  return sorted.reduce((longest, day, index) => Math.max(longest, day - (sorted[index - 1] ?? day)), 0);
}
