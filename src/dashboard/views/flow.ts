import type { FlowFigure, MetricFigure, WaitingItem } from '#src/domain/figures.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import type { FlowView, WaitGlanceView } from '../flow-view.ts';
import type { FrameView } from '../frame-view.ts';
import type { PageQuestion } from '../page-question.ts';
import { windowView } from './frame.ts';
import { dataQualityHref, staysHref, waitsHref } from './hrefs.ts';
import { waitingView } from './waiting.ts';
import { weekView } from './week.ts';

const DAY_SECONDS = 86_400;

/** What the page Flow is made of. */
export interface FlowFacts {
  readonly frame: FrameView;
  readonly question: PageQuestion;
  readonly flow: FlowFigure;
  /** The waits beside the river, in order. */
  readonly glances: readonly MetricFigure[];
  readonly waiting: readonly WaitingItem[];
  readonly staleAfterSeconds: number;
}

/** The page Flow. A window in which nothing stood has no phases, and the page says so. */
export function flowView({ frame, question, flow, glances, waiting, staleAfterSeconds }: FlowFacts): FlowView {
  const isEmpty = flow.phases.every(({ standing }) => standing.value === 0);
  return {
    frame,
    window: windowView(question),
    phases: isEmpty ? [] : flow.phases.map((phase) => ({ ...phase, href: staysHref(phase.phase, question) })),
    bottleneck: flow.bottleneck,
    flow: {
      entering: flow.enteringPerWeek,
      finished: flow.mergedPerWeek,
      closed: flow.closedPerWeek,
      standing: flow.standing,
      now: flow.now,
    },
    quality: { gaps: flow.gaps, dataQualityHref: dataQualityHref(question) },
    glances: glances.map((glance) => glanceView(glance, question)),
    waiting: waiting.map(waitingView),
    waitingAllHref: null,
    beside: flow.beside.map((beside) => ({ ...beside, before: null, href: staysHref(beside.what, question) })),
    staleAfterDays: Math.round(staleAfterSeconds / DAY_SECONDS),
  };
}

function glanceView({ metric, figure, weeks }: MetricFigure, question: PageQuestion): WaitGlanceView {
  return { title: stageWords(metric.stage).name, figure, weeks: weeks.map(weekView), href: waitsHref(metric.stage, question) };
}
