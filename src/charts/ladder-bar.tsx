import type { ReactElement } from 'react';

import { colourOf, type MoverToken } from './tokens.ts';

/** A bar of a hundred waits: what was done by which age, what came later or still waits, what ended otherwise. */
export interface LadderBarProps {
  /** Cumulative shares done by 4 h, 1, 3 and 7 days, 0 to 1. */
  readonly steps: readonly number[];
  /** The share that ended without; null where it is not estimated, and then no grey is drawn. */
  readonly without: number | null;
  /** Where the tick stands: the share within a day, and its interval where one is known. */
  readonly tick: { readonly value: number; readonly low: number | null; readonly high: number | null } | null;
  readonly colour: MoverToken;
  readonly label: string;
}

/** Strength of the four tints, the earliest darkest. */
export const LADDER_TINTS = [1, 0.62, 0.38, 0.2] as const;

const TOP = 6;
const HEIGHT = 14;
const WHISKER = TOP + HEIGHT + 3;

/** The ladder. It holds no text and stretches; 28 px high. */
export function LadderBar({ steps, without, tick, colour, label }: LadderBarProps): ReactElement {
  const tints = steps.map((step, index) => ({ from: index === 0 ? 0 : (steps[index - 1] ?? 0), to: step, opacity: LADDER_TINTS[index] ?? 0.2 }));
  return (
    <svg className="ladder" width="100%" height={28} role="img" aria-label={label}>
      <rect x="0" y={TOP + 0.5} width="100%" height={HEIGHT - 1} fill={colourOf('bg')} stroke={colourOf('line-strong')} />
      {tints.map((tint, index) => (
        <g key={index}>
          <rect x={percent(tint.from)} y={TOP} width={percent(tint.to - tint.from)} height={HEIGHT} fill={colourOf('bg')} />
          <rect x={percent(tint.from)} y={TOP} width={percent(tint.to - tint.from)} height={HEIGHT} fill={colourOf(colour)} fillOpacity={tint.opacity} />
        </g>
      ))}
      {without !== null && without > 0 && (
        <rect x={percent(1 - without)} y={TOP} width={percent(without)} height={HEIGHT} fill={colourOf('line-strong')} />
      )}
      {tick !== null && <Tick {...tick} />}
    </svg>
  );
}

function Tick({ value, low, high }: { readonly value: number; readonly low: number | null; readonly high: number | null }): ReactElement {
  const x = percent(value);
  const line = { stroke: colourOf('fg'), strokeWidth: 1.5 };
  return (
    <g>
      <line x1={x} x2={x} y1={TOP - 3} y2={WHISKER} {...line} />
      {low !== null && high !== null && (
        <>
          <line x1={percent(low)} x2={percent(high)} y1={WHISKER} y2={WHISKER} {...line} />
          <line x1={percent(low)} x2={percent(low)} y1={WHISKER - 3} y2={WHISKER + 3} {...line} />
          <line x1={percent(high)} x2={percent(high)} y1={WHISKER - 3} y2={WHISKER + 3} {...line} />
        </>
      )}
    </g>
  );
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}
