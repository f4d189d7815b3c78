import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '#src/domain/delivery.ts';
import {
  ADA,
  aCommentEvent,
  anAccount,
  aPullRequestEvent,
  aPushEvent,
  aRecording,
  aRepository,
  aReviewEvent,
  at,
  GHOST_ACCOUNT,
  GRACE,
  ms,
  type Payload,
} from '#test/support/github-payloads.ts';
import { openInstallation, readExport, type Installation } from '#test/support/installation.ts';
import { aWebhook } from '#test/support/sources.ts';
import { aListing } from '#test/support/timeline.ts';

/** The cases of `docs/definitions.md` 10 that are about facts: deliveries in, the two exports out. */
let installation: Installation;
beforeEach(async () => {
  installation = await openInstallation();
});
afterEach(() => installation.close());

function webhook(event: string, payload: Payload, time: string): Delivery {
  return aWebhook(event, payload, { deliveredAt: ms(time) });
}

/** Some columns of the exported events, of some kinds or of all. */
async function events(columns: readonly string[], kinds?: readonly string[], withGone = false): Promise<(string | undefined)[][]> {
  const rows = readExport(await installation.exportCsv('pull-request-events', { withGone }));
  return rows.filter((row) => kinds === undefined || kinds.includes(row['event'] ?? '')).map((row) => columns.map((column) => row[column]));
}

/** Some columns of the exported pull requests. */
async function pullRequests(columns: readonly string[]): Promise<(string | undefined)[][]> {
  return readExport(await installation.exportCsv('pull-requests')).map((row) => columns.map((column) => row[column]));
}

describe('19: a deleted account', () => {
  test('is the ghost, whether GitHub says null or ghost, as author, actor and target', async () => {
    await installation.deliver([
      aListing(
        aRecording({
          user: GHOST_ACCOUNT,
          events: [
            { event: 'commented', id: 21, user: GHOST_ACCOUNT, created_at: at('12:05:00') },
            { event: 'reviewed', id: 11, user: null, submitted_at: at('12:06:00'), state: 'approved' },
            { event: 'review_requested', created_at: at('12:07:00'), actor: null, requested_reviewer: null },
          ],
        }),
        ms('18:00:00'),
      ),
    ]);

    expect(await pullRequests(['author', 'author_type'])).toEqual([['ghost', 'User']]);
    expect(await events(['event', 'actor', 'actor_type', 'detail'])).toEqual([
      ['opened', 'ghost', 'User', '{"draft":false}'],
      ['commented', 'ghost', 'User', '{}'],
      ['reviewed', 'ghost', 'User', '{"state":"APPROVED"}'],
      ['review_requested', 'ghost', 'User', '{"target":"ghost","target_kind":"user"}'],
    ]);
  });

  test('that a listing calls the ghost is not taken for the person whom an older webhook named', async () => {
    const review = { event: 'reviewed', id: 11, user: null, submitted_at: at('12:10:00'), state: 'approved' };

    await installation.deliver([
      webhook('pull_request_review', aReviewEvent('submitted'), '12:10:02'),
      aListing(aRecording({ events: [review] }), ms('18:00:00')),
    ]);

    expect(await events(['event', 'event_id', 'actor'], ['reviewed'])).toEqual([['reviewed', '11', 'ghost']]);
  });
});

describe('21: a repository that is renamed or transferred', () => {
  const opened = (number: number, repository: Payload): Payload => aPullRequestEvent('opened', { id: 500 + number, number }, { repository });
  const changed = (action: string, changes: Payload, repository: Payload): Payload => ({ action, changes, repository, sender: ADA });

  test.each([
    ['renamed', { repository: { name: { from: 'gadgets' } } }, 'acme/gadgets', 'acme/widgets'],
    ['transferred', { owner: { from: { user: { login: 'grace' } } } }, 'grace/widgets', 'acme/widgets'],
  ])('%s keeps its history under the name it has now', async (action, changes, before, after) => {
    await installation.deliver([
      webhook('pull_request', opened(1, aRepository({ full_name: before })), '12:00:00'),
      webhook('repository', changed(action, changes, aRepository({ full_name: after })), '13:00:00'),
      webhook('pull_request', opened(2, aRepository({ full_name: after })), '14:00:00'),
    ]);

    expect(await pullRequests(['repository', 'number'])).toEqual([[after, '1'], [after, '2']]);
  });

  test('joins what a recording told under its older name, which knows no id', async () => {
    const comment = { event: 'commented', id: 21, user: GRACE, created_at: at('12:05:00') };
    await installation.importLines([JSON.stringify(aRecording({ events: [comment] }))], { repository: 'Acme/Gadgets', takenAt: at('12:30:00') });
    await installation.deliver([
      webhook('repository', changed('renamed', { repository: { name: { from: 'gadgets' } } }, aRepository()), '13:00:00'),
      webhook('pull_request', aPullRequestEvent('labeled', { updated_at: at('14:00:00') }, { label: { name: 'bug' } }), '14:00:00'),
    ]);

    expect(await events(['repository', 'number', 'event'])).toEqual([
      ['acme/widgets', '1', 'opened'],
      ['acme/widgets', '1', 'commented'],
      ['acme/widgets', '1', 'labeled'],
    ]);
  });

  test('is not the new repository that takes over its old name', async () => {
    await installation.deliver([
      webhook('pull_request', opened(1, aRepository({ full_name: 'acme/gadgets' })), '12:00:00'),
      webhook('repository', changed('renamed', { repository: { name: { from: 'gadgets' } } }, aRepository()), '13:00:00'),
      webhook('pull_request', opened(1, { id: 200, full_name: 'acme/gadgets' }), '15:00:00'),
    ]);

    expect(await pullRequests(['repository', 'number'])).toEqual([['acme/gadgets', '1'], ['acme/widgets', '1']]);
  });
});

