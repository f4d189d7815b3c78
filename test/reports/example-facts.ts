import { isoWeekOf } from '#src/core/iso-week.ts';
import type { PhaseFigure, WaitFigure } from '#src/domain/figure.ts';
import type { FlowFigure, MetricFigure, WaitingItem } from '#src/domain/figures.ts';
import type { Phase } from '#src/domain/wait.ts';
import type { ReportFacts } from '#reports/report-facts.ts';
import { reportLinks } from '#reports/report-links.ts';
import { APPROVAL, FIRST_RESPONSE, FIRST_RESPONSE_WEEKS } from '#test/dashboard/example-figures.ts';
import { TWELVE_WEEKS, ZONE } from '#test/dashboard/example-frame.ts';

/** The hour at which the examples are sent. */
export const SENT_AT = Date.parse('2025-11-24T08:00:00+01:00');

const SCOPE = { kind: 'team', slug: 'payments' } as const;
const GAP = { repository: 'saltmarsh/payments-api', fromAt: Date.parse('2025-11-03T00:00:00+01:00'), toAt: Date.parse('2025-11-06T00:00:00+01:00'), state: 'open', missing: 41, expected: 960 } as const;

function stand(phase: Phase, value: number, low: number, high: number): PhaseFigure {
  return { phase, standing: { value, interval: { low, high } }, share: value / 44.7, arrivalsPerWeek: 10, departuresPerWeek: 10, netArrivals: 0, weekly: [], change: null };
}

/** The river of the pictures. */
export const FLOW: FlowFigure = {
  scope: SCOPE,
  window: TWELVE_WEEKS,
  phases: [
    { ...stand('awaiting_first_response', 17.2, 14.1, 20.8), share: 0.38, netArrivals: 8, change: { kind: 'beyond-noise', before: 12.3, now: 17.2, isWorse: true } },
    stand('awaiting_review', 8.9, 7.1, 11),
    stand('author_rework', 6.1, 4.9, 7.5),
    stand('fixing_pipeline', 3.4, 2.6, 4.4),
    stand('pipeline_running', 0.4, 0.3, 0.5),
    stand('awaiting_merge', 4.6, 3.5, 5.9),
    stand('merge_queue', 0.3, 0.2, 0.4),
    stand('awaiting_deploy_approval', 1.2, 0.7, 1.9),
    stand('awaiting_deploy', 2.6, 2, 3.3),
  ],
  bottleneck: ['awaiting_first_response'],
  beside: [],
  enteringPerWeek: 42.8,
  mergedPerWeek: 36,
  closedPerWeek: 3.1,
  standing: 44.7,
  now: 47,
  n: 560,
  gaps: [GAP],
};

/** A metric around a figure. */
export function aMetric(figure: WaitFigure): MetricFigure {
  const text = { title: figure.stage, definition: '', unit: 's', population: '', exclusions: '', bias: '', source: '' };
  return {
    metric: { id: figure.stage, ...text, stage: figure.stage },
    scope: SCOPE,
    window: TWELVE_WEEKS,
    figure,
    finishedOnly: { n: 0, p50: null, p75: null, p90: null },
    weeks: FIRST_RESPONSE_WEEKS.map(({ fromAt, toAt, share, interval, ended, isOver }) => ({ fromAt, toAt, ended, isOver, withinDay: share === null ? null : { value: share, interval: interval ?? null } })),
    curve: null,
    explanation: { method: '', contributing: figure.n, leftOut: [], factsUntilAt: null },
  };
}

/** A pull request that waits. */
export function aWaitingItem(rest: Partial<WaitingItem> = {}): WaitingItem {
  return {
    repository: { id: '1', fullName: 'saltmarsh/payments-api', deletedAt: null },
    number: 4021,
    title: 'Rotate payout signing keys',
    stage: 'review.first_response',
    round: 1,
    startedAt: SENT_AT - 31 * 86_400_000,
    ageSeconds: 31 * 86_400,
    waitsOn: [{ name: 'payments-reviewers', kind: 'team' }],
    isStandingStill: true,
    workingDays: 21,
    ...rest,
  };
}

/** The facts of the report that the pictures show, as far as they exist. */
export function exampleFacts(rest: Partial<ReportFacts> = {}): ReportFacts {
  const week = isoWeekOf(SENT_AT - 86_400_000, ZONE);
  return {
    team: { slug: 'payments', name: 'Payments' },
    week,
    window: TWELVE_WEEKS,
    reader: { zone: ZONE, nowAt: SENT_AT },
    flow: FLOW,
    bottleneckBefore: ['awaiting_first_response'],
    metrics: [aMetric({ ...FIRST_RESPONSE, gaps: [GAP] }), aMetric(APPROVAL), aMetric({ ...APPROVAL, stage: 'change.merge' })],
    waiting: [
      aWaitingItem(),
      aWaitingItem({ title: 'Ledger: drop legacy currency column', number: 918, repository: { id: '2', fullName: 'saltmarsh/ledger', deletedAt: null }, waitsOn: [{ name: 'ledger-owners', kind: 'team' }], isStandingStill: false, workingDays: 13 }),
      aWaitingItem({ title: 'Settlement: split batch by region', number: 4077, waitsOn: [], isStandingStill: false, workingDays: 8 }),
      aWaitingItem({ title: 'Retry webhooks with jitter', number: 4102, stage: 'review.request_response', round: 2, waitsOn: [{ name: 'alice', kind: 'user' }], isStandingStill: false, workingDays: 5.9 }),
      aWaitingItem({ title: null, number: 4103, isStandingStill: false, workingDays: 5 }),
    ],
    names: false,
    links: reportLinks({ publicUrl: 'https://narrows.example.com', githubUrl: 'https://github.com' }, 'payments', week, ZONE),
    sending: { at: SENT_AT, zone: ZONE, isLate: false, unsubscribe: 'mailto:narrows@example.com?subject=Unsubscribe' },
    ...rest,
  };
}
