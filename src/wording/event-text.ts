import type { Stage } from '#src/domain/wait.ts';
import { plainText } from './plain-text.ts';

/** What a line of a timeline says, as values; names are already resolved. */
export interface EventWords {
  /** The words of `definitions.md` 2, else GitHub's. */
  readonly kind: string;
  /** Whether it was opened as a draft; null where the event says nothing of it. */
  readonly draft: boolean | null;
  /** A review's state in GitHub's capitals. */
  readonly state: string | null;
  /** Who was asked, a login or a team. */
  readonly target: string | null;
  readonly reason: string | null;
  readonly label: string | null;
  readonly sha: string | null;
  /** Whether who did it is a bot, whose responses do not count. */
  readonly byBot: boolean;
  /** Stages whose wait this event ended. */
  readonly ends: readonly Stage[];
}

const REVIEWS: Readonly<Record<string, string>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes requested',
  COMMENTED: 'reviewed with comments',
  DISMISSED: 'reviewed, dismissed later',
};

const ENDS: Partial<Readonly<Record<Stage, string>>> = {
  'review.first_response': 'first response',
  'review.approval': 'first approval',
  'review.rework': 'end of rework',
};

/** An event in words: `review requested: payments-reviewers`, `changes requested; first response`. */
export function eventText(event: EventWords): string {
  const notes = event.ends.map((stage) => ENDS[stage]).filter((note) => note !== undefined);
  const note = event.byBot && isResponse(event.kind) ? ' (a bot: does not count as a response)' : '';
  return [`${whatHappened(event)}${note}`, ...notes].join('; ');
}

function isResponse(kind: string): boolean {
  return kind === 'reviewed' || kind === 'commented' || kind === 'review_commented';
}

function whatHappened(event: EventWords): string {
  switch (event.kind) {
    case 'opened':
      return event.draft === true ? 'opened as a draft' : 'opened';
    case 'converted_to_draft':
      return 'converted to a draft';
    case 'review_requested':
      return `review requested${colon(event.target)}`;
    case 'review_request_removed':
      return `review request removed${colon(event.target)}`;
    case 'reviewed':
      return (Object.hasOwn(REVIEWS, event.state ?? '') ? REVIEWS[event.state ?? ''] : undefined) ?? 'reviewed';
    case 'review_commented':
      return 'commented on the code';
    case 'committed':
      return `commit${event.sha === null ? '' : ` ${plainText(event.sha.slice(0, 7))}`}`;
    case 'force_pushed':
      return 'force-pushed';
    case 'added_to_merge_queue':
      return 'added to the merge queue';
    case 'removed_from_merge_queue':
      return `removed from the merge queue${colon(event.reason)}`;
    default:
      return `${plainText(event.kind.replaceAll('_', ' '), 'unknown event')}${colon(event.label ?? event.target)}`;
  }
}

function colon(text: string | null): string {
  return text === null ? '' : `: ${plainText(text, 'not known')}`;
}
