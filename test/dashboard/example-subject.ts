import type { EventView, LaneView, SubjectView } from '#src/dashboard/subject-view.ts';
import { dayStarts, weekdayOf } from '#src/wording/date-text.ts';

import { aFrame, at, ZONE } from './example-frame.ts';

/** A moment of November 2025 in Berlin: `'03 09:12'`. */
const nov = (text: string): number => at(`2025-11-${text.replace(' ', 'T')}:00+01:00`);

export function aLane(changes: Partial<LaneView> & Pick<LaneView, 'stage' | 'startedAt' | 'endedAt' | 'seconds'>): LaneView {
  return { round: 1, waitsOn: null, pauses: [], outcome: 'responded', endedAsAsked: true, workingSeconds: changes.seconds / 3, ...changes };
}

function lane(stage: LaneView['stage'], from: string, to: string, working: number, changes: Partial<LaneView> = {}): LaneView {
  const [startedAt, endedAt] = [nov(from), nov(to)];
  return aLane({ stage, startedAt, endedAt, seconds: (endedAt - startedAt) / 1000, workingSeconds: working * 60, ...changes });
}

export function anEvent(moment: string, kind: string, changes: Partial<EventView> = {}): EventView {
  return { at: nov(moment), kind, actor: 'mira-k', timeFrom: 'github', draft: null, state: null, target: null, reason: null, label: null, sha: null, byBot: false, ends: [], ...changes };
}

/** Nights and weekends outside 9:00 to 18:00. */
function offHours(fromAt: number, toAt: number): SubjectView['offHours'] {
  const HOUR = 3_600_000;
  return dayStarts(fromAt - 24 * HOUR, toAt, ZONE).flatMap((day) =>
    weekdayOf(day, ZONE) > 5
      ? [{ fromAt: day, toAt: day + 24 * HOUR }]
      : [
          { fromAt: day, toAt: day + 9 * HOUR },
          { fromAt: day + 18 * HOUR, toAt: day + 24 * HOUR },
        ],
  );
}

