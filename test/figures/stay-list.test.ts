import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StayItem, Stock } from '#src/domain/figures.ts';
import type { PullRequestLife } from '#src/domain/subject.ts';
import type { PhaseStay } from '#src/domain/wait.ts';
import { readFlow } from '#src/figures/flow-figure.ts';
import { keyedPage } from '#src/figures/keyed-page.ts';
import { pageOfStays } from '#src/figures/stay-list.ts';
import { isStock, STOCKS } from '#src/figures/stocks.ts';

const HOUR = 3_600_000;
const REPOSITORY = { id: '1', fullName: 'acme/widgets', deletedAt: null };

/** A life of stays one after the other, from hour 0 on; the last has no end where `isOpen`. */
function aLife(short: { number?: number; phases: readonly (readonly [PhaseStay['phase'], number])[]; isOpen?: boolean; isByHuman?: boolean; moving?: PullRequestLife['moving']; startHour?: number }): PullRequestLife {
  const { number = 1, phases, isOpen = false, isByHuman = true, startHour = 0 } = short;
  let at = startHour * HOUR;
  const stays = phases.map(([phase, hours], index): PhaseStay => {
    const enteredAt = at;
    at += hours * HOUR;
    return { phase, enteredAt, leftAt: isOpen && index === phases.length - 1 ? null : at };
  });
  return {
    repositoryId: '1',
    number,
    title: `Pull request ${String(number)}`,
    author: '#1',
    isByHuman,
    ignoredFor: null,
    openedAt: startHour * HOUR,
    endedAt: isOpen ? null : at,
    endedBy: isOpen ? null : 'merged',
    stays,
    moving: short.moving ?? [{ fromAt: 0, toAt: 10_000 * HOUR }],
  };
}

function listed(lives: readonly PullRequestLife[], stock: Stock | null, fromHour: number, toHour: number): unknown[] {
  const { items } = pageOfStays(lives, [REPOSITORY], { stock, window: { fromAt: fromHour * HOUR, toAt: toHour * HOUR }, cursor: null, limit: 1000 });
  return items.map(({ number, phase, countedSeconds }: StayItem) => [number, phase, countedSeconds / 3600]);
}

