import { describe, expect, test } from '@jest/globals';
import { BackfillPace } from '#src/commands/printing/backfill-pace.ts';

const status = { repositories: 4, finished: 1, begun: 4, done: 1_500, total: 20_000, collected: 500 };
const budget = { graphql: { limit: 5_000, remaining: 4_100, resetsAt: 0 }, rest: null };

describe('the pace of a backfill', () => {
  test('says how many of how many, how fast, what is left of the limit and how long it will take', () => {
    const { text, done, total } = new BackfillPace(0).line(status, budget, 60_000);

    expect(text).toBe("1,500 of 20,000 pull requests | 500 a minute | 82 % of the hour's limit left | about 37\u00A0min to go");
    expect([done, total]).toEqual([1_500, 20_000]);
  });

  test('promises nothing where nothing is known', () => {
    const { text } = new BackfillPace(0).line({ ...status, begun: 1, collected: 0 }, { graphql: null, rest: null }, 0);

    expect(text).toBe('1,500 of at least 20,000 pull requests | 0 a minute');
  });
});
