import { createHash } from 'node:crypto';
import type { RecordedAccount, RecordedComment, RecordedEvent, RecordedPull } from '../recorded-pull.ts';
import { diceOf, type Dice } from './dice.ts';
import { BOT, somebody, somebodyElse } from './people.ts';

/** What is settled of a made-up pull request before its story is told. Instants are whole seconds, epoch ms. */
export interface PullOutline {
  readonly seed: number;
  readonly number: number;
  readonly createdAt: number;
  /** When the last thing happens. */
  readonly endAt: number;
  readonly end: 'merged' | 'closed' | 'open';
  /** More than a hundred of everything. */
  readonly isBusy: boolean;
  /** Its own id; those of reviews and comments follow. */
  readonly firstId: number;
}

/** The whole of a pull request: what its outline and its seed make of it, the same every time. */
export function storyOf(outline: PullOutline): RecordedPull {
  const story = new Story(outline);
  story.tell();
  return story.pull();
}

class Story {
  readonly #outline: PullOutline;
  readonly #dice: Dice;
  readonly #author: RecordedAccount | null;
  readonly #events: RecordedEvent[] = [];
  readonly #lineComments: RecordedComment[] = [];
  #nextId: number;
  #commits = 0;

  constructor(outline: PullOutline) {
    this.#outline = outline;
    this.#dice = diceOf(outline.seed, outline.number, 2);
    this.#author = this.#dice.chance(0.1) ? BOT : somebody(this.#dice);
    this.#nextId = outline.firstId + 1;
  }

