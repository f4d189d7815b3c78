import type { PlacedComment, PlacedEvent } from './pull-at.ts';
import type { RepositoryState } from './world.ts';

/** What happened in the world at one instant, and what a webhook would tell. */
export type Happening = { readonly at: number; readonly repository: RepositoryState } & (
  | { readonly kind: 'opened'; readonly number: number }
  /** An item of the timeline that has a time of its own: everything but commits. */
  | { readonly kind: 'timeline'; readonly number: number; readonly event: PlacedEvent }
  | { readonly kind: 'line_comment'; readonly number: number; readonly comment: PlacedComment }
  | { readonly kind: 'comment_deleted'; readonly number: number; readonly commentId: number; readonly isOnLine: boolean }
  | { readonly kind: 'renamed' | 'transferred'; readonly from: string }
  | { readonly kind: 'archived' | 'unarchived' }
  | { readonly kind: 'removed_from_installation' | 'added_to_installation'; readonly installationId: string }
);
