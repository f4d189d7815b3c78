import type { ReactElement } from 'react';

import type { Estimate } from '#src/domain/figure.ts';
import { intervalText } from '#src/wording/interval-text.ts';
import { stockNumber, stockText } from '#src/wording/number-text.ts';

import { Figure } from './text.tsx';

/** A stock with its interval under it. */
export function Stock({ standing, href, isMarked }: { readonly standing: Estimate; readonly href: string | null; readonly isMarked: boolean }): ReactElement {
  return (
    <>
      <strong className={isMarked ? 'value mark-text' : 'value'}>
        <Figure href={href}>{stockText(standing.value)}</Figure>
      </strong>
      {standing.interval !== null && <span className="under">{intervalText(standing.interval, stockNumber)}</span>}
    </>
  );
}
