import { useId, type ReactElement } from 'react';

import { Hatch } from './hatch.tsx';
import { colourOf } from './tokens.ts';

/** A week of a strip. */
export interface StripWeek {
  /** Of what there should be, 0 to 1; null where nobody counted, and then nothing is drawn. */
  readonly storedShare: number | null;
  /** `open`: something is missing. `healed`: something was. */
  readonly gap: 'open' | 'healed' | null;
}

/** Weeks in a row, oldest first. */
export interface WeekStripProps {
  readonly weeks: readonly StripWeek[];
  readonly label: string;
}

const HEIGHT = 24;

/** What of each week is stored, from 0 up; an open gap hatches its whole week, a healed one the axis alone. Laid out in per cent, so that nothing is distorted. */
export function WeekStrip({ weeks, label }: WeekStripProps): ReactElement {
  const hatch = useId();
  const width = 100 / Math.max(1, weeks.length);
  return (
    <svg className="week-strip" width="100%" height={HEIGHT} role="img" aria-label={label}>
      {weeks.some(({ gap }) => gap !== null) && (
        <defs>
          <Hatch id={hatch} />
        </defs>
      )}
      {weeks.map(({ storedShare, gap }, index) => {
        const place = { x: `${(index * width).toFixed(3)}%`, width: `${(width * 0.86).toFixed(3)}%` };
        const height = Math.min(1, Math.max(0, storedShare ?? 0)) * (HEIGHT - 6);
        return (
          <g key={index}>
            {storedShare !== null && <rect {...place} y={(HEIGHT - 4 - height).toFixed(2)} height={height.toFixed(2)} fill={colourOf(gap === 'open' ? 'tide' : 'water')} />}
            {gap === 'open' && <rect {...place} y={0} height={HEIGHT} fill={`url(#${hatch})`} />}
            {gap === 'healed' && <rect {...place} y={HEIGHT - 4} height={4} fill={`url(#${hatch})`} />}
          </g>
        );
      })}
      <line x1="0" x2="100%" y1={HEIGHT - 3.5} y2={HEIGHT - 3.5} stroke={colourOf('line-strong')} strokeWidth={1} />
    </svg>
  );
}