describe('26: a pull request that is retargeted', () => {
  test('keeps its history, with the event that says so', async () => {
    const retargeted = aPullRequestEvent('edited', { updated_at: at('12:30:00'), base: { ref: 'release' } }, { changes: { base: { ref: { from: 'main' } } }, sender: GRACE });

    await installation.deliver([webhook('pull_request', aPullRequestEvent('opened'), '12:00:00'), webhook('pull_request', retargeted, '12:30:01')]);

    expect(await events(['event', 'actor', 'at', 'at_from'])).toEqual([
      ['opened', 'ada', at('12:00:00'), 'github'],
      ['base_ref_changed', 'grace', at('12:30:00'), 'near'],
    ]);
  });
});

describe('28: a pull request that is reopened', () => {
  const closed = (time: string): Payload => aPullRequestEvent('closed', { state: 'closed', closed_at: at(time), updated_at: at(time) });
  const reopened = aPullRequestEvent('reopened', { updated_at: at('13:30:00') });

  test('is open again, with both events', async () => {
    await installation.deliver([webhook('pull_request', closed('13:00:00'), '13:00:01'), webhook('pull_request', reopened, '13:30:01')]);

    expect(await pullRequests(['state', 'closed_at'])).toEqual([['open', '']]);
    expect(await events(['event', 'at'], ['closed', 'reopened'])).toEqual([['closed', at('13:00:00')], ['reopened', at('13:30:00')]]);
  });

  test('and closed again has two closes, whatever order they come in', async () => {
    await installation.deliver([
      webhook('pull_request', closed('14:00:00'), '14:00:01'),
      webhook('pull_request', reopened, '13:30:01'),
      webhook('pull_request', closed('13:00:00'), '13:00:01'),
    ]);

    expect(await pullRequests(['state', 'closed_at'])).toEqual([['closed', at('14:00:00')]]);
    expect(await events(['event', 'at'], ['closed', 'reopened'])).toEqual([
      ['closed', at('13:00:00')],
      ['reopened', at('13:30:00')],
      ['closed', at('14:00:00')],
    ]);
  });
});

describe('30: numbers above 2^53', () => {
  test('are told apart and come out digit by digit', async () => {
    const comment = (id: string): Delivery => {
      const text = JSON.stringify(aCommentEvent('created', { id: '@id' })).replace('"@id"', id);
      return aWebhook('issue_comment', null, { deliveredAt: ms('12:05:00'), body: new TextEncoder().encode(text) });
    };

    await installation.deliver([comment('9007199254740992'), comment('9007199254740993'), comment('18446744073709551615')]);

    expect(await events(['event_id'], ['commented'])).toEqual([['9007199254740992'], ['9007199254740993'], ['18446744073709551615']]);
  });

  test('are one account by whatever digits, and one repository', async () => {
    const account = '{"login":"max","id":9007199254740993,"type":"User"}';
    const text = JSON.stringify(aPullRequestEvent('labeled', { user: '@max' }, { label: { name: 'bug' }, sender: '@max', repository: { id: '@id', full_name: 'acme/large' } }));
    const body = new TextEncoder().encode(text.replaceAll('"@max"', account).replace('"@id"', '9007199254740995'));

    await installation.deliver([aWebhook('pull_request', null, { body })]);

    expect(await events(['repository', 'event', 'actor'])).toEqual([['acme/large', 'opened', 'max'], ['acme/large', 'labeled', 'max']]);
  });
});

