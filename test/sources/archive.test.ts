import { beforeAll, describe, expect, test } from '@jest/globals';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';
import { readDelivery, type DeliveryReading, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { aCommentEvent, anInlineCommentEvent, aPullRequestEvent, aPushEvent, aReviewEvent, at, GRACE, type Payload } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { sightingsOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

/** An event as GH Archive has it: the webhook's payload without repository and sender, which stand beside it. */
function anArchiveEvent(type: string, { repository: _repository, sender: _sender, ...payload }: Payload, more: Payload = {}): Payload {
  return {
    id: '17244207336',
    type,
    actor: { id: 2, login: 'grace', display_login: 'grace' },
    repo: { id: 100, name: 'acme/widgets' },
    payload,
    public: true,
    created_at: at('12:30:00'),
    ...more,
  };
}

function readArchive(event: Payload): DeliveryReading {
  const line = lineDelivery(JSON.stringify(event), { repository: null, takenAt: 0, receivedAt: 0 });
  if ('problem' in line) throw new Error(`The event of a test ${line.problem}.`);
  return readDelivery(line.delivery, sources);
}

describe('an event of GH Archive', () => {
  test.each([
    ['PullRequestEvent', aPullRequestEvent('reopened', { updated_at: at('12:29:59') }), [['reopened', null, at('12:29:59'), 'near', '#2']]],
    ['PullRequestReviewEvent', aReviewEvent('created'), [['reviewed', '11', at('12:10:00'), 'github', '#2', { state: 'APPROVED' }]]],
    ['PullRequestReviewCommentEvent', anInlineCommentEvent('created'), [['review_commented', '31', at('12:09:00'), 'github', '#2', { reviewId: '11' }]]],
    ['IssueCommentEvent', aCommentEvent('created'), [['commented', '21', at('12:05:00'), 'github', '#2']]],
  ])('%s tells what its webhook tells', (type, payload, expected) => {
    expect(sightingsOf(readArchive(anArchiveEvent(type, payload)))).toEqual(expected);
  });

  test('PushEvent is a push at the time of the event', () => {
    const { before, ref } = aPushEvent();
    const payload = { push_id: 1, size: 1, ref, before, head: 'c'.repeat(40), commits: [{ sha: 'c'.repeat(40) }] };

    const reading = readArchive(anArchiveEvent('PushEvent', payload));

    expect(reading).toHaveProperty('changes.pushes.0', expect.objectContaining({ branch: 'topic', after: 'c'.repeat(40), at: Date.parse(at('12:30:00')), atFrom: 'github', commits: ['c'.repeat(40)] }));
  });

  test('MemberEvent tells of a collaborator', () => {
    const reading = readArchive(anArchiveEvent('MemberEvent', { action: 'added', member: GRACE }));

    expect(reading).toHaveProperty('changes.collaborators.0', expect.objectContaining({ account: '#2', isCollaborator: true }));
  });

  test.each(['WatchEvent', 'ForkEvent', 'an event of tomorrow', 'constructor', 'toString', '__proto__'])('%s makes no facts, with the reason', (type) => {
    expect(readArchive(anArchiveEvent(type, {}))).toEqual({ outcome: 'ignored', reason: `GH Archive's ${type} makes no facts` });
  });

  test('a pull request without times, as the archive has them since 2025, is ignored with the reason', () => {
    const payload = { action: 'opened', number: 1, pull_request: { id: 501, number: 1, base: {}, head: {} } };

    expect(readArchive(anArchiveEvent('PullRequestEvent', payload))).toEqual({ outcome: 'ignored', reason: 'GH Archive left out the times of the pull request' });
  });

  test('a payload that its webhook could not have is a dead letter that names the type', () => {
    const payload = { action: 'opened', number: 1, pull_request: { created_at: at('12:00:00') } };

    expect(readArchive(anArchiveEvent('PullRequestEvent', payload))).toEqual({ outcome: 'dead', reason: expect.stringMatching(/^PullRequestEvent: pull_request\./) });
  });
});
