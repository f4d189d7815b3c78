import type { Gap } from '#src/domain/figure.ts';
import type { MetricFigure, RepositoryFigure, WaitingItem } from '#src/domain/figures.ts';
import { STAGES } from '#src/domain/wait.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import type { FrameView } from '../frame-view.ts';
import type { PageQuestion } from '../page-question.ts';
import type { CurveView, ReviewsView, WaitRowView } from '../reviews-view.ts';
import { windowView } from './frame.ts';
import { dataQualityHref, waitsHref } from './hrefs.ts';
import { waitingView } from './waiting.ts';
import { weekView } from './week.ts';

/** What the page Reviews is made of. */
export interface ReviewsFacts {
  readonly frame: FrameView;
  readonly question: PageQuestion;
  /** The waits in order; the first is the headline. */
  readonly metrics: readonly MetricFigure[];
  /** The headline's, by repository. */
  readonly repositories: readonly RepositoryFigure[];
  readonly waiting: readonly WaitingItem[];
}

/** The page Reviews. */
export function reviewsView({ frame, question, metrics, repositories, waiting }: ReviewsFacts): ReviewsView {
  const [headline] = metrics;
  return {
    frame,
    window: windowView(question),
    waits: metrics.map((metric) => waitRowView(metric, question)),
    quality: { gaps: distinct(metrics.flatMap(({ figure }) => figure.gaps)), dataQualityHref: dataQualityHref(question) },
    curve: headline === undefined ? null : curveView(headline),
    weeks: headline?.weeks.map(weekView) ?? [],
    repositories: repositories.map((part) => repositoryRow(part, question)).toSorted(slowestFirst),
    waiting: waiting.map(waitingView),
    waitingAllHref: null,
  };
}

/** A metric as a row of a table of waits. */
export function waitRowView({ metric, figure }: MetricFigure, question: PageQuestion): WaitRowView {
  const href = waitsHref(metric.stage, question);
  return { key: metric.id, name: null, figure, href, waitsHref: href };
}

/** What became of a metric's waits by age; null where no estimate is known. */
export function curveView({ metric, curve }: MetricFigure): CurveView | null {
  if (curve === null) return null;
  return {
    stage: metric.stage,
    asked: STAGES[metric.stage].asked.join(' or '),
    points: curve.points.map(({ ageSeconds, asked, low, high, otherwise }) => ({ ageSeconds, asked, low, high, others: [otherwise] })),
    others: [stageWords(metric.stage).without],
    atRisk: curve.atRisk,
  };
}

function repositoryRow({ repository, figure }: RepositoryFigure, question: PageQuestion): WaitRowView {
  const href = waitsHref(figure.stage, question, {}, { kind: 'repository', fullName: repository.fullName });
  return { key: repository.id, name: repository.fullName, figure, href, waitsHref: href };
}

const DAY_SECONDS = 86_400;

/** The smallest share within a day first; withheld rows stand last, as they came. */
function slowestFirst(a: WaitRowView, b: WaitRowView): number {
  return withinDay(a) - withinDay(b) || 0;
}

function withinDay({ figure }: WaitRowView): number {
  return figure.within.find(({ ageSeconds }) => ageSeconds === DAY_SECONDS)?.share.value ?? 2;
}

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.repository ?? ''} ${String(gap.fromAt)} ${String(gap.toAt)} ${gap.state} ${gap.kind ?? ''}`, gap])).values()];
}
