/** What is counted: `deliveries` of webhooks, `pull_requests`, and the parts of their listings. */
export type CountedKind = 'deliveries' | 'pull_requests' | PartKind;

/** The parts of a pull request's listing, each of which GitHub counts. */
export type PartKind = (typeof PART_KINDS)[number];

/** The parts in the order in which they are shown. */
export const PART_KINDS = ['reviews', 'comments', 'review_comments', 'commits', 'timeline_events'] as const;

/** All that is counted, in the order in which it is shown. */
export const COUNTED_KINDS = ['deliveries', 'pull_requests', ...PART_KINDS] as const satisfies readonly CountedKind[];

/** The kind that events of a timeline are counted under; everything without a kind of its own is a timeline event. */
export function partOf(eventKind: string): PartKind {
  switch (eventKind) {
    case 'reviewed':
      return 'reviews';
    case 'commented':
      return 'comments';
    case 'review_commented':
      return 'review_comments';
    case 'committed':
      return 'commits';
    default:
      return 'timeline_events';
  }
}
