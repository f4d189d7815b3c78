import { useId, type ReactElement } from 'react';

import { ShareGrid } from './age-curve.tsx';
import { Hatch } from './hatch.tsx';
import { CHART_WIDTH, px, shareY, type ChartForm, type Plot } from './plot.ts';
import { colourOf, type MoverToken } from './tokens.ts';
import type { WeekDot, WeekGap } from './week-dots.tsx';

/** A week of the chart, with its words. */
export interface WeekColumn extends WeekDot {
  /** Under the axis; null where the neighbours' words need the space. */
  readonly text: string | null;
  /** How many ended; null where the neighbours' words need the space. */
  readonly count: string | null;
}

/** Words are handed in; the chart only places them. */
export interface WeekChartProps {
  readonly weeks: readonly WeekColumn[];
  readonly gaps: readonly WeekGap[];
  readonly gapText: string;
  /** The comparison window: its share and two lines of words at the edge; null when nothing was compared. */
  readonly before: { readonly share: number; readonly text: readonly [string, string] } | null;
  /** The word before the row of counts. */
  readonly countText: string;
  readonly colour: MoverToken;
  readonly label: string;
  readonly form: ChartForm;
}

const FORMS = {
  wide: { left: 74, rightMargin: 52, height: 318, below: 62 },
  narrow: { left: 48, rightMargin: 56, height: 296, below: 62 },
} as const;

/** Shares week by week, never joined, with their intervals; a gap hatches the weeks it touches. */
export function WeekChart(props: WeekChartProps): ReactElement | null {
  const { weeks, gaps, before, colour, label, form } = props;
  const hatch = useId();
  if (weeks.length === 0) return null;
  const size = FORMS[form];
  const plot: Plot = { width: CHART_WIDTH[form], height: size.height, left: size.left, right: CHART_WIDTH[form] - size.rightMargin, top: 12, bottom: size.height - size.below };
  const x = (week: number): number => plot.left + (week / weeks.length) * (plot.right - plot.left);
  const y = (share: number): number => shareY(share, plot);
  return (
    <svg className={`chart chart-${form}`} viewBox={`0 0 ${px(plot.width)} ${px(plot.height)}`} role="img" aria-label={label}>
      {gaps.length > 0 && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      <ShareGrid plot={plot} every={20} />
      {gaps.map((gap) => (
        <g key={gap.from} className="chart-text">
          <rect x={px(x(gap.from))} y={plot.top} width={px(x(gap.to) - x(gap.from))} height={plot.bottom - plot.top} fill={`url(#${hatch})`} />
          <rect x={px((x(gap.from) + x(gap.to)) / 2 - 14)} y={plot.top + 2} width={28} height={18} rx={2} fill={colourOf('bg')} />
          <text x={px((x(gap.from) + x(gap.to)) / 2)} y={plot.top + 15} textAnchor="middle" fill={colourOf('muted')}>
            {props.gapText}
          </text>
        </g>
      ))}
      {before !== null && <Before before={before} plot={plot} />}
      <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} stroke={colourOf('line-strong')} />
      {weeks.map((week, index) => (
        <Week key={index} week={week} x={x(index + 0.5)} y={y} plot={plot} colour={colour} />
      ))}
      <text className="chart-text" x={0} y={plot.bottom + 50} fill={colourOf('muted')}>
        {props.countText}
      </text>
    </svg>
  );
}

function Before({ before, plot }: { readonly before: NonNullable<WeekChartProps['before']>; readonly plot: Plot }): ReactElement {
  const y = px(shareY(before.share, plot));
  return (
    <g className="chart-text" fill={colourOf('muted')}>
      <line x1={plot.left} x2={plot.right} y1={y} y2={y} stroke={colourOf('before')} strokeWidth={1.25} strokeDasharray="2 3" />
      <text x={plot.right + 7} y={px(shareY(before.share, plot) - 3)}>
        {before.text[0]}
      </text>
      <text x={plot.right + 7} y={px(shareY(before.share, plot) + 12)}>
        {before.text[1]}
      </text>
    </g>
  );
}

interface WeekProps {
  readonly week: WeekColumn;
  readonly x: number;
  readonly y: (share: number) => number;
  readonly plot: Plot;
  readonly colour: MoverToken;
}

function Week({ week, x, y, plot, colour }: WeekProps): ReactElement {
  return (
    <g className="chart-text" fill={colourOf('muted')}>
      {week.value !== null && week.low !== null && week.high !== null && (
        <line x1={px(x)} x2={px(x)} y1={px(y(week.high))} y2={px(y(week.low))} stroke={colourOf(colour)} strokeOpacity={0.6} strokeWidth={2.5} />
      )}
      {week.value !== null && (
        <circle cx={px(x)} cy={px(y(week.value))} r={4} fill={colourOf(week.isOver ? colour : 'bg')} stroke={colourOf(week.isOver ? 'bg' : colour)} strokeWidth={week.isOver ? 1 : 1.5} />
      )}
      {week.text !== null && (
        <text x={px(x)} y={plot.bottom + 18} textAnchor="middle">
          {week.text}
        </text>
      )}
      {week.count !== null && (
        <text x={px(x)} y={plot.bottom + 50} textAnchor="middle">
          {week.count}
        </text>
      )}
    </g>
  );
}
