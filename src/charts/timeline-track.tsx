import type { ReactElement } from 'react';

import { colourOf, type MoverToken } from './tokens.ts';

/** A half-open stretch of time, epoch ms. */
export interface Stretch {
  readonly fromAt: number;
  readonly toAt: number;
}

/** The time axis that all tracks of one timeline share, so that their grounds join into one. */
export interface TimelineScale extends Stretch {
  /** Midnights within, where a grid line stands. */
  readonly days: readonly number[];
  /** Outside the working hours: grey. */
  readonly offHours: readonly Stretch[];
}

/** How a wait ended: shapes, not colours. */
export type EndShape = 'asked' | 'otherwise' | 'failed' | 'waiting';

/** One wait in a lane. */
export interface LaneBar extends Stretch {
  readonly end: EndShape;
  readonly colour: MoverToken;
  /** While the clock stood still the line is thin. */
  readonly pauses: readonly Stretch[];
}

/** One stay of the ribbon. */
export interface RibbonPart extends Stretch {
  readonly colour: MoverToken;
}

/** Where an instant lies on the scale, in per cent; outside it the nearer edge. */
export function acrossOf(at: number, scale: Stretch): number {
  const span = scale.toAt - scale.fromAt;
  return span <= 0 ? 0 : (Math.min(1, Math.max(0, (at - scale.fromAt) / span)) * 100);
}

/** The ground of a track: days and off-hours. Height in pixels. */
function Ground({ scale, height }: { readonly scale: TimelineScale; readonly height: number }): ReactElement {
  return (
    <>
      {scale.offHours.map((off) => (
        <rect key={off.fromAt} {...extent(off, scale)} y={0} height={height} fill={colourOf('bg-soft')} />
      ))}
      {scale.days.map((day) => (
        <line key={day} x1={percent(day, scale)} x2={percent(day, scale)} y1={0} y2={height} stroke={colourOf('line')} strokeWidth={1} />
      ))}
    </>
  );
}

/** A lane of a timeline: one or more waits of one kind. The words stand beside it. */
export function LaneTrack({ scale, bars, height = 27 }: { readonly scale: TimelineScale; readonly bars: readonly LaneBar[]; readonly height?: number }): ReactElement {
  const middle = height / 2;
  return (
    <svg className="track" width="100%" height={height} aria-hidden>
      <Ground scale={scale} height={height} />
      {bars.map((bar, index) => (
        <g key={index} stroke={colourOf(bar.colour)}>
          <line x1={percent(bar.fromAt, scale)} x2={percent(bar.fromAt, scale)} y1={middle - 4} y2={middle + 4} strokeWidth={1.5} />
          <line x1={percent(bar.fromAt, scale)} x2={percent(bar.toAt, scale)} y1={middle} y2={middle} strokeWidth={3} />
          {bar.pauses.map((pause) => (
            <rect key={pause.fromAt} {...extent(pause, scale)} y={middle - 2} height={4} fill={colourOf('bg')} stroke="none" />
          ))}
          {bar.pauses.map((pause) => (
            <line key={pause.fromAt} x1={percent(pause.fromAt, scale)} x2={percent(pause.toAt, scale)} y1={middle} y2={middle} strokeWidth={1} strokeDasharray="2 2" />
          ))}
          <End bar={bar} scale={scale} middle={middle} />
        </g>
      ))}
    </svg>
  );
}

function End({ bar, scale, middle }: { readonly bar: LaneBar; readonly scale: TimelineScale; readonly middle: number }): ReactElement {
  const x = percent(bar.toAt, scale);
  switch (bar.end) {
    case 'asked':
      return <circle cx={x} cy={middle} r={3.5} fill={colourOf(bar.colour)} stroke="none" />;
    case 'otherwise':
      return <circle cx={x} cy={middle} r={3.75} fill={colourOf('bg')} strokeWidth={1.5} />;
    case 'failed':
      return (
        <svg x={x} y={middle - 4} width={1} height={8} overflow="visible">
          <path d="M-4 0L4 8M-4 8L4 0" stroke={colourOf('mark')} strokeWidth={2} />
        </svg>
      );
    case 'waiting':
      return (
        <svg x={x} y={middle - 5} width={1} height={10} overflow="visible">
          <path d="M-7 0L-1 5L-7 10" fill="none" strokeWidth={2} />
        </svg>
      );
  }
}

/** The ribbon of phases, in the colour of who moves next; a thin edge of paper parts neighbours. */
export function RibbonTrack({ scale, parts, label }: { readonly scale: TimelineScale; readonly parts: readonly RibbonPart[]; readonly label: string }): ReactElement {
  return (
    <svg className="track" width="100%" height={26} role="img" aria-label={label}>
      <Ground scale={scale} height={26} />
      {parts.map((part) => (
        <rect key={part.fromAt} {...extent(part, scale)} y={0} height={18} fill={colourOf(part.colour)} stroke={colourOf('bg')} strokeWidth={0.75} />
      ))}
    </svg>
  );
}

/** A word at an instant of the scale. */
export interface TrackWord {
  readonly at: number;
  readonly text: string;
  readonly tone: 'fg' | 'muted';
  /** `middle` for a tick of the axis, `start` for a name above its part. */
  readonly anchor: 'start' | 'middle' | 'end';
}

/** A line of words along the scale: names of days, names of phases. */
export function WordTrack({ scale, words, withGround }: { readonly scale: TimelineScale; readonly words: readonly TrackWord[]; readonly withGround: boolean }): ReactElement {
  return (
    <svg className="track track-words" width="100%" height={20} overflow="visible" aria-hidden>
      {withGround && <Ground scale={scale} height={20} />}
      {words.map((word) => (
        <text key={word.at} x={percent(word.at, scale)} y={14} textAnchor={word.anchor} fill={colourOf(word.tone)}>
          {word.text}
        </text>
      ))}
    </svg>
  );
}

function percent(at: number, scale: Stretch): string {
  return `${acrossOf(at, scale).toFixed(3)}%`;
}

function extent(stretch: Stretch, scale: Stretch): { x: string; width: string } {
  const from = acrossOf(stretch.fromAt, scale);
  return { x: `${from.toFixed(3)}%`, width: `${(acrossOf(stretch.toAt, scale) - from).toFixed(3)}%` };
}
