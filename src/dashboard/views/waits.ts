import type { MetricFigure, Page, WaitItem } from '#src/domain/figures.ts';
import { endedAsAsked, type Stage } from '#src/domain/wait.ts';
import { askedOne } from '#src/figures/wait-row.ts';
import type { FrameView } from '../frame-view.ts';
import { pullRequestPath } from '../links.ts';
import type { PageQuestion } from '../page-question.ts';
import type { ExplanationView, WaitLineView, WaitsView } from '../waits-view.ts';
import { windowView } from './frame.ts';
import { dataQualityHref, waitsHref } from './hrefs.ts';
import { waitRowView } from './reviews.ts';

/** What the page of the waits behind a figure is made of. */
export interface WaitsFacts {
  readonly frame: FrameView;
  readonly question: PageQuestion;
  readonly stage: Stage;
  /** Null for a stage that no metric measures. */
  readonly metric: MetricFigure | null;
  readonly page: Page<WaitItem>;
  /** Where the page begins; null for the first. */
  readonly cursor: string | null;
  /** Whether persons are named (the policy's `names`). */
  readonly names: boolean;
}

/** The page of the waits behind a figure. */
export function waitsView({ frame, question, stage, metric, page, cursor, names }: WaitsFacts): WaitsView {
  return {
    frame,
    window: windowView(question),
    stage,
    explanation: metric === null ? null : explanationView(metric, question),
    quality: { gaps: metric?.figure.gaps ?? [], dataQualityHref: dataQualityHref(question) },
    waits: page.items.map((item) => lineView(item, names)),
    isFirstPage: cursor === null,
    nextHref: page.next === null ? null : waitsHref(stage, question, { cursor: page.next }),
    csvHref: waitsHref(stage, question, { format: 'csv' }),
  };
}

function explanationView(metric: MetricFigure, question: PageQuestion): ExplanationView {
  const { definition, population, exclusions, bias } = metric.metric;
  const { finishedOnly, explanation } = metric;
  return {
    definition,
    population,
    exclusions,
    bias,
    method: explanation.method,
    row: { ...waitRowView(metric, question), href: null, waitsHref: '#list' },
    leftOut: explanation.leftOut,
    finishedOnly: { n: finishedOnly.n, p50: finishedOnly.p50, p90: finishedOnly.p90 },
  };
}

/** A list of open items may show its reader whom they wait on; one that ended names persons only where the policy does. */
function lineView(item: WaitItem, names: boolean): WaitLineView {
  const { wait, repository, number, title, ageSeconds } = item;
  return {
    key: [repository.id, String(number), wait.stage, wait.waitsOn ?? '', String(wait.round)].join(' '),
    title,
    href: pullRequestPath(repository.fullName, number),
    repository: repository.fullName,
    number,
    stage: wait.stage,
    round: wait.round,
    waitsOn: askedOne(item, names || wait.endedAt === null)?.name ?? null,
    startedAt: wait.startedAt,
    endedAt: wait.endedAt,
    outcome: wait.outcome,
    endedAsAsked: endedAsAsked(wait),
    seconds: wait.seconds ?? ageSeconds,
  };
}
