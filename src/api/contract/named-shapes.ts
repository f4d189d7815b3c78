import { certifiedKind, certifiedWeek } from './completeness-shapes.ts';
import { beside, standingPhase, stay } from './flow-shapes.ts';
import { curve, explanation, metric, week } from './metric-shapes.ts';
import { change, countedKind, estimate, gap, interval, phase, quantile, stage, waitFigure, window, withheld } from './shapes.ts';
import { wait } from './wait-shapes.ts';

/** The shapes that several answers share, by the names they have in the OpenAPI document. */
export const NAMED_SHAPES = {
  Beside: beside,
  CertifiedKind: certifiedKind,
  CertifiedWeek: certifiedWeek,
  Change: change,
  CountedKind: countedKind,
  Curve: curve,
  Estimate: estimate,
  Explanation: explanation,
  Gap: gap,
  Interval: interval,
  Metric: metric,
  Phase: phase,
  Quantile: quantile,
  Stage: stage,
  StandingPhase: standingPhase,
  Stay: stay,
  Wait: wait,
  WaitFigure: waitFigure,
  Week: week,
  Window: window,
  Withheld: withheld,
} as const;
