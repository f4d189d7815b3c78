import type { StripWeek } from '#src/charts/week-strip.tsx';
import type { CollectionLag } from '#src/domain/completeness.ts';
import type { CountedKind } from '#src/domain/counted-kind.ts';
import type { Gap } from '#src/domain/figure.ts';
import type { FrameView, WindowView } from './frame-view.ts';

/** A kind of thing in a repository. */
export interface KindRowView {
  readonly key: string;
  readonly repository: string;
  readonly kind: CountedKind;
  readonly storedShare: number | null;
  /** Null where nobody counted. */
  readonly expected: number | null;
  readonly stored: number;
  readonly healed: number;
  readonly openGaps: number;
  readonly weeks: readonly StripWeek[];
}

/** The page Data quality. */
export interface DataQualityView {
  readonly frame: FrameView;
  readonly window: WindowView;
  readonly storedShare: number | null;
  /** All that touch the window: open ones first, healed ones last. */
  readonly gaps: readonly Gap[];
  readonly lag: CollectionLag;
  /** The rows of this page, what is incomplete first. */
  readonly rows: readonly KindRowView[];
  /** All rows there are. */
  readonly total: number;
  readonly nextHref: string | null;
}
