import { aRecording, type Payload } from './github-payloads.ts';
import { READ_AT } from './reading-site.ts';

const HOUR_MS = 3_600_000;

/** An instant so many hours before the pages of tests are read, as GitHub writes it. */
export function hoursAgo(hours: number): string {
  return new Date(READ_AT - hours * HOUR_MS).toISOString();
}

/** A person as GitHub's API gives one. */
export function aPerson(login: string, id: number): Payload {
  return { login, id, type: 'User' };
}

/** What may differ from story to story. */
export interface StoryInShort {
  readonly number?: number;
  readonly title?: string;
  readonly author?: Payload;
  /** Who was asked, answered and approved. */
  readonly reviewer?: Payload;
  /** A team that was asked and has not answered. */
  readonly team?: string;
  readonly label?: string;
  readonly milestone?: string;
  /** Who was asked last and has not answered. */
  readonly asked?: Payload;
  /** Hours before `READ_AT` at which it was opened. */
  readonly openedHoursAgo?: number;
}

/**
 * A pull request that lived through every kind of wait a reader may meet: asked, answered with changes, reworked,
 * approved; labelled and put into a milestone; a team and a second person asked and still waited for.
 */
export function reviewStory(short: StoryInShort = {}): string {
  const { number = 1, title = 'A title', author = aPerson('ada', 11), reviewer = aPerson('grace', 12), asked = aPerson('linus', 13) } = short;
  const { team = 'widget-makers', label = 'a-label', milestone = 'a-milestone', openedHoursAgo: opened = 300 } = short;
  const event = (kind: string, hoursLater: number, more: Payload): Payload => ({ event: kind, created_at: hoursAgo(opened - hoursLater), ...more });
  return JSON.stringify(
    aRecording({
      number,
      id: 500 + number,
      title,
      user: author,
      created_at: hoursAgo(opened),
      updated_at: hoursAgo(opened - 60),
      events: [
        event('review_requested', 1, { actor: author, requested_reviewer: reviewer }),
        event('labeled', 2, { actor: author, label: { name: label } }),
        event('milestoned', 2, { actor: author, milestone: { title: milestone } }),
        { event: 'reviewed', id: number * 100 + 1, user: reviewer, state: 'changes_requested', submitted_at: hoursAgo(opened - 30) },
        event('head_ref_force_pushed', 40, { actor: author }),
        { event: 'reviewed', id: number * 100 + 2, user: reviewer, state: 'approved', submitted_at: hoursAgo(opened - 50) },
        event('review_requested', 55, { actor: author, requested_team: { slug: team } }),
        event('review_requested', 56, { actor: author, requested_reviewer: asked }),
      ],
    }),
  );
}
