import type { FlowView, PhaseView } from '#src/dashboard/flow-view.ts';
import type { ReviewsView, WaitRowView } from '#src/dashboard/reviews-view.ts';
import type { Change, WaitFigure } from '#src/domain/figure.ts';
import type { Phase } from '#src/domain/wait.ts';
import { stageWords } from '#src/wording/stage-words.ts';

import { aBar, aFrame, OPEN_GAP, TWELVE_WEEKS } from './example-frame.ts';
import { age, APPROVAL, DAY, estimate, finishedOnly, FIRST_RESPONSE, FIRST_RESPONSE_WEEKS, REQUEST_RESPONSE, REWORK, WAITING, weeksOf } from './example-figures.ts';

type PhaseRow = readonly [phase: Phase, value: number, low: number, high: number, share: number, arrive: number, leave: number, before: number];

/** The river of the pictures. */
const RIVER: readonly PhaseRow[] = [
  ['awaiting_first_response', 17.2, 14.1, 20.8, 0.38, 43.6, 42.9, 12.3],
  ['awaiting_review', 8.9, 7.3, 10.8, 0.2, 58.3, 58.1, 8.2],
  ['author_rework', 6.1, 4.7, 7.8, 0.14, 27.5, 27.4, 6.6],
  ['fixing_pipeline', 3.4, 2.6, 4.4, 0.08, 21.2, 21.3, 3],
  ['pipeline_running', 0.4, 0.3, 0.5, 0.01, 31, 31, 0.4],
  ['awaiting_merge', 4.6, 3.6, 5.9, 0.1, 40.8, 40.6, 4.9],
  ['merge_queue', 0.3, 0.2, 0.4, 0.01, 39.4, 39.4, 0.3],
  ['awaiting_deploy_approval', 1.2, 0.8, 1.7, 0.03, 12.1, 12, 1.1],
  ['awaiting_deploy', 2.6, 2.1, 3.2, 0.06, 37.2, 37.1, 2.8],
];

function phaseView([phase, value, low, high, share, arrivalsPerWeek, departuresPerWeek, before]: PhaseRow): PhaseView {
  const isBottleneck = phase === 'awaiting_first_response';
  const change: Change = isBottleneck ? { kind: 'beyond-noise', before, now: value, isWorse: true } : { kind: 'within-noise', before };
  return {
    phase,
    standing: estimate(value, low, high),
    share,
    arrivalsPerWeek,
    departuresPerWeek,
    netArrivals: (arrivalsPerWeek - departuresPerWeek) * 12,
    weekly: Array.from({ length: 12 }, (_, week) => value * (isBottleneck ? 0.72 + week * 0.048 : 1 + 0.08 * Math.sin(week * 1.7))),
    change,
    href: `/phases/${phase}`,
  };
}

/** The page as the pictures show it: intervals, a comparison, an open gap, a bottleneck named alone. */
export function aFlowView(changes: Partial<FlowView> = {}): FlowView {
  return {
    frame: aFrame(),
    window: TWELVE_WEEKS,
    phases: RIVER.map(phaseView),
    bottleneck: ['awaiting_first_response'],
    flow: { entering: 42.8, finished: 39.1, closed: 2.4, standing: 44.7, now: 52 },
    quality: { gaps: [OPEN_GAP], dataQualityHref: '/data-quality' },
    glances: [
      { title: 'First response', figure: { ...FIRST_RESPONSE, gaps: [OPEN_GAP] }, weeks: FIRST_RESPONSE_WEEKS, href: '/waits/review.first_response' },
      { title: 'Approval', figure: APPROVAL, weeks: weeksOf([0.4, 0.42, 0.38, 0.36, 0.41, 0.39, 0.44, 0.37, 0.4, 0.42, 0.36, 0.38], 0.09), href: null },
      { title: 'Rework by the author', figure: REWORK, weeks: weeksOf([0.5, 0.52, 0.55, 0.51, 0.56, 0.57, 0.55, 0.6, 0.58, 0.61, 0.62, 0.6], 0.06), href: null },
    ],
    waiting: WAITING,
    waitingAllHref: '/waiting',
    beside: [
      { what: 'drafts', standing: estimate(9.8, 7.2, 12.9), before: 9.1, now: 9, href: '/drafts' },
      { what: 'bots', standing: estimate(12.4, 11, 14.1), before: 11.8, now: 15, href: null },
      { what: 'standing-still', standing: estimate(7.1, 4.9, 9.8), before: 5.6, now: 9, href: null },
    ],
    staleAfterDays: 30,
    ...changes,
  };
}

