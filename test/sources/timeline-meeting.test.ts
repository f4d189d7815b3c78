import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { ADA, aPullRequestEvent, aPushEvent, aRecording, aRepository, at, GRACE, LIN, ms, type Payload } from '#test/support/github-payloads.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';
import { aListing, pullRequestOf, timelineOf } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const A = 'a'.repeat(40);
const C = 'c'.repeat(40);
const D = 'd'.repeat(40);
const TAKEN = ms('18:00:00');

/** A webhook about the pull request, announced at a time of the day. */
function observed(action: string, time: string, more: Payload = {}) {
  return aWebhook('pull_request', aPullRequestEvent(action, { updated_at: at(time) }, more), { deliveredAt: ms(time) + 2000 });
}

/** A listing of these events. */
function listing(...events: readonly Payload[]) {
  return aListing(aRecording({ events, updated_at: at('17:00:00') }), TAKEN);
}

/** A listed event at a time of the day. */
function listed(event: string, time: string, more: Payload = {}): Payload {
  return { event, created_at: at(time), actor: ADA, ...more };
}

describe('an observed event and a listed one of its kind and target', () => {
  test.each([
    [59, '12:30:59', 1],
    [60, '12:31:00', 1],
    [61, '12:31:01', 2],
    [-59, '12:29:01', 1],
    [-60, '12:29:00', 1],
    [-61, '12:28:59', 2],
  ])('%i s apart: listed at %s, there are %i', (_apart, time, count) => {
    const deliveries = [observed('ready_for_review', '12:30:00'), listing(listed('ready_for_review', time))];

    const events = timelineOf(sources, deliveries, ['ready_for_review'], true);

    expect(events).toHaveLength(count);
    expect(events).toContainEqual(['ready_for_review', null, at(time), 'github', '#1']);
  });

  test('are two when they are about two people', () => {
    const asked = observed('review_requested', '12:30:00', { requested_reviewer: GRACE });

    const events = timelineOf(sources, [asked, listing(listed('review_requested', '12:30:10', { requested_reviewer: LIN }))], ['review_requested'], true);

    expect(events).toEqual([
      ['review_requested', null, at('12:30:00'), 'near', '#1', { target: '#2' }],
      ['review_requested', null, at('12:30:10'), 'github', '#1', { target: '#3' }],
    ]);
  });

  test('meet although one names the account by a bare login', () => {
    const asked = observed('review_requested', '12:30:00', { requested_reviewer: GRACE });

    const events = timelineOf(sources, [asked, listing(listed('review_requested', '12:30:10', { requested_reviewer: 'Grace' }))], ['review_requested'], true);

    expect(events).toEqual([['review_requested', null, at('12:30:10'), 'github', '#1', { target: '#2' }]]);
  });

  test('meet in order of time, each one other', () => {
    const deliveries = [
      observed('ready_for_review', '12:30:50'),
      observed('ready_for_review', '12:30:00'),
      listing(listed('ready_for_review', '12:30:55'), listed('ready_for_review', '12:30:10')),
    ];

    expect(timelineOf(sources, deliveries, ['ready_for_review'], true)).toEqual([
      ['ready_for_review', null, at('12:30:10'), 'github', '#1'],
      ['ready_for_review', null, at('12:30:55'), 'github', '#1'],
    ]);
  });

  test('keep when it was first known, and by which delivery', () => {
    const webhook = aWebhook('pull_request', aPullRequestEvent('ready_for_review', { updated_at: at('12:30:00') }), { guid: 'first', deliveredAt: ms('12:30:02') });

    const { events } = pullRequestOf(sources, [listing(listed('ready_for_review', '12:30:10')), webhook]);

    expect(events.find(({ kind }) => kind === 'ready_for_review')).toMatchObject({ at: ms('12:30:10'), knownAt: ms('12:30:02'), knownBy: 'first' });
  });
});

describe('two events of one kind at one second', () => {
  test('are one, whichever deliveries tell of them', () => {
    const deliveries = [observed('labeled', '12:30:00', { label: { name: 'bug' } }), observed('labeled', '12:30:00', { label: { name: 'bug' } })];

    expect(timelineOf(sources, deliveries, ['labeled'])).toEqual([['labeled', null, at('12:30:00'), 'near', '#1', { label: 'bug' }]]);
  });

  test('are two when their targets differ', () => {
    const deliveries = [observed('labeled', '12:30:00', { label: { name: 'bug' } }), observed('labeled', '12:30:00', { label: { name: 'urgent' } })];

    expect(timelineOf(sources, deliveries, ['labeled'])).toHaveLength(2);
  });

  test('are one in a listing too', () => {
    const events = timelineOf(sources, [listing(listed('ready_for_review', '12:30:00'), listed('ready_for_review', '12:30:00'))], ['ready_for_review']);

    expect(events).toHaveLength(1);
  });
});

