import type { ReactElement } from 'react';

import { colourOf } from '#src/charts/tokens.ts';

/** The mark: water that passes a narrow place. */
export function Logo(): ReactElement {
  return (
    <svg viewBox="0 0 22 16" width={22} height={16} aria-hidden>
      <path d="M0 1C5 1 8 6 11 6S17 1 22 1V15C17 15 14 10 11 10S5 15 0 15Z" fill={colourOf('water')} />
    </svg>
  );
}
