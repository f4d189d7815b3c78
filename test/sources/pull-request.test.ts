import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { ADA, aPullRequestEvent, at, GHOST_ACCOUNT, GRACE, LIN, ms, ROBOT } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { evidenceOf, readWebhook, sightingsOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const NEAR = { updated_at: at('12:30:00') };
const A = 'a'.repeat(40);
const C = 'c'.repeat(40);

const ACTIONS = [
  ['opened', {}, {}, []],
  ['reopened', NEAR, {}, [['reopened', null, at('12:30:00'), 'near', '#1']]],
  ['ready_for_review', NEAR, {}, [['ready_for_review', null, at('12:30:00'), 'near', '#1']]],
  ['converted_to_draft', NEAR, {}, [['converted_to_draft', null, at('12:30:00'), 'near', '#1']]],
  ['review_requested', NEAR, { requested_reviewer: GRACE }, [['review_requested', null, at('12:30:00'), 'near', '#1', { target: '#2' }]]],
  ['review_requested', NEAR, { requested_reviewer: ROBOT }, [['review_requested', null, at('12:30:00'), 'near', '#1', { target: '#4' }]]],
  ['review_requested', NEAR, { requested_reviewer: null }, [['review_requested', null, at('12:30:00'), 'near', '#1', { target: 'ghost' }]]],
  ['review_requested', NEAR, { requested_team: { id: 7, slug: 'owners', name: 'Owners' } }, [['review_requested', null, at('12:30:00'), 'near', '#1', { target: '%owners' }]]],
  ['review_requested', NEAR, {}, []],
  ['review_request_removed', NEAR, { requested_reviewer: GRACE }, [['review_request_removed', null, at('12:30:00'), 'near', '#1', { target: '#2' }]]],
  ['review_request_removed', NEAR, { requested_team: { id: 7, slug: 'owners', name: 'Owners' } }, [['review_request_removed', null, at('12:30:00'), 'near', '#1', { target: '%owners' }]]],
  ['synchronize', NEAR, { before: A, after: C }, [['pushed', null, at('12:30:00'), 'near', '#1', { before: A, after: C }]]],
  ['enqueued', NEAR, {}, [['added_to_merge_queue', null, at('12:30:00'), 'near', '#1']]],
  ['dequeued', NEAR, { reason: 'CI_FAILURE' }, [['removed_from_merge_queue', null, at('12:30:00'), 'near', '#1', { reason: 'CI_FAILURE' }]]],
  ['dequeued', NEAR, {}, [['removed_from_merge_queue', null, at('12:30:00'), 'near', '#1']]],
  ['labeled', NEAR, { label: { name: 'bug' } }, [['labeled', null, at('12:30:00'), 'near', '#1', { label: 'bug' }]]],
  ['unlabeled', NEAR, { label: { name: 'bug' } }, [['unlabeled', null, at('12:30:00'), 'near', '#1', { label: 'bug' }]]],
  ['assigned', NEAR, { assignee: LIN }, [['assigned', null, at('12:30:00'), 'near', '#1', { target: '#3' }]]],
  ['unassigned', NEAR, { assignee: LIN }, [['unassigned', null, at('12:30:00'), 'near', '#1', { target: '#3' }]]],
  ['milestoned', NEAR, { milestone: { title: 'v1' } }, [['milestoned', null, at('12:30:00'), 'near', '#1', { target: '=v1' }]]],
  ['demilestoned', NEAR, { milestone: { title: 'v1' } }, [['demilestoned', null, at('12:30:00'), 'near', '#1', { target: '=v1' }]]],
  ['locked', NEAR, {}, [['locked', null, at('12:30:00'), 'near', '#1']]],
  ['unlocked', NEAR, {}, [['unlocked', null, at('12:30:00'), 'near', '#1']]],
  ['auto_merge_enabled', NEAR, {}, [['auto_merge_enabled', null, at('12:30:00'), 'near', '#1']]],
  ['auto_merge_disabled', NEAR, {}, [['auto_merge_disabled', null, at('12:30:00'), 'near', '#1']]],
  ['edited', NEAR, { changes: { title: { from: 'Before' } } }, [['renamed', null, at('12:30:00'), 'near', '#1']]],
  ['edited', NEAR, { changes: { base: { ref: { from: 'main' } } } }, [['base_ref_changed', null, at('12:30:00'), 'near', '#1']]],
  ['edited', NEAR, { changes: { body: { from: '' } } }, []],
  ['an action of tomorrow', NEAR, {}, []],
] as const;

describe('pull_request', () => {
  test.each(ACTIONS.map((row, index) => ({ row, name: `${row[0]} (row ${String(index + 1)})` })))('$name tells what the table says', ({ row: [action, pull, more, expected] }) => {
    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent(action, pull, more));

    expect(sightingsOf(reading)).toEqual(expected);
  });

  test('closed without a merge is at its own closed_at, by GitHub', () => {
    const pull = { state: 'closed', closed_at: at('12:29:59'), updated_at: at('12:30:00') };

    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent('closed', pull, { sender: GRACE }));

    expect(sightingsOf(reading)).toEqual([['closed', null, at('12:29:59'), 'github', '#2']]);
  });

  test('closed by a merge tells of both, the merge by who merged and with its commit', () => {
    const pull = { state: 'closed', closed_at: at('12:29:59'), merged_at: at('12:29:59'), merged_by: LIN, merge_commit_sha: C, updated_at: at('12:30:00') };

    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent('closed', pull, { sender: GRACE }));

    expect(sightingsOf(reading)).toEqual([
      ['closed', null, at('12:29:59'), 'github', '#2'],
      ['merged', null, at('12:29:59'), 'github', '#3', { sha: C }],
    ]);
  });

  test('without an updated_at an event is when it was delivered', () => {
    const payload = aPullRequestEvent('ready_for_review', { updated_at: undefined });

    const reading = readWebhook(sources, 'pull_request', payload, { deliveredAt: ms('13:00:00') });

    expect(sightingsOf(reading)).toEqual([['ready_for_review', null, at('13:00:00'), 'delivered', '#1']]);
  });

  test('a sender that is the ghost is the ghost', () => {
    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent('reopened', NEAR, { sender: GHOST_ACCOUNT }));

    expect(sightingsOf(reading)).toEqual([['reopened', null, at('12:30:00'), 'near', 'ghost']]);
  });

  test('the delivery is remembered as the first that told', () => {
    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent('reopened', NEAR), { guid: 'guid-1', deliveredAt: ms('12:30:05') });

    const [sighting] = Object.values(evidenceOf(reading).sightings);

    expect(sighting).toMatchObject({ knownAt: ms('12:30:05'), knownBy: 'guid-1', saidAt: ms('12:30:05'), listed: null });
  });

  test('the attributes are registered under the time of the payload', () => {
    const { attributes } = evidenceOf(readWebhook(sources, 'pull_request', aPullRequestEvent('labeled', NEAR), { deliveredAt: ms('12:31:00') }));

    const version = { updatedAt: ms('12:30:00'), knownAt: ms('12:31:00') };
    expect(attributes).toEqual({
      id: { value: '501', ...version },
      author: { value: '#1', ...version },
      title: { value: 'A title', ...version },
      state: { value: 'open', ...version },
      draft: { value: false, ...version },
      created_at: { value: ms('12:00:00'), ...version },
      closed_at: { value: null, ...version },
      updated_at: { value: ms('12:30:00'), ...version },
      additions: { value: 3, ...version },
      deletions: { value: 2, ...version },
      changed_files: { value: 1, ...version },
      commits: { value: 1, ...version },
      base_ref: { value: 'main', ...version },
      head_ref: { value: 'topic', ...version },
      head_sha: { value: A, ...version },
      head_repository_id: { value: '100', ...version },
    });
  });

  test('only the opening says whether it was opened as a draft', () => {
    const opened = evidenceOf(readWebhook(sources, 'pull_request', aPullRequestEvent('opened', { draft: true })));
    const labeled = evidenceOf(readWebhook(sources, 'pull_request', aPullRequestEvent('labeled', { draft: true })));

    expect(opened.attributes.opened_draft?.value).toBe(true);
    expect(labeled.attributes.opened_draft).toBeUndefined();
  });

  test("GitHub's trial merge is not the merge commit, and nothing says that it will never be merged", () => {
    const { attributes } = evidenceOf(readWebhook(sources, 'pull_request', aPullRequestEvent('labeled', { merge_commit_sha: C })));

    expect(attributes.merge_commit_sha).toBeUndefined();
    expect(attributes.merged_at).toBeUndefined();
    expect(attributes.merged_by).toBeUndefined();
  });

  test('everybody in the payload is seen, with id, login and type', () => {
    const payload = aPullRequestEvent('review_requested', {}, { requested_reviewer: ROBOT, sender: GRACE });

    const reading = readWebhook(sources, 'pull_request', payload, { deliveredAt: ms('12:31:00') });

    const seenAt = ms('12:31:00');
    expect(reading).toHaveProperty('changes.accounts', [
      { id: '2', login: 'grace', type: 'User', seenAt },
      { id: '1', login: 'ada', type: 'User', seenAt },
      { id: '4', login: 'robot[bot]', type: 'Bot', seenAt },
    ]);
    expect(reading).toHaveProperty('changes.repositories', [{ id: '100', fullName: 'acme/widgets', seenAt, deletedAt: null }]);
  });

  test.each([
    ['the number', 'pull_request.number', { number: undefined }],
    ['the time of its opening', 'pull_request.created_at', { created_at: 'yesterday' }],
    ['its state', 'pull_request.state', { state: 'half open' }],
  ])('without %s it is a dead letter that says so', (_what, path, pull) => {
    const reading = readWebhook(sources, 'pull_request', aPullRequestEvent('opened', pull));

    expect(reading).toEqual({ outcome: 'dead', reason: expect.stringContaining(path) });
  });

  test('a payload without a pull request is a dead letter', () => {
    expect(readWebhook(sources, 'pull_request', { action: 'opened', sender: ADA })).toEqual({ outcome: 'dead', reason: expect.stringContaining('pull_request') });
  });
});
