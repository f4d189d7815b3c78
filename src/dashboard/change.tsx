import type { ReactElement } from 'react';

import type { Change } from '#src/domain/figure.ts';
import { sameShareText, shareChange, shareChangeCell, stockChangeCell, type Comparison } from '#src/wording/change-text.ts';
import { stockText } from '#src/wording/number-text.ts';

/** What a share was before, as a line under its figure. Noise gets no arrow and no size. */
export function ShareChangeLine({ change, comparison }: { readonly change: Change; readonly comparison: Comparison }): ReactElement {
  const words = shareChange(change, comparison);
  if (words === null) return <p className="change">{sameShareText(change.before)}</p>;
  return (
    <p className="change">
      <strong className={words.isWorse ? 'mark-text' : ''}>
        <span aria-hidden>{words.arrow} </span>
        {words.size}
      </strong>
      {words.rest}
    </p>
  );
}

/** The same in a cell: `▼ 8 points` or `no change`. */
export function ShareChangeCell({ change }: { readonly change: Change | null }): ReactElement {
  const size = change === null ? null : shareChangeCell(change);
  if (change?.kind !== 'beyond-noise' || size === null) return <span className="muted">{change === null ? 'not known' : 'no change'}</span>;
  const rose = change.now > change.before;
  return (
    <strong className={change.isWorse ? 'mark-text' : ''}>
      <span aria-hidden>{rose ? '▲' : '▼'} </span>
      {size}
      <span className="unseen">{rose ? ' more' : ' fewer'}</span>
    </strong>
  );
}

/** What a stock was before, and under it the change in per cent or `no change`. */
export function StockChangeCell({ change }: { readonly change: Change | null }): ReactElement {
  if (change === null) return <span className="muted">not known</span>;
  const size = stockChangeCell(change);
  const isWorse = change.kind === 'beyond-noise' && change.isWorse;
  return (
    <>
      {stockText(change.before)}
      <span className={isWorse ? 'under mark-text bold' : 'under'}>{size ?? (change.kind === 'within-noise' ? 'no change' : 'beyond noise')}</span>
    </>
  );
}
