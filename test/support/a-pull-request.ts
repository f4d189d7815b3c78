import { kindRank } from '#src/domain/event-kind.ts';
import { compareEvents, type CommitArrival, type EventDetail, type PullRequest, type TimelineEvent } from '#src/domain/timeline/event.ts';
import type { WaitReference } from '#src/domain/wait.ts';

/** Monday, 6 January 2025, 09:00 UTC: when the pull requests of tests are opened. */
export const OPENED_AT = Date.UTC(2025, 0, 6, 9);

/** The instant so many hours after `OPENED_AT`. */
export function hours(count: number): number {
  return OPENED_AT + count * 3_600_000;
}

/** An event in short: its kind, its instant, and whatever of the rest matters. */
export type EventInShort = readonly [kind: string, at: number, more?: EventDetail & Partial<Pick<TimelineEvent, 'actor' | 'id' | 'atFrom'>>];

/** What a pull request of a test is made of. */
export interface PullRequestInShort {
  /** `#1` unless said otherwise. */
  readonly author?: string;
  readonly number?: number;
  readonly createdAt?: number;
  /** Whether it was opened as a draft. */
  readonly draft?: boolean;
  /** Whatever happened after the opening, in any order. */
  readonly events?: readonly EventInShort[];
  /** Commits by when they arrived; written an hour before that unless said otherwise. */
  readonly commits?: readonly (Partial<CommitArrival> & { readonly at: number })[];
}

/** A pull request as resolving its evidence would give it: its state and its end follow from its events. */
export function aPullRequest(short: PullRequestInShort = {}): PullRequest {
  const { author = '#1', number = 1, createdAt = OPENED_AT, draft = false } = short;
  const opened: EventInShort = ['opened', createdAt, { actor: author, draft }];
  const arrivals = (short.commits ?? []).map(anArrival);
  const commits = arrivals.map((commit): EventInShort => ['committed', commit.at, { id: commit.sha, authorDate: commit.authorDate }]);
  const events = [opened, ...(short.events ?? []), ...commits].map(anEvent).sort(compareEvents);
  const mergedAt = events.find(({ kind }) => kind === 'merged')?.at ?? null;
  const last = events.findLast(({ kind }) => kind === 'closed' || kind === 'reopened');
  const closedAt = last?.kind === 'closed' ? last.at : mergedAt;
  return {
    repositoryId: '1',
    number,
    author,
    title: null,
    state: closedAt === null ? 'open' : 'closed',
    draft: events.findLast(({ kind }) => kindRank(kind) === kindRank('ready_for_review'))?.kind === 'converted_to_draft',
    createdAt,
    closedAt,
    mergedAt,
    updatedAt: events.at(-1)?.at ?? createdAt,
    additions: null,
    deletions: null,
    changedFiles: null,
    commits: arrivals.length,
    baseRef: 'main',
    headRef: null,
    headSha: null,
    events,
    arrivals,
  };
}

function anEvent([kind, at, more = {}]: EventInShort): TimelineEvent {
  const { actor = null, id = null, atFrom = 'github', ...detail } = more;
  return { kind, id, actor, at, atFrom, detail, knownAt: at, knownBy: null, goneAt: null };
}

function anArrival(commit: Partial<CommitArrival> & { readonly at: number }, index: number): CommitArrival {
  return { sha: `c${String(index)}`, authorDate: commit.at - 3_600_000, atFrom: 'bound', actor: null, ...commit };
}

/** Reference facts in short. */
export interface ReferenceInShort {
  /** Machines; every other account is a human. */
  readonly bots?: readonly string[];
  /** Teams whose members are known throughout. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  /** Teams of which only today's members are known. */
  readonly todaysTeams?: Readonly<Record<string, readonly string[]>>;
}

/** Reference facts as a test needs them. */
export function aReference({ bots = ['#9'], teams = {}, todaysTeams = {} }: ReferenceInShort = {}): WaitReference {
  return {
    identity: (ref) => (ref === '#10137' ? 'ghost' : ref),
    isHuman: (account) => !bots.includes(account),
    membership: (team, account) => {
      const members = teams[team];
      if (members !== undefined) return { isMember: members.includes(account), knownFrom: 'history' };
      const today = todaysTeams[team];
      return today === undefined ? null : { isMember: today.includes(account), knownFrom: 'today' };
    },
  };
}