  tell(): void {
    const { isBusy } = this.#outline;
    for (let index = isBusy ? 130 : 1 + this.#dice.below(4); index > 0; index -= 1) this.#commit(this.#commits === 0 ? 0 : this.#dice.share() * 0.8);
    this.#event('labeled', 0.05, { label: this.#dice.one(['feature', 'fix', 'upkeep']) });
    if (this.#dice.chance(0.3)) this.#comment(0.01, BOT);
    if (this.#dice.chance(0.2)) this.#draft();
    this.#requests();
    for (let index = isBusy ? 110 : this.#dice.below(4); index > 0; index -= 1) this.#comment(0.15 + this.#dice.share() * 0.75, somebody(this.#dice));
    this.#reviews(isBusy ? 115 : this.#dice.below(4));
    this.#ending();
  }

  pull(): RecordedPull {
    const { number, firstId, createdAt, endAt, end } = this.#outline;
    const events = this.#events.toSorted((a, b) => Date.parse(timeOf(a)) - Date.parse(timeOf(b)));
    const ended = end === 'open' ? null : iso(endAt);
    return {
      kind: 'pr',
      number,
      id: firstId,
      title: `Change ${String(number)}`,
      user: this.#author,
      state: end === 'open' ? 'open' : 'closed',
      draft: false,
      created_at: iso(createdAt),
      updated_at: iso(endAt),
      closed_at: ended,
      merged_at: end === 'merged' ? ended : null,
      merge_commit_sha: this.#sha('merge'),
      additions: 1 + this.#dice.below(400),
      deletions: this.#dice.below(200),
      changed_files: 1 + this.#dice.below(12),
      commits: this.#commits,
      comments: events.filter(({ event }) => event === 'commented').length,
      base_ref: 'main',
      head_ref: `change-${String(number)}`,
      head_sha: events.findLast(({ event }) => event === 'committed')?.sha ?? this.#sha('head'),
      events,
      review_comment_list: this.#lineComments.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at)),
    };
  }

  #draft(): void {
    this.#event('convert_to_draft', 0.02);
    this.#event('ready_for_review', 0.1);
  }

  #requests(): void {
    if (this.#dice.chance(0.15)) this.#event('review_requested', 0.12, { requested_team: { slug: 'maintainers', id: 1 } });
    if (!this.#dice.chance(0.7)) return;
    const asked = somebodyElse(this.#dice, this.#author);
    this.#event('review_requested', 0.12, { requested_reviewer: asked });
    if (this.#dice.chance(0.1)) this.#event('review_request_removed', 0.3, { requested_reviewer: asked });
  }

  #reviews(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const isLast = index === count - 1;
      const at = 0.2 + (0.7 * (index + this.#dice.share())) / count;
      const state = isLast && this.#outline.end === 'merged' ? 'approved' : this.#dice.one(['commented', 'changes_requested', 'approved']);
      this.#review(at, state);
      if (state === 'changes_requested' && this.#dice.chance(0.4)) this.#event('head_ref_force_pushed', Math.min(0.92, at + 0.01), { commit_id: this.#sha(`push ${String(index)}`) });
    }
  }

  #review(at: number, state: string): void {
    const user = this.#dice.chance(0.03) ? null : somebodyElse(this.#dice, this.#author);
    const id = this.#id();
    const isDismissed = state === 'approved' && this.#dice.chance(0.05);
    this.#events.push({ event: 'reviewed', id, submitted_at: this.#at(at), state: isDismissed ? 'dismissed' : state, user, commit_id: this.#sha('reviewed') });
    if (isDismissed) this.#event('review_dismissed', Math.min(0.93, at + 0.02), { dismissed_review: { state, review_id: id } });
    if (state === 'approved') return;
    const first = this.#lineComment(at - 0.01, user, id);
    if (this.#dice.chance(0.5)) this.#lineComment(Math.min(0.93, at + 0.02), this.#author, null, first);
  }

  #ending(): void {
    const { end } = this.#outline;
    if (this.#dice.chance(0.04)) {
      this.#event('closed', 0.5);
      this.#event('reopened', 0.55);
    }
    if (end === 'open') {
      this.#comment(1, this.#author);
      return;
    }
    if (end === 'merged' && this.#dice.chance(0.3)) {
      this.#event('added_to_merge_queue', 0.95);
      if (this.#dice.chance(0.2)) {
        this.#event('removed_from_merge_queue', 0.96, { reason: 'failed_checks' });
        this.#event('added_to_merge_queue', 0.97);
      }
    }
    if (end === 'merged') this.#event('merged', 1, { commit_id: this.#sha('merge') });
    this.#event('closed', 1);
  }

  #commit(share: number): void {
    this.#commits += 1;
    const madeAt = share === 0 ? iso(this.#outline.createdAt - 60_000 * (1 + this.#dice.below(3_000))) : this.#at(share);
    this.#events.push({ event: 'committed', sha: this.#sha(`commit ${String(this.#commits)}`), author_date: madeAt, committer_date: madeAt });
  }

  #comment(share: number, user: RecordedAccount | null): void {
    this.#events.push({ event: 'commented', id: this.#id(), created_at: this.#at(share), user });
  }

  #lineComment(share: number, user: RecordedAccount | null, reviewId: number | null, inReplyTo: number | null = null): number {
    const id = this.#id();
    this.#lineComments.push({ id, created_at: this.#at(share), user, pull_request_review_id: reviewId, ...(inReplyTo === null ? {} : { in_reply_to_id: inReplyTo }) });
    return id;
  }

  #event(event: string, share: number, more: Partial<RecordedEvent> = {}): void {
    this.#events.push({ event, id: this.#id(), created_at: this.#at(share), actor: this.#author, ...more });
  }

  #id(): number {
    return this.#nextId++;
  }

  #at(share: number): string {
    const { createdAt, endAt } = this.#outline;
    return iso(createdAt + Math.floor(((endAt - createdAt) * share) / 1000) * 1000);
  }

  #sha(what: string): string {
    return createHash('sha1').update(`${String(this.#outline.firstId)} ${what}`).digest('hex');
  }
}

function timeOf(event: RecordedEvent): string {
  return event.committer_date ?? event.submitted_at ?? event.created_at ?? '';
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
