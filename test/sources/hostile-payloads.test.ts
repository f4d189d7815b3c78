import { beforeAll, describe, expect, test } from '@jest/globals';
import { formatInstant } from '#src/core/instant.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import { readDelivery, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import {
  ADA,
  aCommentEvent,
  anAccount,
  anInlineCommentEvent,
  aPullRequestEvent,
  aPullRequestPayload,
  aPushEvent,
  aRecording,
  aRepository,
  aReviewEvent,
  at,
  GRACE,
  ms,
  type Payload,
} from '#test/support/github-payloads.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';
import { aListing, pullRequestOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const OWNERS = { id: 7, slug: 'owners', name: 'Owners', permission: 'push', parent: { id: 6 } };
const ACME = anAccount('acme', 5, 'Organization');
const A = 'a'.repeat(40);

/** A payload of every event that is read, with every part that any source reads. */
const WEBHOOKS: readonly (readonly [event: string, payload: Payload])[] = [
  ['pull_request', aPullRequestEvent('review_requested', {}, { requested_reviewer: GRACE })],
  ['pull_request', aPullRequestEvent('review_requested', {}, { requested_team: OWNERS })],
  ['pull_request', aPullRequestEvent('closed', { state: 'closed', closed_at: at('13:00:00'), merged_at: at('13:00:00'), merged_by: GRACE, merge_commit_sha: A })],
  ['pull_request', aPullRequestEvent('labeled', {}, { label: { name: 'bug' } })],
  ['pull_request', aPullRequestEvent('assigned', {}, { assignee: GRACE })],
  ['pull_request', aPullRequestEvent('milestoned', {}, { milestone: { title: 'v1' } })],
  ['pull_request', aPullRequestEvent('synchronize', {}, { before: A, after: A })],
  ['pull_request', aPullRequestEvent('dequeued', {}, { reason: 'MERGE' })],
  ['pull_request', aPullRequestEvent('edited', {}, { changes: { title: { from: 'x' }, base: { ref: { from: 'main' } } } })],
  ['pull_request_review', aReviewEvent('dismissed')],
  ['pull_request_review_comment', anInlineCommentEvent('deleted')],
  ['pull_request_review_thread', { action: 'resolved', thread: { node_id: 'T', comments: [{ id: 31, user: GRACE, created_at: at('12:09:00'), pull_request_review_id: 11 }] }, pull_request: aPullRequestPayload(), repository: aRepository(), sender: ADA, updated_at: at('12:50:00') }],
  ['issue_comment', aCommentEvent('created')],
  ['push', aPushEvent()],
  ['repository', { action: 'renamed', repository: aRepository(), sender: ADA, changes: { repository: { name: { from: 'gadgets' } }, owner: { from: { user: { login: 'grace' } } } } }],
  ['team', { action: 'added_to_repository', team: OWNERS, organization: ACME, repository: aRepository(), sender: ADA }],
  ['membership', { action: 'added', member: GRACE, team: OWNERS, organization: ACME, sender: ADA }],
  ['member', { action: 'added', member: GRACE, repository: aRepository(), sender: ADA, changes: { permission: { to: 'write' }, role_name: { to: 'write' } } }],
  ['archive', { id: '1', type: 'PullRequestEvent', actor: ADA, repo: { id: 100, name: 'acme/widgets' }, payload: aPullRequestEvent('reopened'), created_at: at('12:30:00') }],
];

const WHEN = { created_at: at('12:10:00'), actor: ADA };
const RECORDING = aRecording({
  commits: 1,
  comments: 1,
  title: 'x',
  closed_at: at('13:00:00'),
  merged_at: at('13:00:00'),
  head_ref: 'topic',
  events: [
    { event: 'committed', sha: A, author_date: at('11:00:00'), committer_date: at('11:30:00') },
    { event: 'commented', id: 21, user: GRACE, created_at: at('12:10:00') },
    { event: 'reviewed', id: 11, user: GRACE, submitted_at: at('12:10:00'), state: 'approved' },
    { event: 'review_dismissed', ...WHEN, dismissed_review: { state: 'approved', review_id: 11 } },
    { event: 'review_requested', ...WHEN, requested_team: { slug: 'owners' } },
    { event: 'review_requested', ...WHEN, requested_reviewer: 'grace' },
    { event: 'labeled', ...WHEN, label: { name: 'bug' } },
    { event: 'milestoned', ...WHEN, milestone: { title: 'v1' } },
    { event: 'locked', ...WHEN, lock_reason: 'spam' },
  ],
  review_comment_list: [{ id: 31, created_at: at('12:09:00'), user: GRACE, pull_request_review_id: 11 }],
});

/** What somebody may put in the place of anything, as JSON. */
const HOSTILE: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e300',
  '-1e300',
  '9007199254740993',
  '9'.repeat(1000),
  `0.${'1'.repeat(1000)}`,
  '""',
  '"\\u0000 and \\ud800"',
  '"constructor"',
  '"__proto__"',
  '"2025-05-05"',
  '"+275760-09-13T00:00:00Z"',
  '"0000-01-01T00:00:00Z"',
  '[]',
  '[null, 1, "x", {}]',
  '{}',
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  '{"toString": null, "valueOf": 1, "name": "\\u0000", "slug": "\\ud800", "title": {}, "login": "\\u0000"}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
];