const FIRST_VERSION_FRAME = {
  query: '',
  sample: { recordedFrom: 'bitcoin-core/gui', connectHref: null },
  bar: aBar({ comparisons: [], carried: [], permanentHref: null }),
} as const;

/** The page as the first version can know it: phases without pipelines and deployments, no interval, nothing compared. */
export function aFirstFlowView(changes: Partial<FlowView> = {}): FlowView {
  const known: readonly Phase[] = ['awaiting_first_response', 'awaiting_review', 'author_rework', 'awaiting_merge', 'merge_queue'];
  const full = aFlowView();
  return {
    ...full,
    frame: aFrame(FIRST_VERSION_FRAME),
    window: { ...TWELVE_WEEKS, against: null },
    phases: full.phases
      .filter((phase) => known.includes(phase.phase))
      .map((phase) => ({ ...phase, standing: estimate(phase.standing.value), change: null, href: null })),
    bottleneck: [],
    quality: { gaps: [], dataQualityHref: null },
    glances: [FIRST_RESPONSE, APPROVAL, REWORK].map((figure) => ({
      title: stageWords(figure.stage).name,
      figure: finishedOnly(figure),
      weeks: FIRST_RESPONSE_WEEKS.map((week) => ({ ...week, interval: null })),
      href: null,
    })),
    waiting: WAITING.map((row) => ({ ...row, workingDays: null })),
    waitingAllHref: null,
    beside: full.beside.map((row) => ({ ...row, standing: estimate(row.standing.value), before: null, href: null })),
    ...changes,
  };
}

function row(figure: WaitFigure, name: string | null = null): WaitRowView {
  return { key: name ?? figure.stage, name, figure, href: `/waits/${figure.stage}`, waitsHref: '/waits' };
}

type RepositoryRow = readonly [name: string, shares: readonly (readonly [number, number, number])[], without: number, half: readonly [number, number, number], n: number, waiting: number, oldest: number];

const REPOSITORIES: readonly RepositoryRow[] = [
  ['payments-api', [[42, 36, 48], [64, 58, 70], [74, 68, 79], [79, 73, 84]], 14, [6.8, 5.6, 8.3], 241, 13, 31],
  ['ledger', [[44, 35, 53], [67, 58, 75], [78, 70, 84], [84, 76, 89]], 11, [5.9, 4.3, 8.4], 118, 4, 19],
  ['infra-live', [[49, 26, 68], [71, 47, 86], [80, 55, 92], [84, 58, 94]], 10, [4.4, 2, 11], 20, 1, 2.2],
  ['checkout-web', [[54, 46, 61], [79, 72, 85], [87, 81, 91], [90, 84, 94]], 8, [3.1, 2.4, 4], 160, 2, 6.1],
];

function repositoryRow([name, shares, without, half, n, stillWaiting, oldest]: RepositoryRow): WaitRowView {
  const figure: WaitFigure = {
    ...FIRST_RESPONSE,
    n,
    stillWaiting,
    oldestSeconds: oldest * DAY,
    within: FIRST_RESPONSE.within.map((one, index) => {
      const [value = 0, low = 0, high = 0] = shares[index] ?? [];
      return { ...one, share: estimate(value / 100, low / 100, high / 100) };
    }),
    endWithout: estimate(without / 100),
    p50: age(half[0] * 3_600, half[1] * 3_600, half[2] * 3_600),
    change: name === 'payments-api' ? { kind: 'beyond-noise', before: 0.75, now: 0.64, isWorse: true } : { kind: 'within-noise', before: 0.7 },
    gaps: name === 'payments-api' ? [OPEN_GAP] : [],
  };
  return row(figure, name);
}

