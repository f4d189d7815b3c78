import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { ADA, aCommentEvent, aPullRequestEvent, aRecording, at, GRACE, LIN, ms, type Payload } from '#test/support/github-payloads.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';
import { aListing, pullRequestOf, timelineOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const C = 'c'.repeat(40);

function observed(action: string, time: string, pull: Payload = {}, more: Payload = {}) {
  return aWebhook('pull_request', aPullRequestEvent(action, { updated_at: at(time), ...pull }, more), { deliveredAt: ms(time) });
}

function listing(takenAt: string, pull: Payload, ...events: readonly Payload[]) {
  return aListing(aRecording({ updated_at: at('12:00:00'), ...pull, events }), ms(takenAt));
}

function listed(event: string, time: string, more: Payload = {}): Payload {
  return { event, created_at: at(time), actor: ADA, ...more };
}

describe('opened', () => {
  test('is by the author, at the time of creation, whoever sent the delivery that tells of it', () => {
    const events = timelineOf(sources, [observed('labeled', '12:30:00', {}, { sender: GRACE })], ['opened']);

    expect(events).toEqual([['opened', null, at('12:00:00'), 'github', '#1', { draft: false }]]);
  });

  test.each([
    ['as the opening said', [observed('opened', '12:00:00', { draft: true }), observed('labeled', '12:30:00', { draft: false })], true],
    ['as the opening said, against the first draft event', [observed('opened', '12:00:00', { draft: false }), observed('ready_for_review', '12:30:00')], false],
    ['a draft where the first draft event made it ready', [observed('ready_for_review', '12:30:00'), observed('converted_to_draft', '12:40:00', { draft: true })], true],
    ['no draft where the first draft event made it one', [observed('converted_to_draft', '12:30:00', { draft: true }), observed('ready_for_review', '12:40:00')], false],
    ['as it is now where there is no draft event', [observed('labeled', '12:30:00', { draft: true })], true],
  ])('is %s', (_what, deliveries, expected) => {
    const { events } = pullRequestOf(sources, deliveries);

    expect(events.find(({ kind }) => kind === 'opened')?.detail.draft).toBe(expected);
  });

  test('leaves open whether it was a draft where nothing tells', () => {
    const comment = aWebhook('issue_comment', aCommentEvent('created', {}, { draft: undefined }));

    expect(timelineOf(sources, [comment], ['opened'])).toEqual([['opened', null, at('12:00:00'), 'github', '#1']]);
  });
});

describe('merged and closed', () => {
  const ended = { state: 'closed', closed_at: at('14:00:00'), merged_at: at('14:00:00') };

  test("carry the pull request's own times, which its timeline may miss by a second", () => {
    const timeline = [listed('merged', '14:00:01', { commit_id: C, actor: GRACE }), listed('closed', '13:59:59', { actor: GRACE })];

    const events = timelineOf(sources, [listing('15:00:00', ended, ...timeline)], ['merged', 'closed']);

    expect(events).toEqual([
      ['merged', null, at('14:00:00'), 'github', '#2', { sha: C }],
      ['closed', null, at('14:00:00'), 'github', '#2'],
    ]);
  });

  test('are known from the pull request where no event tells of them', () => {
    const events = timelineOf(sources, [observed('labeled', '14:30:00', { ...ended, merged_by: LIN, merge_commit_sha: C })], ['merged', 'closed']);

    expect(events).toEqual([
      ['merged', null, at('14:00:00'), 'github', '#3', { sha: C }],
      ['closed', null, at('14:00:00'), 'github', null],
    ]);
  });

  test('only the last close carries closed_at', () => {
    const timeline = [listed('closed', '12:30:00'), listed('reopened', '12:40:00'), listed('closed', '14:00:02')];

    const events = timelineOf(sources, [listing('15:00:00', { state: 'closed', closed_at: at('14:00:00') }, ...timeline)], ['closed', 'reopened']);

    expect(events.map((event) => (event as unknown[]).slice(0, 3))).toEqual([
      ['closed', null, at('12:30:00')],
      ['reopened', null, at('12:40:00')],
      ['closed', null, at('14:00:00')],
    ]);
  });

  test('merged wins over closed: the last word on the state does not take it back', () => {
    const deliveries = [observed('closed', '14:00:00', { ...ended, merged_by: GRACE }), observed('labeled', '14:30:00', { state: 'open' })];

    const { state, mergedAt, closedAt } = pullRequestOf(sources, deliveries);

    expect({ state, mergedAt, closedAt }).toEqual({ state: 'closed', mergedAt: ms('14:00:00'), closedAt: ms('14:00:00') });
  });
});

describe('a change of state that no event tells of', () => {
  test('reopened is inferred between the close and what shows it open, and not once a listing names every event', () => {
    const closed = observed('closed', '13:00:00', { state: 'closed', closed_at: at('13:00:00') });
    const shownOpen = observed('labeled', '14:00:00');

    const inferred = timelineOf(sources, [closed, shownOpen], ['closed', 'reopened']);
    const told = timelineOf(sources, [closed, shownOpen, listing('15:00:00', { updated_at: at('14:00:00') }, listed('closed', '13:00:00'), listed('reopened', '13:30:00'))], ['reopened']);

    expect(inferred).toEqual([
      ['closed', null, at('13:00:00'), 'github', '#1'],
      ['reopened', null, at('14:00:00'), 'bound', null],
    ]);
    expect(told).toEqual([['reopened', null, at('13:30:00'), 'github', '#1']]);
  });

  test.each([
    ['ready_for_review', true, false],
    ['converted_to_draft', false, true],
  ])('%s is inferred from what shows the draft state changed', (kind, before, after) => {
    const deliveries = [observed('opened', '12:00:00', { draft: before }), observed('labeled', '14:00:00', { draft: after })];

    expect(timelineOf(sources, deliveries, ['ready_for_review', 'converted_to_draft'])).toEqual([[kind, null, at('14:00:00'), 'bound', null]]);
  });
});

describe('the order of one second', () => {
  test('is that of the kinds, so that to comment and close is a response first and an end second', () => {
    const timeline = [
      listed('closed', '13:00:00'),
      { event: 'commented', id: 22, user: GRACE, created_at: at('13:00:00') },
      { event: 'commented', id: 21, user: GRACE, created_at: at('13:00:00') },
      { event: 'reviewed', id: 11, user: GRACE, submitted_at: at('13:00:00'), state: 'approved' },
      listed('review_requested', '13:00:00', { requested_reviewer: GRACE }),
      listed('review_request_removed', '13:00:00', { requested_reviewer: GRACE }),
      listed('ready_for_review', '13:00:00'),
      listed('head_ref_force_pushed', '13:00:00', { commit_id: C }),
      listed('review_dismissed', '13:00:00', { dismissed_review: { review_id: 11, state: 'approved' } }),
      listed('reopened', '13:00:00'),
      listed('merged', '13:00:00', { commit_id: C }),
      listed('labeled', '13:00:00', { label: 'bug' }),
    ];
    const pull = { state: 'closed', closed_at: at('13:00:00'), merged_at: at('13:00:00'), created_at: at('13:00:00') };

    const { events } = pullRequestOf(sources, [listing('15:00:00', pull, ...timeline)]);

    expect(events.map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`))).toEqual([
      'opened',
      'ready_for_review',
      'review_request_removed',
      'review_requested',
      'force_pushed',
      'reviewed 11',
      'commented 21',
      'commented 22',
      'review_dismissed',
      'merged',
      'closed',
      'reopened',
      'labeled',
    ]);
  });
});
