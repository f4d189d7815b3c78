import type { FlowView } from '#src/dashboard/flow-view.ts';
import type { ReviewsView } from '#src/dashboard/reviews-view.ts';
import type { SubjectView } from '#src/dashboard/subject-view.ts';

import { aBar, aFrame, OPEN_GAP } from './example-frame.ts';
import { aWaiting } from './example-figures.ts';
import { aSubjectView, anEvent } from './example-subject.ts';
import { aFlowView, aReviewsView } from './examples.ts';

/** Texts that try to be more than text: markup, attributes, addresses, reversed and endless lines. */
export const HOSTILE_TEXTS = [
  '<script>window.hacked = 1</script>',
  '"><img src=x onerror="window.hacked = 1">',
  "' onmouseover='window.hacked = 1",
  '</title></bdi></a><svg onload="window.hacked = 1">',
  '&lt;script&gt;window.hacked = 1&lt;/script&gt;',
  '\u202Egpj.exe\u202C \u2066isolated',
  '{{constructor.constructor("window.hacked = 1")()}}',
  'unbreakable'.repeat(40),
  '\u0000\u0007\n\u2028',
  'עברית ועוד <b>bold</b>',
] as const;

/** Addresses that must never become a link. */
export const HOSTILE_HREFS = ['javascript:window.hacked=1', ' javascript:window.hacked=1', 'java\nscript:window.hacked=1', 'JaVaScRiPt:window.hacked=1', 'data:text/html,<script>window.hacked=1</script>', 'vbscript:x', '//evil.example/x', '/\\evil.example', 'https://evil.example\n', '\u0001javascript:window.hacked=1'] as const;

const text = (index: number): string => HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? '';
const href = (index: number): string => HOSTILE_HREFS[index % HOSTILE_HREFS.length] ?? '';

const FRAME = {
  organization: text(0),
  sample: { recordedFrom: text(1), connectHref: href(0) },
  bar: aBar({ scopes: HOSTILE_TEXTS.map((label, index) => ({ value: label, label, isChosen: index === 7 })), permanentHref: href(1), csvHref: href(2), carried: [{ name: text(1), value: text(2) }] }),
} as const;

const WAITING = HOSTILE_TEXTS.map((title, index) => aWaiting({ title, href: href(index), repository: text(index + 1), waitsOn: [text(index + 2), text(index + 3)] }));
const QUALITY = { gaps: [{ ...OPEN_GAP, repository: text(1) }], dataQualityHref: href(3) };

export function hostileFlowView(): FlowView {
  const view = aFlowView();
  return {
    ...view,
    frame: aFrame(FRAME),
    phases: view.phases.map((phase, index) => ({ ...phase, href: href(index) })),
    glances: view.glances.map((glance, index) => ({ ...glance, title: text(index), href: href(index) })),
    quality: QUALITY,
    waiting: WAITING,
    waitingAllHref: href(4),
  };
}

export function hostileReviewsView(): ReviewsView {
  const view = aReviewsView();
  const [first] = view.repositories;
  return {
    ...view,
    frame: aFrame({ ...FRAME, current: 'reviews' }),
    quality: QUALITY,
    repositories: first === undefined ? [] : HOSTILE_TEXTS.map((name, index) => ({ ...first, key: name, name, href: href(index), waitsHref: href(index + 1) })),
    waiting: WAITING,
    waitingAllHref: href(5),
  };
}

export function hostileSubjectView(): SubjectView {
  const view = aSubjectView();
  return {
    ...view,
    frame: aFrame({ ...FRAME, current: null, bar: null }),
    repository: text(1),
    repositoryHref: href(2),
    title: text(3),
    githubHref: href(4),
    calendarOf: text(5),
    lanes: view.lanes.map((lane, index) => ({ ...lane, waitsOn: text(index), outcome: lane.endedAsAsked ? lane.outcome : text(index) })),
    events: HOSTILE_TEXTS.map((one, index) => anEvent('03 09:12', index % 2 === 0 ? 'review_requested' : one, { actor: one, target: text(index + 1), label: one, reason: one, sha: one, timeFrom: 'github' })),
    gaps: [{ ...OPEN_GAP, repository: text(0) }],
    eventsCsvHref: href(6),
  };
}
