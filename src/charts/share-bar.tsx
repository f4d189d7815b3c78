import type { ReactElement } from 'react';

import { colourOf, type MoverToken } from './tokens.ts';

/** A length from 0: a share of the whole, at least a hair wide. The number stands beside it, so it is decoration. */
export function ShareBar({ share, largest, colour }: { readonly share: number; readonly largest: number; readonly colour: MoverToken }): ReactElement {
  const width = largest <= 0 ? 0 : (share / largest) * 100;
  return (
    <svg width="100%" height={10} aria-hidden>
      <rect x="0" y="0" width={1.6} height={10} fill={colourOf(colour)} />
      <rect x="0" y="0" width={`${width.toFixed(2)}%`} height={10} fill={colourOf(colour)} />
    </svg>
  );
}
