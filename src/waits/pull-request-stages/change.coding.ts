import type { PullRequestStage } from '../stage.ts';

/** From the first line written, as its author dates it, to the opening. */
export default {
  stage: 'change.coding',
  find({ firstAuthoredAt, opened }) {
    if (firstAuthoredAt === null) return [];
    return [{ waitsOn: null, start: { at: firstAuthoredAt, from: 'github' }, answer: { ...opened, outcome: 'opened' } }];
  },
} satisfies PullRequestStage;