describe('31: an account that is renamed', () => {
  const once = anAccount('grace-once', 2);

  test('is one account under the login it has now, before and after, also where only the old login stands', async () => {
    await installation.deliver([
      webhook('issue_comment', aCommentEvent('created', { user: once }, {}, { sender: once }), '12:05:00'),
      webhook('pull_request_review', aReviewEvent('submitted'), '12:10:00'),
      aListing(
        aRecording({
          events: [
            { event: 'commented', id: 21, user: once, created_at: at('12:05:00') },
            { event: 'review_requested', created_at: at('12:07:00'), actor: ADA, requested_reviewer: 'grace-once' },
          ],
        }),
        ms('12:08:00'),
      ),
    ]);

    expect(await events(['event', 'actor', 'detail'], ['commented', 'review_requested', 'reviewed'])).toEqual([
      ['commented', 'grace', '{}'],
      ['review_requested', 'ada', '{"target":"grace","target_kind":"user"}'],
      ['reviewed', 'grace', '{"state":"APPROVED"}'],
    ]);
  });

  test('gives its old login to whoever is seen with it later', async () => {
    const heir = anAccount('grace-once', 77, 'Bot');
    await installation.deliver([
      webhook('issue_comment', aCommentEvent('created', { user: once }, {}, { sender: once }), '12:05:00'),
      webhook('pull_request_review', aReviewEvent('submitted'), '12:10:00'),
      webhook('issue_comment', aCommentEvent('created', { id: 22, user: heir, created_at: at('13:00:00') }, {}, { sender: heir }), '13:00:00'),
    ]);

    expect(await events(['event_id', 'actor', 'actor_type'], ['commented'])).toEqual([['21', 'grace', 'User'], ['22', 'grace-once', 'Bot']]);
  });
});

describe('32: a listing that was cut off in the middle', () => {
  const whole = { comments: 1, commits: 1 };
  const commit = { event: 'committed', sha: 'c'.repeat(40), author_date: at('11:00:00'), committer_date: at('11:30:00') };
  const comment = { event: 'commented', id: 21, user: GRACE, created_at: at('12:05:00') };
  const label = { event: 'labeled', created_at: at('12:40:00'), actor: ADA, label: 'bug' };

  test.each([
    ['says so itself', { ...whole, complete: false, events: [commit, comment, label] }],
    ['lacks commits', { ...whole, events: [comment, label] }],
    ['lacks comments', { ...whole, events: [commit, label] }],
  ])('and %s adds and supersedes nothing', async (_what, cutOff) => {
    await installation.deliver([aListing(aRecording({ ...whole, events: [commit, comment] }), ms('13:00:00'))]);
    const before = [await installation.exportCsv('pull-request-events', { withGone: true }), await installation.exportCsv('pull-requests')];

    await installation.deliver([aListing(aRecording({ ...cutOff, updated_at: at('14:00:00') }), ms('14:00:00'))]);

    expect([await installation.exportCsv('pull-request-events', { withGone: true }), await installation.exportCsv('pull-requests')]).toEqual(before);
    expect(installation.counts).toMatchObject({ facts: 1, ignored: 1, dead: 0 });
  });
});

describe('33: a comment that is deleted', () => {
  const created = webhook('issue_comment', aCommentEvent('created'), '12:05:01');

  test('by an event is gone, and still shown with what is gone', async () => {
    await installation.deliver([created, webhook('issue_comment', aCommentEvent('deleted'), '12:20:00')]);

    expect(await events(['event_id'], ['commented'])).toEqual([]);
    expect(await events(['event_id', 'actor', 'at'], ['commented'], true)).toEqual([['21', 'grace', at('12:05:00')]]);
  });

  test('is gone by a later listing that lacks it, and still shown with what is gone', async () => {
    await installation.deliver([created, aListing(aRecording(), ms('12:06:00'))]);

    expect(await events(['event_id'], ['commented'])).toEqual([]);
    expect(await events(['event_id', 'actor', 'at'], ['commented'], true)).toEqual([['21', 'grace', at('12:05:00')]]);
  });

  test('may merely not have reached a listing taken within a minute of it', async () => {
    await installation.deliver([created, aListing(aRecording(), ms('12:05:59'))]);

    expect(await events(['event_id'], ['commented'])).toEqual([['21']]);
  });

  test('takes nothing else with it', async () => {
    await installation.deliver([
      created,
      webhook('issue_comment', aCommentEvent('created', { id: 22, created_at: at('12:06:00') }), '12:06:01'),
      webhook('push', aPushEvent(), '12:20:01'),
      webhook('pull_request', aPullRequestEvent('labeled', {}, { label: { name: 'bug' } }), '12:30:00'),
      webhook('issue_comment', aCommentEvent('deleted'), '12:40:00'),
    ]);

    expect(await events(['event', 'event_id'])).toEqual([['opened', ''], ['labeled', ''], ['commented', '22'], ['pushed', '']]);
  });
});
