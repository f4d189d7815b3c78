import { beforeAll, describe, expect, test } from '@jest/globals';
import { readDelivery, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { aPullRequestEvent, aRecording, aReviewEvent, at, GRACE, LIN, ms, type Payload } from '#test/support/github-payloads.ts';
import { ADA_ACTOR, anActor, aPullRequestListing, GRACE_ACTOR, ROBOT_ACTOR } from '#test/support/listed-pull-request.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';
import { aListing, evidenceOf, pullRequestOf, sightingsOf, timelineOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const TAKEN = ms('18:00:00');
const A = 'a'.repeat(40);
const WHEN = { createdAt: at('12:10:00'), actor: ADA_ACTOR };
const SHORT = [null, at('12:10:00'), 'github', '#1'];

const TIMELINE: readonly (readonly [node: Payload, expected: unknown[]])[] = [
  [{ __typename: 'ReviewRequestedEvent', ...WHEN, requestedReviewer: GRACE_ACTOR }, ['review_requested', ...SHORT, { target: '#2' }]],
  [{ __typename: 'ReviewRequestedEvent', ...WHEN, requestedReviewer: ROBOT_ACTOR }, ['review_requested', ...SHORT, { target: '#4' }]],
  [{ __typename: 'ReviewRequestedEvent', ...WHEN, requestedReviewer: null }, ['review_requested', ...SHORT, { target: 'ghost' }]],
  [{ __typename: 'ReviewRequestedEvent', ...WHEN, requestedReviewer: { __typename: 'Team', teamId: 7, slug: 'owners' } }, ['review_requested', ...SHORT, { target: '%owners' }]],
  [{ __typename: 'ReviewRequestRemovedEvent', ...WHEN, requestedReviewer: GRACE_ACTOR }, ['review_request_removed', ...SHORT, { target: '#2' }]],
  [{ __typename: 'ReviewDismissedEvent', ...WHEN, previousReviewState: 'CHANGES_REQUESTED', review: { fullDatabaseId: '11' } }, ['review_dismissed', ...SHORT, { state: 'CHANGES_REQUESTED', reviewId: '11' }]],
  [{ __typename: 'ReviewDismissedEvent', ...WHEN, previousReviewState: 'APPROVED', review: null }, ['review_dismissed', ...SHORT, { state: 'APPROVED' }]],
  [{ __typename: 'ReadyForReviewEvent', ...WHEN }, ['ready_for_review', ...SHORT]],
  [{ __typename: 'ConvertToDraftEvent', ...WHEN }, ['converted_to_draft', ...SHORT]],
  [{ __typename: 'HeadRefForcePushedEvent', ...WHEN, afterCommit: { oid: A } }, ['force_pushed', ...SHORT, { after: A }]],
  [{ __typename: 'HeadRefForcePushedEvent', ...WHEN, afterCommit: null }, ['force_pushed', ...SHORT]],
  [{ __typename: 'AddedToMergeQueueEvent', ...WHEN }, ['added_to_merge_queue', ...SHORT]],
  [{ __typename: 'RemovedFromMergeQueueEvent', ...WHEN, reason: 'failed_checks' }, ['removed_from_merge_queue', ...SHORT, { reason: 'failed_checks' }]],
  [{ __typename: 'MergedEvent', ...WHEN, commit: { oid: A } }, ['merged', ...SHORT, { sha: A }]],
  [{ __typename: 'ClosedEvent', createdAt: at('12:10:00'), actor: null }, ['closed', null, at('12:10:00'), 'github', 'ghost']],
  [{ __typename: 'ReopenedEvent', ...WHEN }, ['reopened', ...SHORT]],
  [{ __typename: 'LabeledEvent', ...WHEN, label: { name: 'bug' } }, ['labeled', ...SHORT, { label: 'bug' }]],
  [{ __typename: 'AssignedEvent', ...WHEN, assignee: GRACE_ACTOR }, ['assigned', ...SHORT, { target: '#2' }]],
  [{ __typename: 'RenamedTitleEvent', ...WHEN }, ['renamed', ...SHORT]],
  [{ __typename: 'BaseRefChangedEvent', ...WHEN }, ['base_ref_changed', ...SHORT]],
];

describe('an event of a listed timeline', () => {
  test.each(TIMELINE.map(([node, expected], index) => ({ node, expected, name: `${String(node['__typename'])} (row ${String(index + 1)})` })))('$name becomes what REST would have told', ({ node, expected }) => {
    const reading = readDelivery(aPullRequestListing({ timelineItems: [node] }, TAKEN), sources);

    expect(sightingsOf(reading)).toEqual([expected]);
  });
});

describe('a listed pull request', () => {
  const COMMITS = [{ commit: { oid: A, authoredDate: at('11:00:00'), committedDate: at('11:30:00') } }];
  const REVIEWS = [{ fullDatabaseId: '9007199254740993', state: 'APPROVED', submittedAt: at('12:20:00'), author: GRACE_ACTOR }];
  const COMMENTS = [{ fullDatabaseId: '21', createdAt: at('12:21:00'), author: ROBOT_ACTOR }];
  const LINE_COMMENTS = [{ fullDatabaseId: '31', createdAt: at('12:15:00'), author: GRACE_ACTOR, pullRequestReview: { fullDatabaseId: '9007199254740993' } }];

  test('is equal to the recording of the same, but for what it claims to cover', () => {
    const requested = { createdAt: at('12:01:00'), actor: ADA_ACTOR };
    const listing = aPullRequestListing(
      {
        commits: COMMITS,
        reviews: REVIEWS,
        comments: COMMENTS,
        reviewComments: LINE_COMMENTS,
        timelineItems: [
          { __typename: 'ReviewRequestedEvent', ...requested, requestedReviewer: GRACE_ACTOR },
          { __typename: 'LabeledEvent', ...requested, label: { name: 'bug' } },
        ],
      },
      TAKEN,
    );
    const user = { login: 'ada', id: 1, type: 'User' };
    const recording = aRecording({
      id: 501,
      head_ref: 'topic',
      commits: 1,
      comments: 1,
      events: [
        { event: 'committed', sha: A, author_date: at('11:00:00'), committer_date: at('11:30:00') },
        { event: 'review_requested', created_at: at('12:01:00'), actor: user, requested_reviewer: GRACE },
        { event: 'labeled', created_at: at('12:01:00'), actor: user, label: 'bug' },
        { event: 'reviewed', id: '9007199254740993', state: 'approved', submitted_at: at('12:20:00'), user: GRACE },
        { event: 'commented', id: 21, created_at: at('12:21:00'), user: { login: 'robot[bot]', id: 4, type: 'Bot' } },
      ],
      review_comment_list: [{ id: 31, created_at: at('12:15:00'), user: GRACE, pull_request_review_id: '9007199254740993' }],
    });

    const listed = pullRequestOf(sources, [listing]);
    const recorded = pullRequestOf(sources, [aListing(recording, TAKEN)]);

    expect(listed.events).toEqual(recorded.events);
    expect(listed.events.map(({ id }) => id)).toContain('9007199254740993');
    expect(evidenceOf(readDelivery(listing, sources)).listings).toEqual([{ takenAt: TAKEN, digest: expect.stringMatching(/^[0-9a-f]{12}$/), covers: 'shared' }]);
  });

  test('names bots as REST does, and accounts by their ids', () => {
    const reading = readDelivery(aPullRequestListing({ comments: COMMENTS, author: anActor('robot[bot]', '9007199254740995', 'Bot') }, TAKEN), sources);

    expect(reading).toMatchObject({
      changes: {
        accounts: expect.arrayContaining([
          { id: '4', login: 'robot[bot]', type: 'Bot', seenAt: TAKEN },
          { id: '9007199254740995', login: 'robot[bot]', type: 'Bot', seenAt: TAKEN },
        ]),
      },
    });
  });

  test('of a deleted author is by the ghost, and so are its reviews by deleted reviewers', () => {
    const listing = aPullRequestListing({ author: null, reviews: [{ ...REVIEWS[0], author: null }] }, TAKEN);

    expect(timelineOf(sources, [listing], ['opened', 'reviewed'])).toEqual([
      ['opened', null, at('12:00:00'), 'github', 'ghost', { draft: false }],
      ['reviewed', '9007199254740993', at('12:20:00'), 'github', 'ghost', { state: 'APPROVED' }],
    ]);
  });

  test('has none of the reviews that were never submitted', () => {
    const pending = [{ fullDatabaseId: '12', state: 'PENDING', submittedAt: null, author: ADA_ACTOR }];

    expect(sightingsOf(readDelivery(aPullRequestListing({ reviews: pending }, TAKEN), sources))).toEqual([]);
  });

  test.each([
    ['OPEN', {}, { state: 'open', mergedAt: null, closedAt: null }],
    ['CLOSED', { closedAt: at('13:00:00') }, { state: 'closed', mergedAt: null, closedAt: ms('13:00:00') }],
    ['MERGED', { closedAt: at('13:00:00'), mergedAt: at('13:00:00'), mergeCommit: { oid: A }, mergedBy: GRACE_ACTOR }, { state: 'closed', mergedAt: ms('13:00:00'), closedAt: ms('13:00:00') }],
  ])('that is %s says how it ended', (state, more, expected) => {
    const pull = pullRequestOf(sources, [aPullRequestListing({ state, ...more }, TAKEN)]);

    expect(pull).toMatchObject(expected);
    expect(pull.events.filter(({ kind }) => kind === 'merged').map(({ actor, detail }) => ({ actor, detail }))).toEqual(state === 'MERGED' ? [{ actor: '#2', detail: { sha: A } }] : []);
  });

  test('belongs to its repository whatever that is called now: renamed and transferred it keeps its id', () => {
    const before = readDelivery(aPullRequestListing({}, TAKEN), sources);
    const after = readDelivery(aPullRequestListing({ repository: { databaseId: 100, nameWithOwner: 'initech/gadgets' } }, TAKEN + 1), sources);

    const repositories = [before, after].map((reading) => (reading.outcome === 'facts' ? reading.changes.repositories : []));

    expect(repositories).toEqual([
      [{ id: '100', fullName: 'acme/widgets', seenAt: TAKEN, deletedAt: null }],
      [{ id: '100', fullName: 'initech/gadgets', seenAt: TAKEN + 1, deletedAt: null }],
    ]);
  });

  test('without what a fact hangs on is a dead letter that names it', () => {
    expect(readDelivery(aPullRequestListing({ createdAt: 'yesterday' }, TAKEN), sources)).toEqual({ outcome: 'dead', reason: 'pullRequest.createdAt: is no instant: "yesterday"' });
    expect(readDelivery(aPullRequestListing({ reviews: [{ state: 'APPROVED', submittedAt: null, author: null }] }, TAKEN), sources)).toMatchObject({ outcome: 'dead', reason: expect.stringContaining('fullDatabaseId') });
  });
});

describe('a listing that is complete', () => {
  const observed = aWebhook('pull_request_review', aReviewEvent('submitted'), { deliveredAt: ms('12:10:01') });
  const requested = aWebhook('pull_request', aPullRequestEvent('review_requested', { updated_at: at('12:05:00') }, { requested_reviewer: LIN }), { deliveredAt: ms('12:05:01') });

  test('tells by leaving them out that older events are gone', () => {
    const listing = aPullRequestListing({}, TAKEN);

    expect(timelineOf(sources, [observed, requested, listing], ['reviewed', 'review_requested'])).toEqual([]);
    expect(timelineOf(sources, [observed, requested, listing], ['reviewed', 'review_requested'], true)).toHaveLength(2);
  });

  test('leaves events alone that no channel owes: it does not claim to hold them', () => {
    const recording = aRecording({ events: [{ event: 'mentioned', created_at: at('12:10:00'), actor: GRACE }] });

    expect(timelineOf(sources, [aListing(recording, ms('13:00:00')), aPullRequestListing({}, TAKEN)], ['mentioned'])).toHaveLength(1);
  });
});

describe('a listing that was cut off in the middle', () => {
  const observed = aWebhook('pull_request_review', aReviewEvent('submitted'), { deliveredAt: ms('12:10:01') });
  const COMMENTS = [{ fullDatabaseId: '21', createdAt: at('12:21:00'), author: GRACE_ACTOR }];

  test('adds what it holds and supersedes nothing', () => {
    const cut = aPullRequestListing({ comments: COMMENTS }, TAKEN, 'it was updated while it was read');

    expect(evidenceOf(readDelivery(cut, sources)).listings).toEqual([]);
    expect(timelineOf(sources, [observed, cut], ['reviewed', 'commented'])).toEqual([
      ['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'APPROVED' }],
      ['commented', '21', at('12:21:00'), 'github', '#2'],
    ]);
  });

  test('is superseded by a later one that is complete, and not by an earlier one', () => {
    const cut = aPullRequestListing({ comments: COMMENTS }, TAKEN, 'it was updated while it was read');
    const earlier = aPullRequestListing({}, TAKEN - 1);
    const later = aPullRequestListing({}, TAKEN + 1);

    expect(timelineOf(sources, [cut, earlier], ['commented'])).toHaveLength(1);
    expect(timelineOf(sources, [cut, later], ['commented'])).toEqual([]);
  });

  test('says nothing of a request whose reviewer it does not show: that may be withheld, not deleted', () => {
    const timelineItems = [{ __typename: 'ReviewRequestedEvent', ...WHEN, requestedReviewer: null }];

    expect(sightingsOf(readDelivery(aPullRequestListing({ timelineItems }, TAKEN, 'GitHub answered in part'), sources))).toEqual([]);
  });
});
