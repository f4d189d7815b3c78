import fc from 'fast-check';
import type { Delivery } from '#src/domain/delivery.ts';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';

/**
 * Deliveries that make the hard cases on purpose: few pull requests, few accounts and few seconds, so that
 * events fall on one second, webhooks stand within and just beyond a minute of the listing that repeats
 * them, an account has two logins, listings contradict each other, and some are cut off.
 */
export function arbitraryDeliveries(size: { readonly min: number; readonly max: number }): fc.Arbitrary<Delivery[]> {
  return fc.array(arbitraryDelivery(), { minLength: size.min, maxLength: size.max });
}

const BASE = Date.UTC(2025, 4, 5, 12, 0, 0);

/** Seconds around the edges of the sixty-second tolerance. */
const second = fc.constantFrom(0, 1, 2, 30, 59, 60, 61, 90, 119, 120, 121, 300, 301, 600, 3600);
const instant = second.map((offset) => new Date(BASE + offset * 1000).toISOString().replace('.000Z', 'Z'));
const later = fc.constantFrom(30, 60, 61, 121, 181, 361, 661, 3661, 7200).map((offset) => BASE + offset * 1000);

const ACCOUNTS = [
  { login: 'ada', id: 1, type: 'User' },
  { login: 'ada-lovelace', id: 1, type: 'User' },
  { login: 'grace', id: 2, type: 'User' },
  { login: 'robot[bot]', id: 3, type: 'Bot' },
  { login: 'ghost', id: 10137, type: 'User' },
  null,
] as const;
const account = fc.constantFrom(...ACCOUNTS);
const bareLogin = fc.constantFrom('ada', 'ada-lovelace', 'grace', 'nobody');
const repository = fc.constantFrom({ id: 100, full_name: 'acme/widgets' }, { id: 100, full_name: 'acme/gadgets' }, { id: '9007199254740993', full_name: 'acme/large' });
const number = fc.constantFrom(1, 2);
const reviewId = fc.constantFrom(11, 12);
const commentId = fc.constantFrom(21, 22);
const sha = fc.constantFrom('a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40));
const reviewState = fc.constantFrom('approved', 'changes_requested', 'commented', 'dismissed');
const team = fc.constantFrom({ id: 7, slug: 'owners', name: 'Owners' }, { id: 7, slug: 'keepers', name: 'Keepers' });

const pullRequest = fc.record({
  id: fc.constant(501),
  number,
  state: fc.constantFrom('open', 'closed'),
  title: fc.constantFrom('One', 'Two'),
  draft: fc.boolean(),
  user: account,
  created_at: fc.constant(new Date(BASE).toISOString()),
  updated_at: instant,
  closed_at: fc.option(instant),
  merged_at: fc.option(instant, { freq: 4 }),
  merged_by: account,
  merge_commit_sha: sha,
  additions: fc.nat(9),
  head: fc.record({ ref: fc.constant('topic'), sha, repo: fc.constant({ id: 100 }) }),
  base: fc.constant({ ref: 'main' }),
});

const ACTIONS = ['opened', 'closed', 'reopened', 'ready_for_review', 'converted_to_draft', 'synchronize', 'labeled', 'enqueued', 'dequeued', 'edited'] as const;

const pullRequestEvent = fc.record({
  event: fc.constant('pull_request'),
  payload: fc.record({
    action: fc.constantFrom(...ACTIONS),
    pull_request: pullRequest,
    repository,
    sender: account,
    label: fc.constantFrom({ name: 'bug' }, { name: 'urgent' }),
    before: sha,
    after: sha,
    reason: fc.constantFrom('MERGE', 'CI_FAILURE'),
    changes: fc.constantFrom({}, { title: { from: 'x' } }),
  }),
});

const requestEvent = fc.record({
  event: fc.constant('pull_request'),
  payload: fc.oneof(
    fc.record({ action: fc.constantFrom('review_requested', 'review_request_removed'), pull_request: pullRequest, repository, sender: account, requested_reviewer: account }),
    fc.record({ action: fc.constantFrom('review_requested', 'review_request_removed'), pull_request: pullRequest, repository, sender: account, requested_team: team }),
  ),
});

const reviewEvent = fc.record({
  event: fc.constant('pull_request_review'),
  payload: fc.record({
    action: fc.constantFrom('submitted', 'edited', 'dismissed'),
    review: fc.record({ id: reviewId, user: account, state: reviewState, submitted_at: instant }),
    pull_request: pullRequest,
    repository,
    sender: account,
  }),
});

const lineCommentEvent = fc.record({
  event: fc.constant('pull_request_review_comment'),
  payload: fc.record({
    action: fc.constantFrom('created', 'edited', 'deleted'),
    comment: fc.record({ id: commentId, user: account, created_at: instant, pull_request_review_id: fc.option(reviewId) }),
    pull_request: pullRequest,
    repository,
    sender: account,
  }),
});

const issueCommentEvent = fc.record({
  event: fc.constant('issue_comment'),
  payload: fc.record({
    action: fc.constantFrom('created', 'edited', 'deleted'),
    comment: fc.record({ id: commentId, user: account, created_at: instant }),
    issue: fc.record({
      number,
      state: fc.constantFrom('open', 'closed'),
      user: account,
      created_at: fc.constant(new Date(BASE).toISOString()),
      updated_at: instant,
      pull_request: fc.record({ merged_at: fc.option(instant, { freq: 4 }) }),
    }),
    repository,
    sender: account,
  }),
});

const pushEvent = fc.record({
  event: fc.constant('push'),
  payload: fc.record({
    ref: fc.constant('refs/heads/topic'),
    before: sha,
    after: sha,
    forced: fc.boolean(),
    commits: fc.array(fc.record({ id: sha }), { maxLength: 2 }),
    repository: fc.record({ id: fc.constant(100), full_name: fc.constantFrom('acme/widgets', 'acme/gadgets'), pushed_at: later.map((at) => at / 1000) }),
    sender: account,
  }),
});

const organizationEvents = fc.oneof(
  fc.record({
    event: fc.constant('membership'),
    payload: fc.record({ action: fc.constantFrom('added', 'removed'), scope: fc.constant('team'), member: account, team, organization: fc.constant({ login: 'acme', id: 5 }), sender: account }),
  }),
  fc.record({ event: fc.constant('member'), payload: fc.record({ action: fc.constantFrom('added', 'removed'), member: account, repository, sender: account }) }),
  fc.record({ event: fc.constant('team'), payload: fc.record({ action: fc.constantFrom('created', 'deleted', 'added_to_repository'), team, repository, organization: fc.constant({ login: 'acme', id: 5 }), sender: account }) }),
  fc.record({ event: fc.constant('repository'), payload: fc.record({ action: fc.constantFrom('renamed', 'deleted'), repository, sender: account, changes: fc.constant({ repository: { name: { from: 'widgets' } } }) }) }),
  fc.record({ event: fc.constant('star'), payload: fc.record({ action: fc.constant('created'), sender: account }) }),
);

const timelineItem = fc.oneof(
  fc.record({ event: fc.constant('committed'), sha, author_date: instant, committer_date: instant }),
  fc.record({ event: fc.constant('reviewed'), id: reviewId, submitted_at: instant, user: account, state: reviewState }),
  fc.record({ event: fc.constant('commented'), id: commentId, created_at: instant, user: account }),
  fc.record({ event: fc.constantFrom('review_requested', 'review_request_removed'), created_at: instant, actor: account, requested_reviewer: fc.oneof(bareLogin, account) }),
  fc.record({ event: fc.constant('review_requested'), created_at: instant, actor: account, requested_team: fc.constant({ slug: 'owners' }) }),
  fc.record({ event: fc.constantFrom('convert_to_draft', 'ready_for_review', 'closed', 'reopened', 'mentioned', 'added_to_merge_queue'), created_at: instant, actor: account }),
  fc.record({ event: fc.constantFrom('head_ref_force_pushed', 'merged', 'referenced'), created_at: instant, actor: account, commit_id: sha }),
  fc.record({ event: fc.constant('labeled'), created_at: instant, actor: account, label: fc.constantFrom('bug', 'urgent') }),
  fc.record({ event: fc.constant('review_dismissed'), created_at: instant, actor: account, dismissed_review: fc.record({ state: reviewState, review_id: reviewId }) }),
);

const recording = fc.record({
  kind: fc.constant('pr'),
  complete: fc.constantFrom(undefined, undefined, undefined, false),
  number,
  id: fc.constant(501),
  user: account,
  state: fc.constantFrom('open', 'closed'),
  draft: fc.boolean(),
  created_at: fc.constant(new Date(BASE).toISOString()),
  updated_at: instant,
  closed_at: fc.option(instant),
  merged_at: fc.option(instant, { freq: 4 }),
  events: fc.array(timelineItem, { maxLength: 8 }),
  review_comment_list: fc.array(fc.record({ id: commentId, created_at: instant, user: account, pull_request_review_id: reviewId }), { maxLength: 2 }),
});

function arbitraryDelivery(): fc.Arbitrary<Delivery> {
  const webhook = fc.oneof(
    { weight: 5, arbitrary: pullRequestEvent },
    { weight: 3, arbitrary: requestEvent },
    { weight: 3, arbitrary: reviewEvent },
    { weight: 2, arbitrary: lineCommentEvent },
    { weight: 2, arbitrary: issueCommentEvent },
    { weight: 2, arbitrary: pushEvent },
    { weight: 2, arbitrary: organizationEvents },
  );
  const observed = fc
    .record({ line: webhook, deliveredAt: later })
    .map(({ line, deliveredAt }) => JSON.stringify({ ...line, delivered_at: new Date(deliveredAt).toISOString() }));
  const listed = recording.map((value) => JSON.stringify(value));
  return fc
    .record({ text: fc.oneof({ weight: 3, arbitrary: observed }, { weight: 2, arbitrary: listed }), takenAt: later, name: fc.constantFrom('acme/widgets', 'acme/gadgets', 'acme/elsewhere') })
    .map(({ text, takenAt, name }) => {
      const reading = lineDelivery(text, { repository: name, takenAt, receivedAt: takenAt });
      if ('problem' in reading) throw new Error(`the generator made a line that ${reading.problem}`);
      return reading.delivery;
    });
}