describe('pushes', () => {
  const announced = observed('synchronize', '12:20:05', { before: A, after: C });

  test("synchronize and push meet by their head, at GitHub's time of the push", () => {
    const deliveries = [announced, aWebhook('push', aPushEvent())];

    expect(timelineOf(sources, deliveries, ['pushed'])).toEqual([['pushed', null, at('12:20:00'), 'github', '#1', { before: A, after: C }]]);
  });

  test.each([
    [59, '12:20:59', 1],
    [60, '12:21:00', 1],
    [61, '12:21:01', 2],
  ])('of one head %i s apart: announced at %s, there are %i', (_apart, time, count) => {
    const deliveries = [observed('synchronize', time, { before: A, after: C }), aWebhook('push', aPushEvent())];

    expect(timelineOf(sources, deliveries, ['pushed'])).toHaveLength(count);
  });

  test('of two heads are two, at one second too', () => {
    const deliveries = [observed('synchronize', '12:20:00', { before: A, after: C }), observed('synchronize', '12:20:00', { before: C, after: D })];

    expect(timelineOf(sources, deliveries, ['pushed'])).toHaveLength(2);
  });

  test('to another branch, or of another time of its life, are not its own', () => {
    const otherTime = aPushEvent({ repository: aRepository({ pushed_at: ms('11:59:59') / 1000 }) });
    const deliveries = [observed('labeled', '12:30:00'), aWebhook('push', otherTime)];

    expect(timelineOf(sources, deliveries, ['pushed'])).toEqual([]);
  });

  test('that are forced are force pushes until a listing tells', () => {
    const deliveries = [observed('labeled', '12:30:00'), aWebhook('push', aPushEvent({ forced: true }))];

    expect(timelineOf(sources, deliveries, ['force_pushed'])).toEqual([['force_pushed', null, at('12:20:00'), 'github', '#1', { after: C }]]);
  });

  test.each([
    ['names its head', C],
    ['does not', undefined],
  ])('that are forced and listed are one force push, where the listing %s', (_what, head) => {
    const force = listed('head_ref_force_pushed', '12:20:01', head === undefined ? {} : { commit_id: head });

    const events = timelineOf(sources, [aWebhook('push', aPushEvent({ forced: true })), listing(force), observed('labeled', '12:30:00')], ['force_pushed'], true);

    expect(events).toEqual([['force_pushed', null, at('12:20:01'), 'github', '#1', ...(head === undefined ? [] : [{ after: C }])]]);
  });

  test('that are forced and that a complete listing lacks are no force pushes of this pull request', () => {
    const deliveries = [aWebhook('push', aPushEvent({ forced: true })), listing(), observed('labeled', '12:30:00')];

    expect(timelineOf(sources, deliveries, ['force_pushed'])).toEqual([]);
    expect(timelineOf(sources, deliveries, ['force_pushed'], true)).toHaveLength(1);
  });

  test('a force push of which a later listing names the head was never gone', () => {
    const before = aListing(aRecording({ events: [listed('head_ref_force_pushed', '12:20:00')] }), ms('17:00:00'));
    const after = listing(listed('head_ref_force_pushed', '12:20:00', { commit_id: C }));

    const { events } = pullRequestOf(sources, [before, after], true);

    const forced = events.filter(({ kind }) => kind === 'force_pushed');
    expect(forced).toEqual([expect.objectContaining({ detail: { after: C }, goneAt: null, knownAt: ms('17:00:00') })]);
  });

  test('bring the commits they name, at their time and by who pushed; other commits arrive at their committer date', () => {
    const commits = [
      { event: 'committed', sha: C, author_date: at('11:00:00'), committer_date: at('11:30:00') },
      { event: 'committed', sha: D, author_date: at('11:10:00'), committer_date: at('11:40:00') },
    ];

    const { arrivals } = pullRequestOf(sources, [observed('labeled', '12:30:00'), aWebhook('push', aPushEvent({ sender: GRACE })), listing(...commits)]);

    expect(arrivals).toEqual([
      { sha: C, authorDate: ms('11:00:00'), at: ms('12:20:00'), atFrom: 'github', actor: '#2' },
      { sha: D, authorDate: ms('11:10:00'), at: ms('11:40:00'), atFrom: 'bound', actor: null },
    ]);
  });
});