/** The pull request of the pictures. */
export function aSubjectView(changes: Partial<SubjectView> = {}): SubjectView {
  return {
    frame: aFrame({ current: null, bar: null, query: '' }),
    repository: 'saltmarsh/payments-api',
    repositoryHref: '/?scope=repository:saltmarsh/payments-api',
    number: 4187,
    title: 'Retry payouts with idempotency keys',
    author: 'mira-k',
    state: 'deployed',
    openedAt: nov('03 09:12'),
    endedAt: nov('11 09:19'),
    githubHref: 'https://github.com/saltmarsh/payments-api/pull/4187',
    stays: [
      { phase: 'draft', enteredAt: nov('03 09:12'), leftAt: nov('03 16:05') },
      { phase: 'awaiting_first_response', enteredAt: nov('03 16:05'), leftAt: nov('03 16:31') },
      { phase: 'fixing_pipeline', enteredAt: nov('03 16:31'), leftAt: nov('03 17:20') },
      { phase: 'awaiting_first_response', enteredAt: nov('03 17:20'), leftAt: nov('06 10:48') },
      { phase: 'author_rework', enteredAt: nov('06 10:48'), leftAt: nov('07 11:30') },
      { phase: 'awaiting_review', enteredAt: nov('07 11:30'), leftAt: nov('10 14:20') },
      { phase: 'awaiting_merge', enteredAt: nov('10 14:20'), leftAt: nov('10 15:02') },
      { phase: 'merge_queue', enteredAt: nov('10 15:02'), leftAt: nov('10 15:31') },
      { phase: 'awaiting_merge', enteredAt: nov('10 15:31'), leftAt: nov('10 15:50') },
      { phase: 'merge_queue', enteredAt: nov('10 15:50'), leftAt: nov('10 16:14') },
      { phase: 'awaiting_deploy', enteredAt: nov('10 16:14'), leftAt: nov('10 16:22') },
      { phase: 'awaiting_deploy_approval', enteredAt: nov('10 16:22'), leftAt: nov('11 09:05') },
      { phase: 'awaiting_deploy', enteredAt: nov('11 09:05'), leftAt: nov('11 09:19') },
      { phase: 'ended', enteredAt: nov('11 09:19'), leftAt: null },
    ],
    lanes: [
      lane('change.draft', '03 09:12', '03 16:05', 413),
      lane('review.first_response', '03 16:05', '06 10:48', 1213),
      lane('review.request_response', '03 16:06', '06 10:48', 1212, { waitsOn: 'payments-reviewers' }),
      lane('review.request_response', '03 16:06', '05 11:20', 734, { waitsOn: 'platform-security', outcome: 'removed', endedAsAsked: false }),
      lane('review.rework', '06 10:48', '07 11:30', 552),
      lane('review.request_response', '07 11:32', '10 14:20', 678, { waitsOn: 'payments-reviewers', round: 2 }),
      lane('review.approval', '03 16:05', '10 14:20', 2445),
      lane('change.merge', '10 14:20', '10 16:14', 114),
      lane('change.merge_queue', '10 15:02', '10 15:31', 29, { outcome: 'removed', endedAsAsked: false }),
      lane('change.merge_queue', '10 15:50', '10 16:14', 24, { round: 2 }),
      lane('change.deploy', '10 16:14', '11 09:19', 95),
    ],
    offHours: offHours(nov('03 00:00'), nov('11 12:00')),
    calendarOf: 'Payments',
    dataQualityHref: '/data-quality',
    gaps: [],
    events: [
      anEvent('03 09:12', 'opened', { draft: true }),
      anEvent('03 16:05', 'ready_for_review'),
      anEvent('03 16:06', 'review_requested', { target: 'payments-reviewers' }),
      anEvent('03 16:06', 'review_requested', { target: 'platform-security' }),
      anEvent('03 16:07', 'commented', { actor: 'coverage-bot', byBot: true }),
      anEvent('03 17:20', 'pushed', { timeFrom: 'near' }),
      anEvent('05 11:20', 'review_request_removed', { target: 'platform-security' }),
      anEvent('06 10:48', 'reviewed', { actor: 'jdw', state: 'CHANGES_REQUESTED', ends: ['review.first_response'] }),
      anEvent('07 11:30', 'pushed', { timeFrom: 'near', ends: ['review.rework'] }),
      anEvent('07 11:32', 'review_requested', { target: 'payments-reviewers' }),
      anEvent('10 14:20', 'reviewed', { actor: 'jdw', state: 'APPROVED', ends: ['review.approval'] }),
      anEvent('10 15:02', 'added_to_merge_queue', { actor: 'jdw' }),
      anEvent('10 15:31', 'removed_from_merge_queue', { actor: null, reason: 'failed checks' }),
      anEvent('10 15:50', 'added_to_merge_queue'),
      anEvent('10 16:14', 'merged', { actor: null }),
      anEvent('11 09:19', 'deployed', { actor: null }),
    ],
    eventsCsvHref: null,
    ...changes,
  };
}

/** One that is still open and has no calendar. */
export function anOpenSubjectView(changes: Partial<SubjectView> = {}): SubjectView {
  const opened = nov('20 14:00');
  const waited = (at('2025-11-24T08:00:00+01:00') - opened) / 1000;
  return aSubjectView({
    state: 'open',
    openedAt: opened,
    endedAt: null,
    stays: [{ phase: 'awaiting_first_response', enteredAt: opened, leftAt: null }],
    lanes: [aLane({ stage: 'review.first_response', startedAt: opened, endedAt: null, outcome: null, endedAsAsked: false, seconds: waited, workingSeconds: null })],
    offHours: [],
    calendarOf: null,
    events: [anEvent('20 14:00', 'opened', { draft: false })],
    ...changes,
  });
}
