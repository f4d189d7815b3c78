import type { ReactElement } from 'react';

import { GapSquare } from '#src/charts/hatch.tsx';
import type { Gap } from '#src/domain/figure.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { gapLabel, gapSentence } from '#src/wording/gap-text.ts';
import { counted } from '#src/wording/number-text.ts';

import type { GapsView } from './frame-view.ts';
import { Link } from './text.tsx';

/** How many gaps are named under a headline before they are counted. */
const NAMED = 3;

/** The gaps a page's figures touch, a line each. Healed ones are no gap any more and are left to the data quality page. */
export function GapLines({ view, reader }: { readonly view: GapsView; readonly reader: Reader }): ReactElement | null {
  const gaps = view.gaps.filter((gap) => gap.state !== 'healed');
  if (gaps.length === 0) return null;
  const more = gaps.length - NAMED;
  return (
    <ul className="gap-lines">
      {gaps.slice(0, NAMED).map((gap, index) => (
        <li key={index}>
          <GapSquare />
          <span>{gapSentence(gap, reader)}</span>
          {index === 0 && view.dataQualityHref !== null && <Link href={view.dataQualityHref}>Data quality</Link>}
        </li>
      ))}
      {more > 0 && <li>{`and ${counted(more, 'further gap')}.`}</li>}
    </ul>
  );
}

/** The mark after a figure that touches a gap: a hatched square with its words for whoever cannot see it. */
export function GapMark({ gaps, href, reader }: { readonly gaps: readonly Gap[]; readonly href: string | null; readonly reader: Reader }): ReactElement | null {
  const [gap] = gaps.filter((candidate) => candidate.state !== 'healed');
  if (gap === undefined) return null;
  return (
    <Link href={href} className="gap-mark">
      <GapSquare />
      <span className="unseen">{gapLabel(gap, reader)}</span>
    </Link>
  );
}
