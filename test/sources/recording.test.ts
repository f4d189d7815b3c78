import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { readDelivery } from '#src/ingest/read-delivery.ts';
import { ADA, anAccount, aRecording, at, GHOST_ACCOUNT, GRACE, LIN, ms, ROBOT, type Payload } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { aListing, evidenceOf, sightingsOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const TAKEN = ms('18:00:00');
const A = 'a'.repeat(40);
const WHEN = { created_at: at('12:10:00'), actor: ADA };

const ITEMS: readonly (readonly [item: Payload, expected: unknown[] | null])[] = [
  [{ event: 'committed', sha: A, author_date: at('11:00:00'), committer_date: at('11:30:00') }, ['committed', A, at('11:30:00'), 'github', null, { authorDate: ms('11:00:00'), committerDate: ms('11:30:00'), sha: A }]],
  [{ event: 'committed', sha: A, author: { date: at('11:00:00') }, committer: { date: at('11:30:00') } }, ['committed', A, at('11:30:00'), 'github', null, { authorDate: ms('11:00:00'), committerDate: ms('11:30:00'), sha: A }]],
  [{ event: 'committed', sha: A, committer_date: at('11:30:00') }, ['committed', A, at('11:30:00'), 'github', null, { authorDate: ms('11:30:00'), committerDate: ms('11:30:00'), sha: A }]],
  [{ event: 'commented', id: 21, user: GRACE, created_at: at('12:10:00') }, ['commented', '21', at('12:10:00'), 'github', '#2']],
  [{ event: 'commented', id: 21, user: null, created_at: at('12:10:00') }, ['commented', '21', at('12:10:00'), 'github', 'ghost']],
  [{ event: 'commented', id: 21, user: GHOST_ACCOUNT, created_at: at('12:10:00') }, ['commented', '21', at('12:10:00'), 'github', 'ghost']],
  [{ event: 'reviewed', id: 11, user: GRACE, submitted_at: at('12:10:00'), state: 'approved' }, ['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'APPROVED' }]],
  [{ event: 'reviewed', id: 11, user: GRACE, submitted_at: at('12:10:00'), state: 'DISMISSED' }, ['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'DISMISSED' }]],
  [{ event: 'reviewed', id: 11, user: GRACE, submitted_at: null, state: 'commented' }, null],
  [{ event: 'reviewed', id: 11, user: GRACE, submitted_at: at('12:10:00'), state: 'PENDING' }, null],
  [{ event: 'review_dismissed', ...WHEN, dismissed_review: { state: 'changes_requested', review_id: 11 } }, ['review_dismissed', null, at('12:10:00'), 'github', '#1', { state: 'CHANGES_REQUESTED', reviewId: '11' }]],
  [{ event: 'review_requested', ...WHEN, requested_reviewer: GRACE }, ['review_requested', null, at('12:10:00'), 'github', '#1', { target: '#2' }]],
  [{ event: 'review_requested', ...WHEN, requested_reviewer: 'grace' }, ['review_requested', null, at('12:10:00'), 'github', '#1', { target: '@grace' }]],
  [{ event: 'review_requested', ...WHEN, requested_reviewer: null }, ['review_requested', null, at('12:10:00'), 'github', '#1', { target: 'ghost' }]],
  [{ event: 'review_requested', ...WHEN, requested_team: { slug: 'owners', name: 'Owners' } }, ['review_requested', null, at('12:10:00'), 'github', '#1', { target: '%owners' }]],
  [{ event: 'review_requested', ...WHEN, requested_team: 'owners' }, ['review_requested', null, at('12:10:00'), 'github', '#1', { target: '%owners' }]],
  [{ event: 'review_request_removed', ...WHEN, requested_reviewer: ROBOT }, ['review_request_removed', null, at('12:10:00'), 'github', '#1', { target: '#4' }]],
  [{ event: 'ready_for_review', ...WHEN }, ['ready_for_review', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'convert_to_draft', ...WHEN }, ['converted_to_draft', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'converted_to_draft', ...WHEN }, ['converted_to_draft', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'head_ref_force_pushed', ...WHEN, commit_id: A }, ['force_pushed', null, at('12:10:00'), 'github', '#1', { after: A }]],
  [{ event: 'head_ref_force_pushed', ...WHEN, commit_id: null }, ['force_pushed', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'added_to_merge_queue', ...WHEN }, ['added_to_merge_queue', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'removed_from_merge_queue', ...WHEN, reason: 'failed_checks' }, ['removed_from_merge_queue', null, at('12:10:00'), 'github', '#1', { reason: 'failed_checks' }]],
  [{ event: 'merged', ...WHEN, commit_id: A }, ['merged', null, at('12:10:00'), 'github', '#1', { sha: A }]],
  [{ event: 'closed', created_at: at('12:10:00'), actor: null }, ['closed', null, at('12:10:00'), 'github', 'ghost']],
  [{ event: 'reopened', ...WHEN }, ['reopened', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'labeled', ...WHEN, label: 'bug' }, ['labeled', null, at('12:10:00'), 'github', '#1', { label: 'bug' }]],
  [{ event: 'unlabeled', ...WHEN, label: { name: 'bug', color: 'fff' } }, ['unlabeled', null, at('12:10:00'), 'github', '#1', { label: 'bug' }]],
  [{ event: 'assigned', ...WHEN, assignee: LIN }, ['assigned', null, at('12:10:00'), 'github', '#1', { target: '#3' }]],
  [{ event: 'milestoned', ...WHEN, milestone: { title: 'v1' } }, ['milestoned', null, at('12:10:00'), 'github', '#1', { target: '=v1' }]],
  [{ event: 'referenced', ...WHEN, commit_id: A }, ['referenced', null, at('12:10:00'), 'github', '#1', { sha: A }]],
  [{ event: 'mentioned', ...WHEN, actor: LIN }, ['mentioned', null, at('12:10:00'), 'github', '#3', { target: '#3' }]],
  [{ event: 'subscribed', ...WHEN, actor: LIN }, ['subscribed', null, at('12:10:00'), 'github', '#3', { target: '#3' }]],
  [{ event: 'locked', ...WHEN, lock_reason: 'spam' }, ['locked', null, at('12:10:00'), 'github', '#1', { reason: 'spam' }]],
  [{ event: 'an event of tomorrow', ...WHEN }, ['an event of tomorrow', null, at('12:10:00'), 'github', '#1']],
  [{ event: 'line-commented', comments: [] }, null],
];

describe('an item of a recorded timeline', () => {
  test.each(ITEMS.map(([item, expected], index) => ({ item, expected, name: `${String(item['event'])} (row ${String(index + 1)})` })))('$name becomes what the table says', ({ item, expected }) => {
    const reading = readDelivery(aListing(aRecording({ events: [item] }), TAKEN), sources);

    expect(sightingsOf(reading)).toEqual(expected === null ? [] : [expected]);
  });

  test.each([
    ['committed', { sha: A }, 'a committed event without its sha or committer date'],
    ['commented', { user: GRACE, created_at: at('12:10:00') }, 'a commented event without its id or time'],
    ['reviewed', { id: 11, user: GRACE, submitted_at: at('12:10:00') }, 'a reviewed event without its id or time'],
    ['review_requested', WHEN, 'a review_requested event without its time or reviewer'],
    ['closed', { actor: ADA }, 'a closed event without its id or time'],
  ])('%s that cannot be read refuses the whole listing, which would otherwise declare it gone', (event, item, reason) => {
    const reading = readDelivery(aListing(aRecording({ events: [{ event, ...item }] }), TAKEN), sources);

    expect(reading).toEqual({ outcome: 'dead', reason });
  });
});

describe('a recording', () => {
  test('is a complete listing of everything, taken when it was taken', () => {
    const recording = aRecording({ events: [{ event: 'reopened', ...WHEN }] });

    const evidence = evidenceOf(readDelivery(aListing(recording, TAKEN), sources));

    const [mark] = evidence.listings;
    expect(evidence.listings).toEqual([{ takenAt: TAKEN, digest: expect.stringMatching(/^[0-9a-f]{12}$/), covers: 'everything' }]);
    expect(Object.values(evidence.sightings)).toEqual([expect.objectContaining({ listed: mark, saidAt: TAKEN, knownAt: TAKEN, knownBy: null })]);
  });

  test('lists inline comments with their reviews', () => {
    const comments = [
      { id: 31, created_at: at('12:09:00'), user: GRACE, pull_request_review_id: 11 },
      { id: 32, created_at: at('12:09:30'), user: null },
    ];

    const reading = readDelivery(aListing(aRecording({ review_comment_list: comments }), TAKEN), sources);

    expect(sightingsOf(reading)).toEqual([
      ['review_commented', '31', at('12:09:00'), 'github', '#2', { reviewId: '11' }],
      ['review_commented', '32', at('12:09:30'), 'github', 'ghost'],
    ]);
  });

  test('of an issue is ignored, with the reason', () => {
    const reading = readDelivery(aListing(aRecording({ kind: 'issue' }), TAKEN), sources);

    expect(reading).toEqual({ outcome: 'ignored', reason: 'an issue, not a pull request' });
  });

  test.each([
    ['says so itself', { complete: false }, 'an incomplete listing: it says so itself'],
    ['holds fewer commits than the pull request', { commits: 2, events: [ITEMS[0]?.[0]] }, 'an incomplete listing: 1 of 2 commits'],
    ['holds fewer comments than the pull request', { comments: 1 }, 'an incomplete listing: 0 of 1 comments'],
  ])('that %s was cut off and is ignored, with the reason', (_what, more, reason) => {
    const reading = readDelivery(aListing(aRecording(more), TAKEN), sources);

    expect(reading).toEqual({ outcome: 'ignored', reason });
  });

  test('with 250 commits is complete whatever the pull request has: GitHub lists no more', () => {
    const events = Array.from({ length: 250 }, (_, index) => ({ event: 'committed', sha: String(index).padStart(40, '0'), committer_date: at('11:30:00') }));

    const reading = readDelivery(aListing(aRecording({ commits: 1639, events }), TAKEN), sources);

    expect(Object.keys(evidenceOf(reading).sightings)).toHaveLength(250);
    expect(evidenceOf(reading).attributes.commits?.value).toBe(1639);
  });

  test('of two pull requests of one file the one updated later shows the newer login', () => {
    const stale = aRecording({ user: anAccount('zoe-once', 9), updated_at: '2022-08-16T16:57:31Z' });
    const fresh = aRecording({ user: anAccount('alice-now', 9), updated_at: '2022-10-01T09:00:00Z' });

    const seen = [stale, fresh].map((recording) => readDelivery(aListing(recording, TAKEN), sources));

    const [before, after] = seen.map((reading) => (reading.outcome === 'facts' ? reading.changes.accounts?.[0]?.seenAt : undefined));
    expect(before).toBeLessThan(after ?? 0);
    expect(after).toBeLessThanOrEqual(TAKEN);
    expect(before).toBeGreaterThan(TAKEN - 1000);
  });

  test('however long ago a pull request was updated, a later file shows the newer login', () => {
    const once = readDelivery(aListing(aRecording({ updated_at: at('12:00:00') }), TAKEN), sources);
    const decadesLater = readDelivery(aListing(aRecording({ updated_at: '2005-01-01T00:00:00Z' }), TAKEN + 1000), sources);

    const [before, after] = [once, decadesLater].map((reading) => (reading.outcome === 'facts' ? reading.changes.accounts?.[0]?.seenAt : undefined));

    expect(before).toBeLessThan(after ?? 0);
  });
});
