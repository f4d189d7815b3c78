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

/** The ground of a track: days and off-hours. */
function Ground({ scale }: { readonly scale: TimelineScale }): ReactElement {
  return (
    <>
      {scale.offHours.map((off) => (
        <rect key={off.fromAt} {...extent(off, scale)} y={0} height="100%" fill={colourOf('bg-soft')} />
      ))}
      {scale.days.map((day) => (
        <line key={day} x1={percent(day, scale)} x2={percent(day, scale)} y1="0" y2="100%" stroke={colourOf('line')} strokeWidth={1} />
      ))}
    </>
  );
}

/** A lane of a timeline: one or more waits of one kind. It fills its row, whose words stand beside it. */
export function LaneTrack({ scale, bars }: { readonly scale: TimelineScale; readonly bars: readonly LaneBar[] }): ReactElement {
  return (
    <svg className="lane-track" width="100%" height="100%" aria-hidden>
      <Ground scale={scale} />
      <svg y="50%" overflow="visible">
        {bars.map((bar, index) => (
          <Bar key={index} bar={bar} scale={scale} />
        ))}
      </svg>
    </svg>
  );
}

/** A wait that began before the scale runs in from the edge, without the tick of a beginning. */
function Bar({ bar, scale }: { readonly bar: LaneBar; readonly scale: TimelineScale }): ReactElement {
  const from = percent(bar.fromAt, scale);
  return (
    <g stroke={colourOf(bar.colour)}>
      {bar.fromAt >= scale.fromAt && <line x1={from} x2={from} y1={-4} y2={4} strokeWidth={1.5} />}
      <line x1={from} x2={percent(bar.toAt, scale)} y1={0} y2={0} strokeWidth={3} />
      {bar.pauses.map((pause) => (
        <g key={pause.fromAt}>
          <rect {...extent(pause, scale)} y={-2} height={4} fill={colourOf('bg')} stroke="none" />
          <line x1={percent(pause.fromAt, scale)} x2={percent(pause.toAt, scale)} y1={0} y2={0} strokeWidth={1} strokeDasharray="2 2" />
        </g>
      ))}
      <End bar={bar} x={percent(bar.toAt, scale)} />
    </g>
  );
}

function End({ bar, x }: { readonly bar: LaneBar; readonly x: string }): ReactElement {
  switch (bar.end) {
    case 'asked':
      return <circle cx={x} cy={0} r={3.5} fill={colourOf(bar.colour)} stroke="none" />;
    case 'otherwise':
      return <circle cx={x} cy={0} r={3.75} fill={colourOf('bg')} strokeWidth={1.5} />;
    case 'failed':
      return (
        <svg x={x} overflow="visible">
          <path d="M-4 -4L4 4M-4 4L4 -4" stroke={colourOf('mark')} strokeWidth={2} />
        </svg>
      );
    case 'waiting':
      return (
        <svg x={x} overflow="visible">
          <path d="M-6 -5L0 0L-6 5" fill="none" strokeWidth={2} />
        </svg>
      );
  }
}

/** The ribbon of phases, in the colour of who moves next; a thin edge of paper parts neighbours. */
export function RibbonTrack({ scale, parts, label }: { readonly scale: TimelineScale; readonly parts: readonly RibbonPart[]; readonly label: string }): ReactElement {
  return (
    <svg width="100%" height={26} role="img" aria-label={label}>
      <Ground scale={scale} />
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
    <svg className="track-words" width="100%" height={20} overflow="visible" aria-hidden>
      {withGround && <Ground scale={scale} />}
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
