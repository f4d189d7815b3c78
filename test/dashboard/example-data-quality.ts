import type { StripWeek } from '#src/charts/week-strip.tsx';
import type { DataQualityView, KindRowView } from '#src/dashboard/data-quality-view.ts';

import { aFrame, at, COMPUTED_AT, OPEN_GAP, TWELVE_WEEKS } from './example-frame.ts';
import { HOSTILE_HREFS, HOSTILE_TEXTS } from './hostile-views.ts';

const WEEKS: readonly StripWeek[] = Array.from({ length: 13 }, (_, week) => ({ storedShare: week === 9 ? 0.957 : week === 2 ? null : 1, gap: week === 9 ? 'open' : week === 4 ? 'healed' : null }));

function aKindRow(changes: Partial<KindRowView> = {}): KindRowView {
  return { key: '1 deliveries', repository: 'saltmarsh/payments-api', kind: 'deliveries', storedShare: 0.9958, expected: 9_760, stored: 9_719, healed: 12, openGaps: 41, weeks: WEEKS, ...changes };
}

const NEVER_COMPARED = { logCheckedUntilAt: null, sweptUntilAt: null, repositories: 0, neverSwept: 0 };

/** The certificate of the team in the pictures. */
export function aDataQualityView(changes: Partial<DataQualityView> = {}): DataQualityView {
  return {
    frame: aFrame({ current: 'data-quality' }),
    window: TWELVE_WEEKS,
    storedShare: 0.9962,
    gaps: [
      { ...OPEN_GAP, kind: 'deliveries', reason: 'It did not arrive, GitHub kept no payload of it, and its log no longer holds it.' },
      { repository: null, kind: 'deliveries', fromAt: at('2025-11-10T00:00:00+01:00'), toAt: at('2025-11-12T00:00:00+01:00'), state: 'open', missing: null, expected: null },
      { repository: 'saltmarsh/ledger', fromAt: TWELVE_WEEKS.fromAt, toAt: at('2025-09-15T00:00:00+02:00'), state: 'before-history', missing: null, expected: null },
      { repository: 'saltmarsh/ledger', kind: 'pull_requests', fromAt: at('2025-10-06T00:00:00+02:00'), toAt: at('2025-10-07T00:00:00+02:00'), state: 'healed', missing: 1, expected: null, reason: 'Pull request #4021 is not stored although GitHub lists it.' },
    ],
    lag: { logCheckedUntilAt: COMPUTED_AT - 180_000, sweptUntilAt: COMPUTED_AT - 240_000, repositories: 41, neverSwept: 3 },
    rows: [
      aKindRow(),
      aKindRow({ key: '1 reviews', kind: 'reviews', storedShare: 1, expected: 640, stored: 640, healed: 0, openGaps: 0, weeks: WEEKS.map((week) => ({ ...week, gap: null })) }),
      aKindRow({ key: '2 pull_requests', repository: 'saltmarsh/a-repository-with-a-name-as-long-as-github-lets-it-be', kind: 'pull_requests', storedShare: null, expected: null, stored: 17, healed: 0, openGaps: 0, weeks: WEEKS.map(() => ({ storedShare: null, gap: null })) }),
    ],
    total: 93,
    nextHref: '/data-quality?cursor=50',
    ...changes,
  };
}

/** Nothing is missing and nothing is counted. */
export function anEmptyDataQualityView(): DataQualityView {
  return aDataQualityView({ storedShare: null, gaps: [], rows: [], total: 0, nextHref: null, lag: NEVER_COMPARED });
}

/** Repositories and reasons that try to be more than text. */
export function hostileDataQualityView(): DataQualityView {
  return aDataQualityView({
    gaps: HOSTILE_TEXTS.map((text) => ({ ...OPEN_GAP, repository: text, reason: text })),
    rows: HOSTILE_TEXTS.map((text, index) => aKindRow({ key: String(index), repository: text })),
    nextHref: HOSTILE_HREFS[0],
  });
}
