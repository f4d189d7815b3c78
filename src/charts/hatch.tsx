import type { ReactElement } from 'react';

import { colourOf } from './tokens.ts';

/** Lines at 45 degrees, which mean a gap and nothing else. Name it with an id of `useId` and fill with `url(#id)`. */
export function Hatch({ id }: { readonly id: string }): ReactElement {
  return (
    <pattern id={id} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <path d="M0 0V4" stroke={colourOf('hatch')} strokeWidth={2} />
    </pattern>
  );
}

/** The gap mark: a small hatched square. Words or a link beside it say what is missing. */
export function GapSquare(): ReactElement {
  return (
    <svg className="gap-square" viewBox="0 0 14 14" width={14} height={14} aria-hidden>
      <rect x={0.5} y={0.5} width={13} height={13} rx={2} fill="none" stroke={colourOf('hatch')} />
      <path d="M1 6L6 1M1 10L10 1M2 13L13 2M5 13L13 5M9 13L13 9" stroke={colourOf('hatch')} />
    </svg>
  );
}
