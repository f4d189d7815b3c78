import { useId, type ReactElement } from 'react';

import { Hatch } from './hatch.tsx';
import { colourOf, type MoverToken } from './tokens.ts';

/** A week's value with its interval, in the chart's unit. */
export interface WeekDot {
  /** Null where it is withheld or nothing ended: no dot, and no claim. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** A week that is not over is a hollow dot. */
  readonly isOver: boolean;
}

/** A stretch of weeks that a gap touches, in weeks from the left. */
export interface WeekGap {
  readonly from: number;
  readonly to: number;
}

/** A row of dots, one a week, never joined. */
export interface WeekDotsProps {
  readonly weeks: readonly WeekDot[];
  /** What the upper edge stands for; the lower is 0. */
  readonly largest: number;
  /** The comparison window's value, dashed; null where nothing was compared. */
  readonly before: number | null;
  readonly gaps: readonly WeekGap[];
  readonly colour: MoverToken;
  readonly label: string;
  /** In pixels [58]; the width stretches. */
  readonly height?: number;
}

/** Week dots without an axis; the words stand around it. Across it is laid out in per cent, so nothing in it is distorted. */
export function WeekDots({ weeks, largest, before, gaps, colour, label, height = 58 }: WeekDotsProps): ReactElement {
  const hatch = useId();
  const across = (week: number): string => `${((week / Math.max(1, weeks.length)) * 100).toFixed(3)}%`;
  const y = (value: number): number => Math.round((height - 1 - (Math.min(value, largest) / largest) * (height - 6)) * 100) / 100;
  return (
    <svg className="week-dots" width="100%" height={height} role="img" aria-label={label}>
      {gaps.length > 0 && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      {gaps.map((gap) => (
        <rect key={gap.from} x={across(gap.from)} y={0} width={across(gap.to - gap.from)} height={height - 1} fill={`url(#${hatch})`} />
      ))}
      {before !== null && (
        <line x1="0" x2="100%" y1={y(before)} y2={y(before)} stroke={colourOf('before')} strokeWidth={1} strokeDasharray="2 3" />
      )}
      {weeks.map((week, index) => {
        const x = across(index + 0.5);
        if (week.value === null) return null;
        return (
          <g key={index}>
            {week.low !== null && week.high !== null && (
              <line x1={x} x2={x} y1={y(week.high)} y2={y(week.low)} stroke={colourOf(colour)} strokeWidth={2} strokeOpacity={0.5} />
            )}
            {week.isOver ? (
              <circle cx={x} cy={y(week.value)} r={3.5} fill={colourOf(colour)} />
            ) : (
              <circle cx={x} cy={y(week.value)} r={3} fill={colourOf('bg')} stroke={colourOf(colour)} strokeWidth={1.5} />
            )}
          </g>
        );
      })}
      <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} stroke={colourOf('line-strong')} strokeWidth={1} />
    </svg>
  );
}
