import type { WaitingView, WeekView } from '#src/dashboard/frame-view.ts';
import type { Change, Estimate, Quantile, WaitFigure } from '#src/domain/figure.ts';

import { TWELVE_WEEKS } from './example-frame.ts';

const HOUR = 3_600;
export const DAY = 24 * HOUR;
const WEEK_MS = 7 * DAY * 1000;

export function estimate(value: number, low?: number, high?: number): Estimate {
  return { value, interval: low === undefined || high === undefined ? null : { low, high } };
}

export function age(seconds: number, low?: number, high?: number): Quantile {
  return { kind: 'age', seconds, interval: low === undefined || high === undefined ? null : { low, high } };
}

type Shares = readonly (readonly [value: number, low: number, high: number])[];

function within(shares: Shares): WaitFigure['within'] {
  const ages = [4 * HOUR, DAY, 3 * DAY, 7 * DAY];
  return shares.map(([value, low, high], index) => ({ ageSeconds: ages[index] ?? 0, share: estimate(value / 100, low / 100, high / 100) }));
}

const fewer = (before: number, now: number): Change => ({ kind: 'beyond-noise', before, now, isWorse: true });
const same = (before: number): Change => ({ kind: 'within-noise', before });

/** First response of the team in the pictures. */
export const FIRST_RESPONSE: WaitFigure = {
  stage: 'review.first_response',
  basis: 'estimate',
  n: 548,
  finished: 458,
  stillWaiting: 21,
  oldestSeconds: 31 * DAY,
  within: within([[46, 42, 50], [70, 66, 74], [79, 75, 82], [83, 80, 86]]),
  endWithout: estimate(0.12, 0.1, 0.15),
  p50: age(5.2 * HOUR, 4.5 * HOUR, 6 * HOUR),
  p75: age(2.1 * DAY, 1.6 * DAY, 2.7 * DAY),
  p90: { kind: 'never', endWithout: 0.12 },
  withheld: null,
  change: fewer(0.78, 0.7),
  gaps: [],
};

export const REQUEST_RESPONSE: WaitFigure = {
  ...FIRST_RESPONSE,
  stage: 'review.request_response',
  n: 702,
  stillWaiting: 34,
  within: within([[38, 34, 42], [60, 56, 64], [74, 71, 78], [84, 81, 87]]),
  endWithout: estimate(0.09),
  p50: age(9.4 * HOUR, 7.8 * HOUR, 11 * HOUR),
  change: same(0.61),
};

export const APPROVAL: WaitFigure = {
  ...FIRST_RESPONSE,
  stage: 'review.approval',
  n: 560,
  stillWaiting: 47,
  oldestSeconds: 44 * DAY,
  within: within([[21, 18, 25], [39, 35, 43], [59, 55, 63], [74, 70, 77]]),
  endWithout: estimate(0.17),
  p50: age(1.9 * DAY, 1.6 * DAY, 2.3 * DAY),
  change: same(0.41),
};

export const REWORK: WaitFigure = {
  ...FIRST_RESPONSE,
  stage: 'review.rework',
  n: 334,
  stillWaiting: 19,
  oldestSeconds: 22 * DAY,
  within: within([[27, 22, 32], [58, 53, 63], [79, 74, 83], [89, 85, 92]]),
  endWithout: estimate(0.04),
  p50: age(15 * HOUR, 12 * HOUR, 18 * HOUR),
  p90: { kind: 'not-yet', moreThanSeconds: 45 * DAY },
  change: { kind: 'beyond-noise', before: 0.49, now: 0.58, isWorse: false },
};

/** The same figure as the first version can know it: finished waits alone, no intervals, nothing compared. */
export function finishedOnly(figure: WaitFigure): WaitFigure {
  return {
    ...figure,
    basis: 'finished',
    within: figure.within.map((one) => ({ ...one, share: estimate(one.share.value) })),
    endWithout: null,
    p50: age(5.2 * HOUR),
    p75: age(2.1 * DAY),
    p90: age(6.4 * DAY),
    change: null,
  };
}

/** Weeks begin at midnight in Berlin, so those after the end of summer time begin an hour later. */
function mondayOf(week: number): number {
  return TWELVE_WEEKS.fromAt + week * WEEK_MS + (week >= 8 ? HOUR * 1000 : 0);
}

/** Twelve weeks of shares within a day. */
export function weeksOf(shares: readonly number[], spread: number): readonly WeekView[] {
  return shares.map((share, week) => ({
    fromAt: mondayOf(week),
    toAt: mondayOf(week + 1),
    share,
    interval: { low: Math.max(0, share - spread), high: Math.min(1, share + spread) },
    ended: 30 + ((week * 7) % 12),
    isOver: true,
  }));
}

export const FIRST_RESPONSE_WEEKS = weeksOf([0.79, 0.77, 0.8, 0.76, 0.78, 0.74, 0.75, 0.71, 0.72, 0.67, 0.65, 0.66], 0.13);

export function aWaiting(changes: Partial<WaitingView> = {}): WaitingView {
  return {
    title: 'Rotate payout signing keys',
    href: '/pull-requests/saltmarsh/payments-api/4021',
    repository: 'payments-api',
    number: 4021,
    stage: 'review.first_response',
    round: 1,
    isStandingStill: false,
    waitsOn: ['payments-reviewers'],
    elapsedSeconds: 31 * DAY,
    workingDays: 21,
    ...changes,
  };
}

export const WAITING: readonly WaitingView[] = [
  aWaiting({ isStandingStill: true }),
  aWaiting({ title: 'Ledger: drop legacy currency column', href: '/pull-requests/saltmarsh/ledger/918', repository: 'ledger', number: 918, waitsOn: ['ledger-owners'], elapsedSeconds: 19 * DAY, workingDays: 13 }),
  aWaiting({ title: 'Settlement: split batch by region', href: '/pull-requests/saltmarsh/payments-api/4077', number: 4077, waitsOn: [], elapsedSeconds: 12 * DAY, workingDays: 8 }),
  aWaiting({ title: 'Retry webhooks with jitter', href: '/pull-requests/saltmarsh/payments-api/4102', number: 4102, stage: 'review.request_response', round: 2, elapsedSeconds: 8.2 * DAY, workingDays: 5.9 }),
];
