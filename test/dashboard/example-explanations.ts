import type { StayLineView, StaysView } from '#src/dashboard/stays-view.ts';
import type { WaitLineView, WaitsView } from '#src/dashboard/waits-view.ts';

import { age, FIRST_RESPONSE } from './example-figures.ts';
import { aFrame, at, OPEN_GAP, TWELVE_WEEKS } from './example-frame.ts';
import { HOSTILE_HREFS, HOSTILE_TEXTS } from './hostile-views.ts';

function aWaitLine(changes: Partial<WaitLineView> = {}): WaitLineView {
  return {
    key: '1 4021 review.first_response  1',
    title: 'Rotate payout signing keys',
    href: '/pull-requests/acme/payments-api/4021',
    repository: 'acme/payments-api',
    number: 4021,
    stage: 'review.first_response',
    round: 1,
    waitsOn: null,
    startedAt: at('2025-10-24T09:12:00+02:00'),
    endedAt: at('2025-10-24T16:40:00+02:00'),
    outcome: 'responded',
    endedAsAsked: true,
    seconds: 26_880,
    ...changes,
  };
}

/** The waits behind the first response of the team in the pictures. */
export function aWaitsView(changes: Partial<WaitsView> = {}): WaitsView {
  return {
    frame: aFrame({ current: null }),
    window: TWELVE_WEEKS,
    stage: 'review.first_response',
    explanation: {
      definition: 'How long an open pull request that is not a draft waits for the first review or comment by a person other than its author.',
      population: 'Every pull request from its first moment open and not a draft.',
      exclusions: 'Responses while it was still a draft (`early`) stand outside.',
      bias: 'A response by someone whom GitHub deleted counts as one by an unknown person.',
      method: 'Every wait that overlaps the window counts for the part inside it, still waiting or not; ends other than the asked one compete with it (Aalen-Johansen).',
      row: { key: 'review.first_response', name: null, figure: { ...FIRST_RESPONSE, p90: age(400_000) }, href: null, waitsHref: '#list' },
      leftOut: [{ reason: 'answered before it was asked: the answer came while it was a draft', count: 12 }],
      finishedOnly: { n: 458, p50: 17_000, p90: 350_000 },
    },
    quality: { gaps: [OPEN_GAP], dataQualityHref: null },
    waits: [
      aWaitLine(),
      aWaitLine({ key: '2', title: null, round: 2, endedAt: null, outcome: null, endedAsAsked: false, seconds: 2_600_000, waitsOn: 'payments-reviewers' }),
      aWaitLine({ key: '3', repository: 'acme/a-repository-with-a-name-as-long-as-github-lets-it-be', outcome: 'removed_from_merge_queue', endedAsAsked: false }),
    ],
    isFirstPage: true,
    nextHref: '/waits?stage=review.first_response&cursor=abc',
    csvHref: '/waits?stage=review.first_response&format=csv',
    ...changes,
  };
}

function aStayLine(changes: Partial<StayLineView> = {}): StayLineView {
  return {
    key: '1',
    title: 'Rotate payout signing keys',
    href: '/pull-requests/acme/payments-api/4021',
    repository: 'acme/payments-api',
    number: 4021,
    phase: 'awaiting_first_response',
    enteredAt: at('2025-10-24T09:12:00+02:00'),
    leftAt: at('2025-10-24T16:40:00+02:00'),
    countedSeconds: 26_880,
    ...changes,
  };
}

/** The stays behind the bottleneck of the team in the pictures. */
export function aStaysView(changes: Partial<StaysView> = {}): StaysView {
  return {
    frame: aFrame({ current: null }),
    window: TWELVE_WEEKS,
    stock: 'awaiting_first_response',
    standing: { value: 17.2, interval: { low: 14.1, high: 20.8 } },
    share: 0.38,
    staleAfterDays: 30,
    quality: { gaps: [], dataQualityHref: null },
    stays: [aStayLine(), aStayLine({ key: '2', title: null, leftAt: null, countedSeconds: 8_640_000 }), aStayLine({ key: '3', enteredAt: at('2019-10-24T09:12:00+02:00') })],
    isFirstPage: true,
    nextHref: '/stays?stock=awaiting_first_response&cursor=abc',
    csvHref: '/stays?stock=awaiting_first_response&format=csv',
    ...changes,
  };
}

const hostileLine = (title: string, index: number) => ({ key: String(index), title, href: HOSTILE_HREFS[index % HOSTILE_HREFS.length] ?? '', repository: HOSTILE_TEXTS[(index + 3) % HOSTILE_TEXTS.length] ?? '' });

/** The waits behind a figure, all of them named to break out of the page. */
export function hostileWaitsView(): WaitsView {
  const waits = HOSTILE_TEXTS.map((title, index) => aWaitLine({ ...hostileLine(title, index), waitsOn: title, outcome: title }));
  return aWaitsView({ waits, nextHref: HOSTILE_HREFS[0], csvHref: HOSTILE_HREFS[2] });
}

/** The stays behind a stock, all of them named to break out of the page. */
export function hostileStaysView(): StaysView {
  return aStaysView({ stays: HOSTILE_TEXTS.map((title, index) => aStayLine(hostileLine(title, index))), nextHref: HOSTILE_HREFS[0], csvHref: HOSTILE_HREFS[2] });
}