const PAYOUT_BATCH: WaitFigure = { ...FIRST_RESPONSE, n: 9, within: [], endWithout: null, p50: null, p75: null, p90: null, change: null, withheld: { why: 'few-waits', n: 9, needed: 10 } };

/** What became of the first responses, by age, in steps fine enough to look like the estimate it stands for. */
function curvePoints(): NonNullable<ReviewsView['curve']>['points'] {
  return Array.from({ length: 320 }, (_, index) => {
    const ageSeconds = 300 * 1.03 ** index;
    const asked = 0.88 / (1 + (15_000 / ageSeconds) ** 0.75);
    const closing = Math.max(0, Math.log10(ageSeconds / 20_000)) / 2.2;
    return { ageSeconds, asked, low: asked * 0.93, high: Math.min(1, asked * 1.06 + 0.004), others: [0.07 * Math.min(1, closing), 0.05 * Math.min(1, closing)] };
  });
}

/** The page as the pictures show it. */
export function aReviewsView(changes: Partial<ReviewsView> = {}): ReviewsView {
  return {
    frame: aFrame({ current: 'reviews', bar: aBar({ action: '/reviews' }) }),
    window: TWELVE_WEEKS,
    waits: [row(FIRST_RESPONSE), row(REQUEST_RESPONSE), row(APPROVAL), row(REWORK)],
    quality: { gaps: [{ ...OPEN_GAP, missing: null, expected: null }], dataQualityHref: '/data-quality' },
    curve: {
      stage: 'review.first_response',
      asked: 'responded',
      points: curvePoints(),
      others: ['merged without', 'closed without'],
      atRisk: [
        { ageSeconds: 600, count: 531 },
        { ageSeconds: 3_600, count: 431 },
        { ageSeconds: 14_400, count: 287 },
        { ageSeconds: DAY, count: 158 },
        { ageSeconds: 3 * DAY, count: 96 },
        { ageSeconds: 7 * DAY, count: 58 },
        { ageSeconds: 30 * DAY, count: 6 },
      ],
    },
    weeks: FIRST_RESPONSE_WEEKS,
    repositories: [...REPOSITORIES.map(repositoryRow), row(PAYOUT_BATCH, 'payout-batch')],
    waiting: WAITING.slice(0, 3),
    waitingAllHref: '/waiting?stage=review.first_response',
    ...changes,
  };
}

/** A quiet year in one repository: a week of each has too few waits, dates carry their year. */
export function aQuietReviewsView(): ReviewsView {
  const full = aReviewsView();
  const YEAR = 365 * DAY * 1000;
  const weeks = Array.from({ length: 52 }, (_, week) => ({
    fromAt: TWELVE_WEEKS.fromAt - YEAR + week * 7 * DAY * 1000,
    toAt: TWELVE_WEEKS.fromAt - YEAR + (week + 1) * 7 * DAY * 1000,
    share: week % 9 === 0 ? 0.5 : null,
    interval: null,
    ended: week % 9 === 0 ? 12 : 2,
    isOver: true,
  }));
  return { ...full, weeks, repositories: [] };
}

/** The page as the first version can know it. */
export function aFirstReviewsView(changes: Partial<ReviewsView> = {}): ReviewsView {
  const full = aReviewsView();
  const plain = (one: WaitRowView): WaitRowView => ({ ...one, href: null, waitsHref: null, figure: one.figure.withheld === null ? finishedOnly(one.figure) : one.figure });
  return {
    ...full,
    frame: aFrame({ ...FIRST_VERSION_FRAME, current: 'reviews' }),
    window: { ...TWELVE_WEEKS, against: null },
    waits: full.waits.map(plain),
    quality: { gaps: [], dataQualityHref: null },
    curve: null,
    weeks: [],
    repositories: full.repositories.map(plain),
    waitingAllHref: null,
    ...changes,
  };
}
