import type { Instant } from '../life.ts';
import type { Asking, PullRequestStage } from '../stage.ts';

/** Each stay in the merge queue. An entry while it is in the queue starts nothing. */
export default {
  stage: 'change.merge_queue',
  find({ moments }) {
    const stays: Asking[] = [];
    let entry: Instant | null = null;
    for (const moment of moments) {
      if (moment.kind === 'queue_entry') entry ??= moment;
      if (moment.kind !== 'queue_exit' || entry === null) continue;
      const { at, from, reason } = moment;
      stays.push({ waitsOn: null, start: entry, answer: { at, from, outcome: 'removed', reason } });
      entry = null;
    }
    return entry === null ? stays : [...stays, { waitsOn: null, start: entry, answer: null }];
  },
} satisfies PullRequestStage;
