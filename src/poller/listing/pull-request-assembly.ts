import type { QueryProblem, Variables } from '#src/github/github.ts';
import type { RawConnection } from '#src/github/queries/answer-parts.ts';
import type { ListedPullRequest, PullRequestRemainder } from '#src/github/queries/listed-pull-request.ts';
import { problemAt } from './answer-problems.ts';
import { PagedPart } from './paged-part.ts';

/** The next page of a review thread's comments. */
export interface ThreadPage {
  readonly threadId: string;
  readonly after: string;
}

/** A pull request with everything that belongs to it, or as much as there was to be had. */
export interface AssembledPullRequest {
  /** The id of GraphQL. */
  readonly id: string;
  readonly number: number;
  /** When the page was asked for that showed it first, epoch ms. */
  readonly takenAt: number;
  /** Epoch ms, as its first page says. */
  readonly updatedAt: number;
  /** Why it is no complete listing (`definitions.md` 2); null for a complete one. */
  readonly incompleteFor: string | null;
  /** What its own fields say, as they came. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly commits: readonly unknown[];
  readonly reviews: readonly unknown[];
  readonly comments: readonly unknown[];
  readonly reviewComments: readonly unknown[];
  readonly timelineItems: readonly unknown[];
  /** How many of each GitHub counts; null where it does not say. */
  readonly totals: { readonly commits: number | null; readonly reviews: number | null; readonly comments: number | null; readonly reviewComments: number | null };
}

/**
 * The pages of one pull request as they come in. It says what is still to be asked for, and at the end what they amount
 * to: a complete listing only if every connection was paged to its end, nothing was left out, and the last page says
 * the same `updatedAt` as the first.
 */
export class PullRequestAssembly {
  readonly id: string;
  readonly #node: ListedPullRequest;
  readonly #takenAt: number;
  readonly #commits: PagedPart;
  readonly #reviews: PagedPart;
  readonly #comments: PagedPart;
  readonly #threads: PagedPart;
  readonly #events: PagedPart;
  readonly #threadComments = new Map<string, PagedPart>();
  #incompleteFor: string | null;
  #isGivenUp = false;

  /** `problem`: what the first page says is wrong with it, null when nothing is. */
  constructor(node: ListedPullRequest, takenAt: number, problem: string | null) {
    this.id = node.id;
    this.#node = node;
    this.#takenAt = takenAt;
    this.#incompleteFor = problem;
    this.#commits = new PagedPart('commits', node.commits);
    this.#reviews = new PagedPart('reviews', node.reviews);
    this.#comments = new PagedPart('comments', node.comments);
    this.#threads = new PagedPart('review threads', node.reviewThreads);
    this.#events = new PagedPart('timeline', node.timelineItems);
    this.#openThreads(node.reviewThreads);
  }

  /** Whether it has more review threads than fitted. */
  get hasMoreThreads(): boolean {
    return this.#threads.next !== null;
  }

  /** What to ask `PullRequestRemainder` with; null when no connection of its own has another page, or it was given up. */
  remainder(first: number): Variables | null {
    if (this.#isGivenUp) return null;
    const parts = [this.#commits, this.#reviews, this.#comments, this.#threads, this.#events].map((part) => part.next);
    if (parts.every((next) => next === null)) return null;
    const [commitsAfter = null, reviewsAfter = null, commentsAfter = null, threadsAfter = null, eventsAfter = null] = parts;
    return {
      id: this.id,
      first,
      withCommits: commitsAfter !== null,
      commitsAfter,
      withReviews: reviewsAfter !== null,
      reviewsAfter,
      withComments: commentsAfter !== null,
      commentsAfter,
      withThreads: threadsAfter !== null,
      threadsAfter,
      withEvents: eventsAfter !== null,
      eventsAfter,
    };
  }

  /** The next page of a thread's comments that is to be asked for; null when every thread was read to its end. */
  nextThreadPage(): ThreadPage | null {
    if (this.#isGivenUp) return null;
    for (const [threadId, { next }] of this.#threadComments) if (next !== null) return { threadId, after: next };
    return null;
  }

  /** Takes in the next page of whichever connections had one; null where the pull request is gone by now. */
  add(remainder: PullRequestRemainder | null, problems: readonly QueryProblem[]): void {
    const problem = problemAt(problems, ['node']);
    if (problem !== null) this.#incompleteFor ??= problem;
    if (remainder === null) return this.giveUp('it was gone before it was read to its end');
    this.#compare(remainder.updatedAt);
    if (this.#commits.next !== null) this.#commits.add(remainder.commits ?? null);
    if (this.#reviews.next !== null) this.#reviews.add(remainder.reviews ?? null);
    if (this.#comments.next !== null) this.#comments.add(remainder.comments ?? null);
    if (this.#events.next !== null) this.#events.add(remainder.timelineItems ?? null);
    if (this.#threads.next === null) return;
    this.#threads.add(remainder.reviewThreads ?? null);
    this.#openThreads(remainder.reviewThreads ?? null);
  }

  /** Takes in the next page of a thread's comments, with what the pull request's `updatedAt` was then. */
  addThreadPage(threadId: string, updatedAt: number, comments: RawConnection): void {
    this.#compare(updatedAt);
    this.#threadComments.get(threadId)?.add(comments);
  }

  /** Notes why nothing more is to be had of it. What is there is kept; it is no complete listing. */
  giveUp(reason: string): void {
    this.#isGivenUp = true;
    this.#incompleteFor ??= reason;
  }

  /** What its pages amount to. */
  assembled(): AssembledPullRequest {
    const { commits: _1, reviews: _2, comments: _3, reviewThreads: _4, timelineItems: _5, ...fields } = this.#node;
    const threads = [...this.#threadComments.values()];
    const parts = [this.#commits, this.#reviews, this.#comments, this.#threads, this.#events, ...threads];
    return {
      id: this.id,
      number: this.#node.number,
      takenAt: this.#takenAt,
      updatedAt: this.#node.updatedAt,
      incompleteFor: this.#incompleteFor ?? parts.map((part) => part.incompleteFor).find((reason) => reason !== null) ?? null,
      fields: { ...fields, updatedAt: new Date(this.#node.updatedAt).toISOString() },
      commits: this.#commits.entries,
      reviews: this.#reviews.entries,
      comments: this.#comments.entries,
      reviewComments: threads.flatMap(({ entries }) => entries),
      timelineItems: this.#events.entries,
      totals: { commits: this.#commits.total, reviews: this.#reviews.total, comments: this.#comments.total, reviewComments: this.#threads.next === null ? sumOf(threads) : null },
    };
  }

  #openThreads(page: ListedPullRequest['reviewThreads']): void {
    for (const thread of page?.nodes ?? []) if (thread !== null) this.#threadComments.set(thread.id, new PagedPart('review comments', thread.comments));
  }

  #compare(updatedAt: number): void {
    if (updatedAt !== this.#node.updatedAt) this.giveUp('it was updated while it was read');
  }
}

function sumOf(parts: readonly PagedPart[]): number | null {
  let sum = 0;
  for (const { total } of parts) {
    if (total === null) return null;
    sum += total;
  }
  return sum;
}
