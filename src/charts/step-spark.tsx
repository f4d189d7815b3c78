import type { ReactElement } from 'react';

import { colourOf } from './tokens.ts';

/** A stock week by week, as steps. */
export interface StepSparkProps {
  /** Oldest first. */
  readonly values: readonly number[];
  /** What fills the height; the same for all sparks of one table, so that they compare. */
  readonly largest: number;
  readonly isMarked: boolean;
}

const HEIGHT = 24;

/** Steps from 0, pale below a line; stretches. The numbers stand beside it, so it is decoration. */
export function StepSpark({ values, largest, isMarked }: StepSparkProps): ReactElement | null {
  if (values.length === 0) return null;
  const height = (value: number): string => (HEIGHT - 1 - (largest <= 0 ? 0 : (value / largest) * (HEIGHT - 2))).toFixed(2);
  const steps = values.map((value, week) => `${week === 0 ? 'M0' : `L${String(week)}`} ${height(value)}L${String(week + 1)} ${height(value)}`).join('');
  return (
    <svg className="spark" viewBox={`0 0 ${String(values.length)} ${String(HEIGHT)}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden>
      <path d={`${steps}V${String(HEIGHT)}H0Z`} fill={colourOf(isMarked ? 'mark-tide' : 'tide')} />
      <path d={steps} fill="none" stroke={colourOf(isMarked ? 'mark' : 'water')} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
