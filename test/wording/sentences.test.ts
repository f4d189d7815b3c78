import { describe, expect, test } from '@jest/globals';

import type { Change, Gap, PhaseFigure, Quantile, WaitFigure } from '#src/domain/figure.ts';
import { sameDurationText, sameShareText, shareChange, shareChangeCell, stockChangeCell } from '#src/wording/change-text.ts';
import { bottleneckLede, bottleneckSentence, nothingOpenSentence } from '#src/wording/flow-sentences.ts';
import { gapLabel, gapSentence } from '#src/wording/gap-text.ts';
import { quantileCell, quantileText } from '#src/wording/quantile-text.ts';
import { sentenceText, type Sentence } from '#src/wording/sentence.ts';
import { phaseTotals, subjectLede } from '#src/wording/subject-sentences.ts';
import { waitHeadline, waitLede } from '#src/wording/wait-sentences.ts';
import { showWaitsText, withheldText } from '#src/wording/withheld-text.ts';

const HOUR = 3_600;
const DAY = 86_400;
const TWELVE = { against: 'before', weeks: 12 } as const;
const READER = { zone: 'Europe/Berlin', nowAt: Date.parse('2025-11-24T07:00:00Z') };

/** No-break spaces as plain ones; that they are there is tested where numbers are. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const read = (sentence: Sentence | null): string | null => (sentence === null ? null : plain(sentenceText(sentence)));
const markedWords = (sentence: Sentence | null): readonly string[] => (sentence ?? []).filter((phrase) => phrase.isMarked).map((phrase) => plain(phrase.text));

const FIRST_RESPONSE: WaitFigure = {
  stage: 'review.first_response',
  basis: 'estimate',
  n: 548,
  finished: 458,
  stillWaiting: 21,
  oldestSeconds: 31 * DAY,
  within: [
    { ageSeconds: 4 * HOUR, share: { value: 0.46, interval: { low: 0.42, high: 0.5 } } },
    { ageSeconds: DAY, share: { value: 0.7, interval: { low: 0.66, high: 0.74 } } },
  ],
  endWithout: { value: 0.12, interval: null },
  p50: { kind: 'age', seconds: 5.2 * HOUR, interval: { low: 4.5 * HOUR, high: 6 * HOUR } },
  p75: null,
  p90: null,
  withheld: null,
  change: { kind: 'beyond-noise', before: 0.78, now: 0.7, isWorse: true },
  gaps: [],
};

function aPhase(phase: PhaseFigure['phase'], value: number, changes: Partial<PhaseFigure> = {}): PhaseFigure {
  return { phase, standing: { value, interval: null }, share: 0.38, arrivalsPerWeek: 1, departuresPerWeek: 1, netArrivals: 0, weekly: [], change: null, ...changes };
}

describe('the headline of a wait', () => {
  test('says the share, its interval and what ends without', () => {
    expect(read(waitHeadline(FIRST_RESPONSE))).toBe('70 % of the pull requests have a first response within a day (66–74 %); 12 % end without one.');
  });

  test('marks the share where it changed for the worse beyond noise, and nowhere else', () => {
    const better: Change = { kind: 'beyond-noise', before: 0.6, now: 0.7, isWorse: false };

    expect(markedWords(waitHeadline(FIRST_RESPONSE))).toEqual(['70 %']);
    expect(markedWords(waitHeadline({ ...FIRST_RESPONSE, change: better }))).toEqual([]);
    expect(markedWords(waitHeadline({ ...FIRST_RESPONSE, change: { kind: 'within-noise', before: 0.78 } }))).toEqual([]);
  });

  test('over finished waits alone does not pretend to speak of all', () => {
    const finished: WaitFigure = { ...FIRST_RESPONSE, basis: 'finished', endWithout: null, change: null, within: FIRST_RESPONSE.within.map((one) => ({ ...one, share: { value: one.share.value, interval: null } })) };

    expect(read(waitHeadline(finished))).toBe('70 % of the first responses come within a day.');
    expect(plain(waitLede(finished, null))).toBe('Half within 5.2 h (4.5–6.0). 21 wait now, the oldest for 31 d. Shares count finished waits alone.');
  });

  test('is withheld with its reason', () => {
    expect(read(waitHeadline({ ...FIRST_RESPONSE, n: 9, withheld: { why: 'few-waits', n: 9, needed: 10 } }))).toBe('First response is withheld: 9 waits, an estimate needs 10.');
  });

  test('does not say a share where no wait is over, and none at all where nothing was waited for', () => {
    expect(read(waitHeadline({ ...FIRST_RESPONSE, within: [] }))).toBe('21 waits for first response, none of them over.');
    expect(read(waitHeadline({ ...FIRST_RESPONSE, n: 0, within: [] }))).toBe('No first response was waited for.');
  });

  test('is followed by the window before, the median and what still waits', () => {
    expect(plain(waitLede(FIRST_RESPONSE, TWELVE))).toBe('In the 12 weeks before it was 78 %; the fall is beyond noise. Half within 5.2 h (4.5–6.0). 21 wait now, the oldest for 31 d.');
  });
});

describe('a quantile', () => {
  const cases: readonly (readonly [Quantile, string, string, string | null])[] = [
    [{ kind: 'age', seconds: 5.2 * HOUR, interval: { low: 4.5 * HOUR, high: 6 * HOUR } }, 'Half within 5.2 h (4.5–6.0)', '5.2 h', '4.5–6.0'],
    [{ kind: 'age', seconds: 11 * DAY, interval: { low: 8.1 * DAY, high: 45 * DAY, openAbove: true } }, 'Half within 11 d (8.1 to more than 45)', '11 d', '8.1 to more than 45'],
    [{ kind: 'not-yet', moreThanSeconds: 45 * DAY }, 'Half: more than 45 d', 'more than 45 d', null],
    [{ kind: 'never', endWithout: 0.12 }, 'Half: not reached, 12 % end without one', 'not reached', '12 % end without'],
    [{ kind: 'thin', fewest: 5 }, 'Half: withheld: fewer than 5 were left at that age', 'withheld', 'fewer than 5 left'],
  ];

  test.each(cases)('of kind %j is never a number it is not', (quantile, sentence, value, under) => {
    const cell = quantileCell(quantile);

    expect(plain(quantileText(50, quantile))).toBe(sentence);
    expect([plain(cell.value), cell.under === null ? null : plain(cell.under)]).toEqual([value, under]);
  });

  test('names its level', () => {
    expect(plain(quantileText(90, { kind: 'never', endWithout: 0.12 }))).toBe('90 %: not reached, 12 % end without one');
  });

  test('that is missing is not known', () => {
    expect(quantileCell(null)).toEqual({ value: 'not known', under: null });
  });
});

describe('the headline of the river', () => {
  const first = aPhase('awaiting_first_response', 17.2, { standing: { value: 17.2, interval: { low: 14.1, high: 20.8 } }, netArrivals: 8.4, change: { kind: 'beyond-noise', before: 12.3, now: 17.2, isWorse: true } });
  const review = aPhase('awaiting_review', 16.9);

  test('names the bottleneck, its stock, interval and share', () => {
    const sentence = bottleneckSentence([first, review], ['awaiting_first_response']);

    expect(read(sentence)).toBe('The bottleneck is Awaiting first response: 17.2 pull requests stand there on average (14.1–20.8), 38 % of all.');
    expect(markedWords(sentence)).toEqual(['Awaiting first response']);
  });

  test('names several that the figures do not tell apart', () => {
    const merge = aPhase('awaiting_merge', 15);

    expect(read(bottleneckSentence([first, review], ['awaiting_first_response', 'awaiting_review']))).toBe('The bottleneck is Awaiting first response or Awaiting review; the figures do not tell them apart.');
    expect(read(bottleneckSentence([first, review, merge], [first.phase, review.phase, merge.phase]))).toBe('The bottleneck is Awaiting first response, Awaiting review or Awaiting merge; the figures do not tell them apart.');
  });

  test('says where most stand where no bottleneck is named', () => {
    const sentence = bottleneckSentence([review, { ...first, standing: { value: 17.2, interval: null } }], []);

    expect(read(sentence)).toBe('Most stand in Awaiting first response: 17.2 pull requests on average, 38 % of all.');
    expect(markedWords(sentence)).toEqual([]);
  });

  test('is silent where nothing stands', () => {
    expect([bottleneckSentence([], []), bottleneckSentence([aPhase('awaiting_review', 0)], [])]).toEqual([null, null]);
    expect([plain(nothingOpenSentence(12)), nothingOpenSentence(1)]).toEqual(['No pull request was open in these 12 weeks.', 'No pull request was open in this week.']);
  });

  test('is followed by the window before, what arrived more than left, and who moves next', () => {
    expect(plain(bottleneckLede([first, review], ['awaiting_first_response'], TWELVE))).toBe('In the 12 weeks before it was 12.3; the rise is beyond noise. 8 more arrived than left. The next move is a reviewer’s.');
    expect(plain(bottleneckLede([{ ...first, netArrivals: -3, change: null }], [], null))).toBe('3 more left than arrived. The next move is a reviewer’s.');
  });
});

describe('a change', () => {
  const fall: Change = { kind: 'beyond-noise', before: 0.78, now: 0.7, isWorse: true };

  test('beyond noise has direction, size and both windows', () => {
    const words = shareChange(fall, TWELVE);

    expect(plain(`${words?.arrow ?? ''} ${words?.size ?? ''}${words?.rest ?? ''}`)).toBe('▼ 8 points fewer than in the 12 weeks before (78 %), beyond noise');
    expect(plain(shareChange({ ...fall, before: 0.6 }, { against: 'year', weeks: 4 })?.rest ?? '')).toBe(' than in the same 4 weeks a year before (60 %), beyond noise');
    expect(plain(shareChangeCell(fall) ?? '')).toBe('8 points');
  });

  test('within noise gets no arrow and no size', () => {
    expect([shareChange({ kind: 'within-noise', before: 0.51 }, TWELVE), shareChangeCell({ kind: 'within-noise', before: 0.51 }), stockChangeCell({ kind: 'within-noise', before: 8 })]).toEqual([null, null, null]);
    expect([sameShareText(0.51), sameDurationText(16 * 60)].map(plain)).toEqual(['No change beyond noise (51 % before)', 'No change beyond noise (16 min before)']);
  });

  test('of a stock is in per cent of what it was, and has none where it was nothing', () => {
    const rise: Change = { kind: 'beyond-noise', before: 12.3, now: 17.2, isWorse: true };

    expect(plain(stockChangeCell(rise) ?? '')).toBe('+40 %');
    expect(plain(stockChangeCell({ ...rise, before: 20, now: 10 }) ?? '')).toBe('−50 %');
    expect(stockChangeCell({ ...rise, before: 0 })).toBeNull();
  });
});

describe('a gap', () => {
  const open: Gap = { repository: 'payments-api', fromAt: Date.parse('2025-11-03T00:00:00+01:00'), toAt: Date.parse('2025-11-06T00:00:00+01:00'), state: 'open', missing: 41, expected: 960 };

  test.each([
    [open, '3 Nov to 5 Nov is incomplete for payments-api: 41 of about 960 deliveries are missing.'],
    [{ ...open, expected: null }, '3 Nov to 5 Nov is incomplete for payments-api: 41 deliveries are missing.'],
    [{ ...open, missing: 1, expected: 12, kind: 'review_comments' }, '3 Nov to 5 Nov is incomplete for payments-api: 1 of about 12 inline comments is missing.'],
    [{ ...open, missing: 1, expected: null, kind: 'pull_requests' }, '3 Nov to 5 Nov is incomplete for payments-api: 1 pull request is missing.'],
    [{ ...open, missing: null, expected: null, repository: null }, '3 Nov to 5 Nov is incomplete.'],
    [{ ...open, toAt: null, missing: null, expected: null }, 'Since 3 Nov the record is incomplete for payments-api.'],
    [{ ...open, state: 'healed' }, '3 Nov to 5 Nov was incomplete for payments-api: healed from the API.'],
    [{ ...open, state: 'before-history', repository: null, toAt: Date.parse('2024-08-12T00:00:00+02:00') }, 'Collected since 12 Aug 2024; nothing is known before.'],
  ] satisfies readonly (readonly [Gap, string])[])('%j has a name and a window', (gap, text) => {
    expect(plain(gapSentence(gap, READER))).toBe(text);
  });

  test('is short in a table', () => {
    expect(plain(gapLabel(open, READER))).toBe('gap 3–5 Nov');
  });
});

test('what is withheld says why, and where to see what it rests on', () => {
  expect([withheldText({ why: 'few-waits', n: 9, needed: 10 }), withheldText({ why: 'few-people', fewest: 3 }), showWaitsText(9)].map(plain)).toEqual(['withheld: 9 waits, an estimate needs 10.', 'withheld: fewer than 3 people', 'Show the 9 waits']);
});

describe('a subject', () => {
  const at = (hours: number): number => hours * HOUR * 1000;

  test('says how long it took and whose move it was for most of it', () => {
    const totals = phaseTotals(
      [
        { phase: 'draft', enteredAt: at(0), leftAt: at(6) },
        { phase: 'awaiting_first_response', enteredAt: at(6), leftAt: at(40) },
        { phase: 'author_rework', enteredAt: at(40), leftAt: at(60) },
        { phase: 'awaiting_review', enteredAt: at(60), leftAt: at(100) },
        { phase: 'ended', enteredAt: at(100), leftAt: null },
      ],
      at(500),
    );

    expect(totals.map((total) => [total.phase, total.seconds, total.share])).toEqual([
      ['awaiting_review', 40 * HOUR, 0.4],
      ['awaiting_first_response', 34 * HOUR, 0.34],
      ['author_rework', 20 * HOUR, 0.2],
      ['draft', 6 * HOUR, 0.06],
    ]);
    expect(plain(subjectLede('merged', 100 * HOUR, totals))).toBe('4 d 4 h 0 min from opening to the merge. Reviewers had the next move for 3 d 2 h 0 min of it (74 %).');
  });

  test('that is open is counted up to now', () => {
    const totals = phaseTotals([{ phase: 'awaiting_review', enteredAt: at(0), leftAt: null }], at(10));

    expect(plain(subjectLede('open', 10 * HOUR, totals))).toBe('Open for 10 h 0 min. Reviewers had the next move for 10 h 0 min of it (100 %).');
  });

  test('without any stay says no one’s move', () => {
    expect(plain(subjectLede('closed', 60, []))).toBe('1 min from opening to closing, unmerged.');
  });
});