describe('the stays behind a stock', () => {
  test('count for the part inside the window alone', () => {
    const life = aLife({ phases: [['awaiting_first_response', 10], ['awaiting_review', 10], ['awaiting_merge', 10]] });

    expect(listed([life], 'awaiting_review', 12, 15)).toEqual([[1, 'awaiting_review', 3]]);
    expect(listed([life], 'awaiting_first_response', 4, 40)).toEqual([[1, 'awaiting_first_response', 6]]);
    expect(listed([life], 'awaiting_merge', 0, 20)).toEqual([]);
  });

  test('count in the river while the pull request moved, and standing still while it did not', () => {
    const life = aLife({ phases: [['awaiting_review', 100]], moving: [{ fromAt: 0, toAt: 30 * HOUR }, { fromAt: 80 * HOUR, toAt: 90 * HOUR }] });

    expect(listed([life], 'awaiting_review', 0, 100)).toEqual([[1, 'awaiting_review', 40]]);
    expect(listed([life], 'standing-still', 0, 100)).toEqual([[1, 'awaiting_review', 60]]);
    expect(listed([life], 'awaiting_review', 40, 80)).toEqual([]);
  });

  test('that last count up to the end of the window', () => {
    const life = aLife({ phases: [['awaiting_review', 1]], isOpen: true });

    expect(listed([life], 'awaiting_review', 0, 50)).toEqual([[1, 'awaiting_review', 50]]);
  });

  test('keep drafts and bots beside the river', () => {
    const draft = aLife({ number: 1, phases: [['draft', 5], ['awaiting_review', 5]] });
    const bot = aLife({ number: 2, phases: [['draft', 2], ['awaiting_review', 4], ['ended', 9]], isByHuman: false });

    expect(listed([draft, bot], 'drafts', 0, 100)).toEqual([[1, 'draft', 5]]);
    expect(listed([draft, bot], 'bots', 0, 100)).toEqual([[2, 'draft', 2], [2, 'awaiting_review', 4]]);
    expect(listed([draft, bot], 'awaiting_review', 0, 100)).toEqual([[1, 'awaiting_review', 5]]);
  });

  test('are every stay where no stock is asked for, whoever opened it and whether it moved', () => {
    const still = aLife({ number: 1, phases: [['awaiting_review', 5], ['ended', 1]], moving: [] });
    const bot = aLife({ number: 2, phases: [['awaiting_merge', 4]], isByHuman: false });

    expect(listed([still, bot], null, 0, 100)).toEqual([[1, 'awaiting_review', 5], [2, 'awaiting_merge', 4], [1, 'ended', 1]]);
  });

  test("are not those of repositories outside the scope", () => {
    expect(pageOfStays([aLife({ phases: [['draft', 1]] })], [], { stock: null, window: { fromAt: 0, toAt: HOUR }, cursor: null, limit: 1 }).items).toEqual([]);
  });

  test("add up to the stock's L times the window's length, whatever happened", () => {
    const phase = fc.constantFrom<PhaseStay['phase']>('awaiting_first_response', 'awaiting_review', 'author_rework', 'awaiting_merge', 'merge_queue', 'draft', 'ended');
    const life = fc
      .record({
        phases: fc.array(fc.tuple(phase, fc.integer({ min: 1, max: 80 })), { minLength: 1, maxLength: 6 }),
        isOpen: fc.boolean(),
        isByHuman: fc.boolean(),
        startHour: fc.integer({ min: 0, max: 60 }),
        moving: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }).map((lengths) => stretches(lengths)),
      })
      .map(aLife);

    fc.assert(
      fc.property(fc.array(life, { maxLength: 6 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 200 }), (lives, fromHour, hours) => {
        const numbered = lives.map((one, index) => ({ ...one, number: index + 1 }));
        const window = { fromAt: fromHour * HOUR, toAt: (fromHour + hours) * HOUR };

        const flow = readFlow(numbered, window, []);

        for (const stock of STOCKS) {
          const standing = flow.phases.find((one) => one.phase === stock)?.standing ?? flow.beside.find(({ what }) => what === stock)!.standing;
          const { items } = pageOfStays(numbered, [REPOSITORY], { stock, window, cursor: null, limit: 1000 });
          expect(items.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0) / (hours * 3600)).toBeCloseTo(standing.value, 9);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Stretches from lengths: one moving, one still, in turn. */
function stretches(lengths: readonly number[]): PullRequestLife['moving'] {
  let at = 0;
  const all = lengths.map((length) => {
    const fromAt = at;
    at += length * HOUR;
    return { fromAt, toAt: at };
  });
  return all.filter((_, index) => index % 2 === 0);
}

describe('a stock', () => {
  test('is a phase that can be known or stands beside the river; no other word is one', () => {
    expect(STOCKS.every(isStock)).toBe(true);
    expect(['ended', 'draft', 'awaiting_deploy', 'toString', ''].some(isStock)).toBe(false);
  });
});

describe('keyedPage', () => {
  test('shows everything once and in order, in pages of any size', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 })), fc.integer({ min: 1, max: 7 }), (items, limit) => {
        const shown: string[] = [];
        let cursor: string | null = null;
        do {
          const page: { items: readonly string[]; next: string | null } = keyedPage(items, (item) => item, cursor, limit);
          shown.push(...page.items);
          cursor = page.next;
        } while (cursor !== null);

        expect(shown).toEqual(items.toSorted((a, b) => (a < b ? -1 : 1)));
      }),
    );
  });

  test('neither skips nor repeats what stays, while others come and go', () => {
    const first = keyedPage(['a', 'c', 'e', 'g'], (item) => item, null, 2);

    const second = keyedPage(['0', 'a', 'b', 'd', 'e', 'g'], (item) => item, first.next, 2);

    expect([first.items, second.items]).toEqual([['a', 'c'], ['d', 'e']]);
  });

  test('has no next page where it ends with the last item', () => {
    expect(keyedPage(['a', 'b'], (item) => item, null, 2).next).toBeNull();
    expect(keyedPage([], (item: string) => item, null, 2)).toEqual({ items: [], next: null });
  });
});
