import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import {
  aCommentEvent,
  anInlineCommentEvent,
  aPullRequestPayload,
  aRepository,
  aReviewEvent,
  at,
  GRACE,
  LIN,
  ms,
} from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { evidenceOf, readWebhook, sightingsOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

describe('pull_request_review', () => {
  test.each([
    ['submitted', 'approved', 'APPROVED'],
    ['submitted', 'changes_requested', 'CHANGES_REQUESTED'],
    ['submitted', 'commented', 'COMMENTED'],
    ['submitted', 'COMMENTED', 'COMMENTED'],
    ['edited', 'approved', 'APPROVED'],
  ])("%s as %s is a review in GitHub's capitals, at the time it was submitted", (action, state, expected) => {
    const reading = readWebhook(sources, 'pull_request_review', aReviewEvent(action, { state }));

    expect(sightingsOf(reading)).toEqual([['reviewed', '11', at('12:10:00'), 'github', '#2', { state: expected }]]);
  });

  test('dismissed tells of the review and of its dismissal, near the time of the payload and by the sender', () => {
    const payload = aReviewEvent('dismissed', { state: 'dismissed' }, { updated_at: at('12:40:00') }, { sender: LIN });

    const reading = readWebhook(sources, 'pull_request_review', payload);

    expect(sightingsOf(reading)).toEqual([
      ['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'DISMISSED' }],
      ['review_dismissed', null, at('12:40:00'), 'near', '#3', { reviewId: '11' }],
    ]);
  });

  test.each([
    ['pending', { state: 'pending', submitted_at: null }],
    ['PENDING', { state: 'PENDING' }],
    ['of no submission', { submitted_at: null }],
  ])('a review that is %s is ignored, with the reason', (_what, review) => {
    const reading = readWebhook(sources, 'pull_request_review', aReviewEvent('submitted', review));

    expect(reading).toEqual({ outcome: 'ignored', reason: 'a review that is not submitted yet' });
  });

  test('a review by a deleted account is by the ghost', () => {
    const reading = readWebhook(sources, 'pull_request_review', aReviewEvent('edited', { user: null }));

    expect(sightingsOf(reading)).toEqual([['reviewed', '11', at('12:10:00'), 'github', 'ghost', { state: 'APPROVED' }]]);
  });

  test('the payload leaves out the sizes of the pull request, so nothing is said of them', () => {
    const pull = { additions: undefined, deletions: undefined, changed_files: undefined, commits: undefined };

    const { attributes } = evidenceOf(readWebhook(sources, 'pull_request_review', aReviewEvent('submitted', {}, pull)));

    expect(Object.keys(attributes)).not.toContain('additions');
    expect(attributes.updated_at?.value).toBe(ms('12:10:01'));
  });
});

describe('pull_request_review_comment', () => {
  test.each(['created', 'edited', 'deleted'])('%s is an inline comment of its review', (action) => {
    const reading = readWebhook(sources, 'pull_request_review_comment', anInlineCommentEvent(action));

    expect(sightingsOf(reading)).toEqual([['review_commented', '31', at('12:09:00'), 'github', '#2', { reviewId: '11' }]]);
  });

  test('without a review it says of none', () => {
    const reading = readWebhook(sources, 'pull_request_review_comment', anInlineCommentEvent('created', { pull_request_review_id: null }));

    expect(sightingsOf(reading)).toEqual([['review_commented', '31', at('12:09:00'), 'github', '#2']]);
  });

  test('deleted also says that it is gone, from when we heard', () => {
    const reading = readWebhook(sources, 'pull_request_review_comment', anInlineCommentEvent('deleted'), { deliveredAt: ms('14:00:00') });

    expect(evidenceOf(reading).deletions).toEqual({ 'review_commented:31': ms('14:00:00') });
  });
});

describe('pull_request_review_thread', () => {
  const payload = {
    action: 'resolved',
    thread: { node_id: 'T_1', comments: [{ id: 31, user: GRACE, created_at: at('12:09:00'), pull_request_review_id: 11 }] },
    pull_request: aPullRequestPayload({ updated_at: at('12:10:01') }),
    repository: aRepository(),
    sender: LIN,
    updated_at: at('12:50:00'),
  };

  test.each(['resolved', 'unresolved'])('%s is an event of its own, and repeats the inline comments of the thread', (action) => {
    const reading = readWebhook(sources, 'pull_request_review_thread', { ...payload, action });

    expect(sightingsOf(reading)).toEqual([
      [`thread_${action}`, null, at('12:50:00'), 'near', '#3'],
      ['review_commented', '31', at('12:09:00'), 'github', '#2', { reviewId: '11' }],
    ]);
  });

  test('without a time of its own it is near the update of its pull request', () => {
    const reading = readWebhook(sources, 'pull_request_review_thread', { ...payload, updated_at: null });

    expect(sightingsOf(reading)[0]).toEqual(['thread_resolved', null, at('12:10:01'), 'near', '#3']);
  });
});

describe('issue_comment', () => {
  test.each(['created', 'edited', 'deleted'])('%s on a pull request is a comment at its own time', (action) => {
    const reading = readWebhook(sources, 'issue_comment', aCommentEvent(action));

    expect(sightingsOf(reading)).toEqual([['commented', '21', at('12:05:00'), 'github', '#2']]);
  });

  test('deleted also says that it is gone, from when we heard', () => {
    const reading = readWebhook(sources, 'issue_comment', aCommentEvent('deleted'), { deliveredAt: ms('14:00:00') });

    expect(evidenceOf(reading).deletions).toEqual({ 'commented:21': ms('14:00:00') });
  });

  test('on an issue it is ignored, with the reason', () => {
    const reading = readWebhook(sources, 'issue_comment', aCommentEvent('created', {}, { pull_request: undefined }));

    expect(reading).toEqual({ outcome: 'ignored', reason: 'a comment on an issue, not on a pull request' });
  });

  test('the issue in it tells of the pull request under the time of the issue', () => {
    const issue = { state: 'closed', closed_at: at('12:04:00'), pull_request: { merged_at: at('12:04:00') } };

    const { attributes } = evidenceOf(readWebhook(sources, 'issue_comment', aCommentEvent('created', {}, issue), { deliveredAt: ms('12:05:09') }));

    const version = { updatedAt: ms('12:05:00'), knownAt: ms('12:05:09') };
    expect(attributes).toEqual({
      title: { value: 'A title', ...version },
      state: { value: 'closed', ...version },
      draft: { value: false, ...version },
      author: { value: '#1', ...version },
      created_at: { value: ms('12:00:00'), ...version },
      updated_at: { value: ms('12:05:00'), ...version },
      closed_at: { value: ms('12:04:00'), ...version },
      merged_at: { value: ms('12:04:00'), ...version },
    });
  });
});
