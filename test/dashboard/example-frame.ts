import type { BarView, FrameView, WindowView } from '#src/dashboard/frame-view.ts';
import type { Gap } from '#src/domain/figure.ts';

/** An instant of the examples, which live in Berlin; the offset is part of the text. */
export const at = (text: string): number => Date.parse(text);

export const ZONE = 'Europe/Berlin';

/** Monday after the window's end. */
export const COMPUTED_AT = at('2025-11-24T08:00:00+01:00');

export const TWELVE_WEEKS: WindowView = {
  fromAt: at('2025-09-01T00:00:00+02:00'),
  toAt: at('2025-11-24T00:00:00+01:00'),
  weeks: 12,
  against: 'before',
};

export const OPEN_GAP: Gap = {
  repository: 'payments-api',
  fromAt: at('2025-11-03T00:00:00+01:00'),
  toAt: at('2025-11-06T00:00:00+01:00'),
  state: 'open',
  missing: 41,
  expected: 960,
};

export function aBar(changes: Partial<BarView> = {}): BarView {
  return {
    action: '/',
    scopes: [
      { value: '', label: 'All of saltmarsh', isChosen: false },
      { value: 'team:payments', label: 'Team Payments', isChosen: true },
      { value: 'repository:saltmarsh/payments-api', label: 'payments-api', isChosen: false },
    ],
    windows: [
      { value: '4', label: '4 weeks to 23 Nov 2025', isChosen: false },
      { value: '12', label: '12 weeks to 23 Nov 2025', isChosen: true },
      { value: '52', label: '52 weeks to 23 Nov 2025', isChosen: false },
    ],
    comparisons: [
      { value: 'before', label: 'the 12 weeks before', isChosen: true },
      { value: 'year', label: 'a year before', isChosen: false },
    ],
    carried: [{ name: 'to', value: '2025-11-23' }],
    permanentHref: '/?scope=team:payments&to=2025-11-23&weeks=12&against=before',
    csvHref: null,
    ...changes,
  };
}

export function aFrame(changes: Partial<FrameView> = {}): FrameView {
  return {
    organization: 'saltmarsh',
    current: 'flow',
    query: '?scope=team:payments&weeks=12',
    bar: aBar(),
    sample: null,
    collecting: null,
    staleSinceAt: null,
    computedAt: COMPUTED_AT,
    facts: 214_806,
    version: '1.0',
    zone: ZONE,
    stylesheetHref: '/assets/narrows.css',
    ...changes,
  };
}
