import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import {
  ADA,
  aCommentEvent,
  anAccount,
  anInlineCommentEvent,
  aPullRequestEvent,
  aRecording,
  aReviewEvent,
  at,
  GRACE,
  ms,
  type Payload,
} from '#test/support/github-payloads.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';
import { aListing, pullRequestOf, timelineOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const C = 'c'.repeat(40);

function observed(action: string, time: string, more: Payload = {}) {
  return aWebhook('pull_request', aPullRequestEvent(action, { updated_at: at(time) }, more), { deliveredAt: ms(time) });
}

/** A listing taken at a time of the day. */
function listing(takenAt: string, ...events: readonly Payload[]) {
  return aListing(aRecording({ events, updated_at: at('12:00:00') }), ms(takenAt));
}

const REVIEW = { event: 'reviewed', id: 11, user: GRACE, submitted_at: at('12:10:00'), state: 'approved' };
const COMMENT = { event: 'commented', id: 21, user: GRACE, created_at: at('12:05:00') };
const COMMIT = { event: 'committed', sha: C, author_date: at('11:00:00'), committer_date: at('11:30:00') };
const LABEL = { event: 'labeled', created_at: at('12:07:00'), actor: ADA, label: 'bug' };

describe('an event that the newest complete listing lacks', () => {
  test.each([
    ['61 s before it was taken', '13:00:00', '12:58:59', true],
    ['60 s before', '13:00:00', '12:59:00', true],
    ['59 s before', '13:00:00', '12:59:01', false],
    ['after', '13:00:00', '13:00:01', false],
  ])('%s is gone or stands as it should', (_when, takenAt, time, isGone) => {
    const deliveries = [observed('reopened', time), listing(takenAt)];

    expect(timelineOf(sources, deliveries, ['reopened'])).toHaveLength(isGone ? 0 : 1);
    expect(timelineOf(sources, deliveries, ['reopened'], true)).toHaveLength(1);
  });

  test('is gone although an older listing holds it, in whatever order the two come', () => {
    const [older, newer] = [listing('13:00:00', REVIEW), listing('14:00:00')];

    for (const deliveries of [[older, newer], [newer, older]]) {
      expect(timelineOf(sources, deliveries, ['reviewed'])).toEqual([]);
      expect(pullRequestOf(sources, deliveries, true).events.find(({ kind }) => kind === 'reviewed')).toMatchObject({ id: '11', goneAt: ms('14:00:00') });
    }
  });

  test('stands when a listing taken later holds it again', () => {
    const deliveries = [listing('13:00:00', REVIEW), listing('14:00:00'), listing('15:00:00', REVIEW)];

    expect(timelineOf(sources, deliveries, ['reviewed'])).toHaveLength(1);
  });

  test('is gone since the first listing that lacks it', () => {
    const deliveries = [listing('13:00:00', REVIEW), listing('14:00:00'), listing('15:00:00')];

    expect(pullRequestOf(sources, deliveries, true).events.find(({ kind }) => kind === 'reviewed')?.goneAt).toBe(ms('14:00:00'));
  });

  test('is a commit: it is gone at once, whatever its date says, for commits are those of the newest list', () => {
    const commit = { ...COMMIT, committer_date: at('13:59:59') };
    const deliveries = [listing('13:00:00', commit), listing('14:00:00')];

    expect(timelineOf(sources, deliveries, ['committed'])).toEqual([]);
    expect(pullRequestOf(sources, deliveries).arrivals).toEqual([]);
  });

  test('is a push: only webhooks know of pushes, so it stands', () => {
    const deliveries = [observed('synchronize', '12:30:00', { before: 'a'.repeat(40), after: C }), listing('13:00:00')];

    expect(timelineOf(sources, deliveries, ['pushed'])).toHaveLength(1);
  });

  test('is of a kind that no channel owes: it stands unless a listing has held it', () => {
    const seen = observed('labeled', '12:07:00', { label: { name: 'bug' } });

    expect(timelineOf(sources, [seen, listing('13:00:00')], ['labeled'])).toHaveLength(1);
    expect(timelineOf(sources, [listing('13:00:00', LABEL), listing('14:00:00')], ['labeled'])).toEqual([]);
  });
});

describe('a comment that was deleted', () => {
  test.each([
    ['issue_comment', 'commented', aCommentEvent('created'), aCommentEvent('deleted')],
    ['pull_request_review_comment', 'review_commented', anInlineCommentEvent('created'), anInlineCommentEvent('deleted')],
  ])('by a %s event is gone from then on, in whatever order the two come', (event, kind, created, deleted) => {
    const first = aWebhook(event, created, { deliveredAt: ms('12:06:00') });
    const last = aWebhook(event, deleted, { deliveredAt: ms('12:20:00') });

    for (const deliveries of [[first, last], [last, first], [last]]) {
      expect(timelineOf(sources, deliveries, [kind])).toEqual([]);
      expect(pullRequestOf(sources, deliveries, true).events.find((item) => item.kind === kind)?.goneAt).toBe(ms('12:20:00'));
    }
  });

  test('stays gone although a listing taken before still holds it', () => {
    const deliveries = [aWebhook('issue_comment', aCommentEvent('deleted'), { deliveredAt: ms('12:20:00') }), listing('12:15:00', COMMENT)];

    expect(timelineOf(sources, deliveries, ['commented'])).toEqual([]);
  });
});

describe('a listing that was cut off', () => {
  test('adds nothing and declares nothing gone', () => {
    const whole = listing('13:00:00', REVIEW, COMMENT);
    const cutOff = aListing(aRecording({ complete: false, events: [COMMENT, LABEL], updated_at: at('12:50:00') }), ms('14:00:00'));

    const { events } = pullRequestOf(sources, [whole, cutOff], true);

    expect(events).toEqual(pullRequestOf(sources, [whole], true).events);
  });
});

describe('a review that was dismissed', () => {
  const submitted = aWebhook('pull_request_review', aReviewEvent('submitted', { state: 'changes_requested' }), { deliveredAt: ms('12:10:02') });
  const dismissed = aWebhook('pull_request_review', aReviewEvent('dismissed', { state: 'dismissed' }), { deliveredAt: ms('12:30:00') });
  const listedDismissed = { ...REVIEW, state: 'DISMISSED' };

  test('keeps the state it had, in whatever order its events come', () => {
    for (const deliveries of [[submitted, dismissed], [dismissed, submitted]]) {
      expect(timelineOf(sources, deliveries, ['reviewed'])).toEqual([['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'CHANGES_REQUESTED' }]]);
    }
  });

  test('has the state that its dismissal names', () => {
    const dismissal = { event: 'review_dismissed', created_at: at('12:30:00'), actor: ADA, dismissed_review: { state: 'approved', review_id: 11 } };

    const events = timelineOf(sources, [listing('13:00:00', listedDismissed, dismissal)], ['reviewed']);

    expect(events).toEqual([['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'APPROVED' }]]);
  });

  test('keeps it although a later listing only knows that it was dismissed', () => {
    const events = timelineOf(sources, [submitted, listing('13:00:00', listedDismissed)], ['reviewed']);

    expect(events).toEqual([['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'CHANGES_REQUESTED' }]]);
  });

  test('of which nobody has told the state is only known to be dismissed', () => {
    const events = timelineOf(sources, [listing('13:00:00', listedDismissed)], ['reviewed']);

    expect(events).toEqual([['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'DISMISSED' }]]);
  });
});

describe('an inline comment', () => {
  const review = aWebhook('pull_request_review', aReviewEvent('submitted'));

  test.each([
    ['written before its review is visible with it', [review], '12:09:00', '12:10:00'],
    ['added to its review later is visible at once', [review], '12:30:00', '12:30:00'],
    ['of a review that is not known is visible at once', [], '12:09:00', '12:09:00'],
  ])('%s', (_what, others, written, visible) => {
    const comment = aWebhook('pull_request_review_comment', anInlineCommentEvent('created', { created_at: at(written) }));

    const { events } = pullRequestOf(sources, [comment, ...others]);

    expect(events.find(({ kind }) => kind === 'review_commented')?.detail.visibleAt).toBe(ms(visible));
  });
});

describe('an account that is named by a bare login', () => {
  const asked = { event: 'review_requested', created_at: at('12:03:00'), actor: ADA, requested_reviewer: 'Grace-Once' };

  test('is the account that was seen with that login, whatever it is called now', () => {
    const once = aWebhook('issue_comment', aCommentEvent('created', { user: anAccount('grace-once', 2) }), { deliveredAt: ms('12:05:00') });
    const now = aWebhook('issue_comment', aCommentEvent('created', { id: 22, user: anAccount('grace', 2) }), { deliveredAt: ms('15:00:00') });

    const events = timelineOf(sources, [listing('13:00:00', asked), now, once], ['review_requested']);

    expect(events).toEqual([['review_requested', null, at('12:03:00'), 'github', '#1', { target: '#2' }]]);
  });

  test('that nobody was seen with stands for itself', () => {
    const events = timelineOf(sources, [listing('13:00:00', asked)], ['review_requested']);

    expect(events).toEqual([['review_requested', null, at('12:03:00'), 'github', '#1', { target: '@Grace-Once' }]]);
  });
});