/** The payload once for every place in it, with a mark in that place. */
function everyPlace(value: unknown, mark: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [mark];
  const places = Object.entries(value).flatMap(([key, member]) =>
    everyPlace(member, mark).map((changed) => (Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed })),
  );
  return [mark, ...places];
}

/** JSON texts: the payload with each hostile value in each place. */
function hostileTexts(payload: unknown): string[] {
  return everyPlace(payload, '@@').flatMap((changed) => HOSTILE.map((hostile) => JSON.stringify(changed).replaceAll('"@@"', hostile)));
}

/** Whether every text can be stored by both engines and every number is whole and exact. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
}

/** What reading a delivery shows to be wrong with the sources; null where it is read, ignored or refused as it should be. */
function complaint(delivery: Delivery): string | null {
  const reading = readDelivery(delivery, sources);
  if (reading.outcome === 'dead') return reading.reason.startsWith('the source failed') ? reading.reason : null;
  if (reading.outcome !== 'facts') return null;
  if (!isStorable(reading.changes)) return 'something cannot be stored';
  if ((reading.changes.pullRequests ?? []).length === 0) return null;
  const { events, createdAt, updatedAt } = pullRequestOf(sources, [delivery], true);
  for (const time of [createdAt, updatedAt, ...events.map((event) => event.at)]) formatInstant(time);
  return null;
}

function complaints(texts: readonly string[], deliveryOf: (body: Uint8Array) => Delivery): string[] {
  const encoder = new TextEncoder();
  const found = texts.map((text) => complaint(deliveryOf(encoder.encode(text))));
  return [...new Set(found.filter((text) => text !== null))];
}

describe('whatever stands in whatever place of a payload', () => {
  test.each(WEBHOOKS.map(([event, payload], index) => ({ event, payload, name: `${event} (row ${String(index + 1)})` })))(
    '$name becomes facts that can be stored and exported, or is refused with a reason',
    ({ event, payload }) => {
      const texts = hostileTexts(payload);

      expect(texts.length).toBeGreaterThan(200);
      expect(complaints(texts, (body) => aWebhook(event, null, { body, deliveredAt: ms('13:00:00') }))).toEqual([]);
    },
  );

  test('a recording becomes facts that can be stored and exported, or is refused with a reason', () => {
    const texts = hostileTexts({ repository: 'acme/widgets', recording: RECORDING });

    expect(texts.length).toBeGreaterThan(1000);
    expect(complaints(texts, (body) => ({ ...aListing(RECORDING, ms('18:00:00')), body }))).toEqual([]);
  });

  test('nothing in this process was changed by it', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a body that is no payload', () => {
  const bodyOf = (body: Uint8Array): Delivery => aWebhook('pull_request', null, { body });

  test.each([
    ['invalid UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'the body is not valid UTF-8'],
    ['an overlong encoding', Uint8Array.of(0x22, 0xc0, 0x80, 0x22), 'the body is not valid UTF-8'],
    ['a surrogate in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'the body is not valid UTF-8'],
  ])('of %s is a dead letter that says so', (_what, body, reason) => {
    expect(readDelivery(bodyOf(body), sources)).toEqual({ outcome: 'dead', reason });
  });

  test.each([
    ['nothing', ''],
    ['half an object', '{"action": "opened", "pull_request": {'],
    ['two objects', '{}{}'],
    ['a NUL byte', '{"action": "\u0000"}'],
  ])('of %s is a dead letter that says that it is not JSON', (_what, text) => {
    const reading = readDelivery(bodyOf(new TextEncoder().encode(text)), sources);

    expect(reading).toEqual({ outcome: 'dead', reason: expect.stringMatching(/^the body is not JSON: /) });
  });

  test('nested a million deep is a dead letter', () => {
    const text = `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`;

    expect(readDelivery(bodyOf(new TextEncoder().encode(text)), sources)).toMatchObject({ outcome: 'dead' });
  });

  test('of twenty megabytes of zeros in an array is a dead letter', () => {
    const text = `[${'0,'.repeat(10_000_000)}0]`;

    expect(readDelivery(bodyOf(new TextEncoder().encode(text)), sources)).toMatchObject({ outcome: 'dead', reason: expect.stringContaining('payload') });
  });

  test('of a form without its field is a dead letter, and with it the field is read', () => {
    const form = (text: string): Delivery => aWebhook('pull_request', null, { format: 'form', body: new TextEncoder().encode(text) });
    const payload = encodeURIComponent(JSON.stringify(aPullRequestEvent('opened')));

    expect(readDelivery(form('other=1'), sources)).toEqual({ outcome: 'dead', reason: 'the form has no field payload' });
    expect(readDelivery(form(`payload=${payload}`), sources)).toMatchObject({ outcome: 'facts' });
  });

  test('has its reason cut where it would be long', () => {
    const reading = readDelivery(bodyOf(new TextEncoder().encode(JSON.stringify(aPullRequestEvent('opened', { created_at: 'x'.repeat(100_000) })))), sources);

    expect(reading.outcome === 'dead' && reading.reason.length).toBeLessThanOrEqual(301);
  });
});
