import type { ReactElement } from 'react';

import type { MoverToken } from '#src/charts/tokens.ts';
import type { Mover } from '#src/wording/phase-words.ts';

/** The colour of whoever moves next. */
export function moverToken(mover: Mover): MoverToken {
  return mover === 'go-ahead' ? 'on-goahead' : `on-${mover}`;
}

/** Who moves next: a square of the colour and always the word. */
export function MoverName({ mover }: { readonly mover: Mover }): ReactElement {
  return (
    <span className="mover">
      <span className={`square ${moverToken(mover)}`} aria-hidden />
      {mover}
    </span>
  );
}
