import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadSources } from '#src/ingest/load-sources.ts';
import { readDelivery, type DeliveryReading } from '#src/ingest/read-delivery.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import type { RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import { asDelivery } from '#test/support/fake-github/webhook-sender.ts';
import type { GitHubWebhook } from '#test/support/fake-github/webhooks/github-webhook.ts';
import { installationWebhook, memberWebhook, membershipWebhook, teamWebhook } from '#test/support/fake-github/webhooks/organization-webhooks.ts';
import { webhookProblems } from '#test/support/fake-github/webhooks/webhook-schemas.ts';
import { worldWebhooks } from '#test/support/fake-github/webhooks/world-webhooks.ts';
import type { TeamState, World } from '#test/support/fake-github/world.ts';
import { ADA, GRACE, LIN, at, ms } from '#test/support/github-payloads.ts';

const sources = await loadSources();

function reading(webhook: GitHubWebhook): DeliveryReading {
  return readDelivery(asDelivery(webhook, webhook.at), sources);
}

function nameOf({ event, action }: GitHubWebhook): string {
  return action === null ? event : `${event}.${action}`;
}

function payloadOf(webhook: GitHubWebhook | undefined) {
  return JSON.parse(webhook?.body ?? 'null');
}

const TEAM: TeamState = { id: 7, slug: 'core', name: 'Core', parentSlug: null, privacy: 'closed', members: [], repositories: [{ repositoryId: 100, permission: 'maintain' }] };
const [ada, grace, lin] = [ADA, GRACE, LIN].map((account) => ({ login: String(account['login']), id: Number(account['id']), type: 'User' as const })) as [never, never, never];

/** A pull request in which happens whatever a webhook can tell. */
const EVENTFUL: RecordedPull = {
  kind: 'pr',
  number: 1,
  id: 501,
  title: 'A title',
  user: ada,
  state: 'closed',
  draft: false,
  created_at: at('12:00:00'),
  updated_at: at('13:00:00'),
  closed_at: at('13:00:00'),
  merged_at: at('13:00:00'),
  merge_commit_sha: 'f'.repeat(40),
  base_ref: 'main',
  head_ref: 'feature',
  head_sha: 'c'.repeat(40),
  events: [
    { event: 'committed', sha: 'a'.repeat(40), author_date: at('11:00:00'), committer_date: at('11:00:00') },
    { event: 'ready_for_review', created_at: at('12:01:00'), actor: ada },
    { event: 'review_requested', created_at: at('12:02:00'), actor: ada, requested_reviewer: 'grace' },
    { event: 'review_requested', created_at: at('12:02:00'), actor: ada, requested_team: { slug: 'core' } },
    { event: 'review_request_removed', created_at: at('12:03:00'), actor: ada, requested_team: { slug: 'core' } },
    { event: 'commented', id: 21, created_at: at('12:04:00'), user: lin },
    { event: 'reviewed', id: 11, submitted_at: at('12:06:00'), state: 'DISMISSED', user: grace },
    { event: 'convert_to_draft', created_at: at('12:07:00'), actor: ada },
    { event: 'head_ref_force_pushed', created_at: at('12:08:00'), actor: ada, commit_id: 'b'.repeat(40) },
    { event: 'ready_for_review', created_at: at('12:09:00'), actor: ada },
    { event: 'review_dismissed', created_at: at('12:10:00'), actor: ada, dismissed_review: { state: 'changes_requested', review_id: 11 } },
    { event: 'labeled', created_at: at('12:11:00'), actor: ada, label: 'urgent' },
    { event: 'assigned', created_at: at('12:12:00'), actor: ada, assignee: 'lin' },
    { event: 'milestoned', created_at: at('12:13:00'), actor: ada, milestone: '1.0' },
    { event: 'renamed', created_at: at('12:14:00'), actor: ada },
    { event: 'base_ref_changed', created_at: at('12:15:00'), actor: ada },
    { event: 'closed', created_at: at('12:20:00'), actor: ada },
    { event: 'reopened', created_at: at('12:21:00'), actor: ada },
    { event: 'committed', sha: 'c'.repeat(40), author_date: at('12:22:00'), committer_date: at('12:23:00') },
    { event: 'locked', created_at: at('12:24:00'), actor: ada, lock_reason: 'resolved' },
    { event: 'unlocked', created_at: at('12:25:00'), actor: ada },
    { event: 'auto_merge_enabled', created_at: at('12:26:00'), actor: ada },
    { event: 'added_to_merge_queue', created_at: at('12:30:00'), actor: ada },
    { event: 'removed_from_merge_queue', created_at: at('12:40:00'), actor: ada, reason: 'CI_FAILURE' },
    { event: 'mentioned', created_at: at('12:41:00'), actor: grace },
    { event: 'merged', created_at: at('12:59:59'), actor: grace, commit_id: 'f'.repeat(40) },
    { event: 'closed', created_at: at('12:59:59'), actor: grace },
  ],
  review_comment_list: [{ id: 31, created_at: at('12:05:00'), user: grace, pull_request_review_id: 11 }],
};

function eventfulWorld(): World {
  const world = buildWorld({
    repositories: [{ fullName: 'acme/widgets', id: 100, pulls: [EVENTFUL] }],
    organizations: [{ login: 'acme', members: [ada, grace, lin].map((account) => ({ account, role: 'member' as const })), teams: [TEAM] }],
  });
  world.deleteComment('acme/widgets', 1, 31, ms('12:06:30'));
  world.deleteComment('acme/widgets', 1, 21, ms('12:16:00'));
  return world;
}

describe('the webhooks of a world', () => {
  test('tell everything that a webhook can tell of a pull request, in order of time', () => {
    const told = [...worldWebhooks(eventfulWorld())];

    expect(told.map((webhook) => `${new Date(webhook.at).toISOString().slice(11, 19)} ${nameOf(webhook)}`)).toEqual([
      '12:00:00 pull_request.opened',
      '12:01:00 pull_request.ready_for_review',
      '12:02:00 pull_request.review_requested',
      '12:02:00 pull_request.review_requested',
      '12:03:00 pull_request.review_request_removed',
      '12:04:00 issue_comment.created',
      '12:06:00 pull_request_review.submitted',
      '12:06:00 pull_request_review_comment.created',
      '12:06:30 pull_request_review_comment.deleted',
      '12:07:00 pull_request.converted_to_draft',
      '12:08:00 push',
      '12:08:00 pull_request.synchronize',
      '12:09:00 pull_request.ready_for_review',
      '12:10:00 pull_request_review.dismissed',
      '12:11:00 pull_request.labeled',
      '12:12:00 pull_request.assigned',
      '12:13:00 pull_request.milestoned',
      '12:14:00 pull_request.edited',
      '12:15:00 pull_request.edited',
      '12:16:00 issue_comment.deleted',
      '12:20:00 pull_request.closed',
      '12:21:00 pull_request.reopened',
      '12:23:00 push',
      '12:23:00 pull_request.synchronize',
      '12:24:00 pull_request.locked',
      '12:25:00 pull_request.unlocked',
      '12:26:00 pull_request.auto_merge_enabled',
      '12:30:00 pull_request.enqueued',
      '12:40:00 pull_request.dequeued',
      '13:00:00 pull_request.closed',
    ]);
  });

  test('keep to GitHub’s published schemas, each event, and give facts', () => {
    const told = [...worldWebhooks(eventfulWorld())];

    expect(told.flatMap((webhook) => webhookProblems(webhook.event, payloadOf(webhook)).map((problem) => `${nameOf(webhook)} ${problem}`))).toEqual([]);
    expect(told.filter((webhook) => reading(webhook).outcome !== 'facts').map(nameOf)).toEqual([]);
  });

  test('show the pull request as it was when they were sent', () => {
    const told = [...worldWebhooks(eventfulWorld())];
    const shown = (name: string, nth = 0) => payloadOf(told.filter((webhook) => nameOf(webhook) === name)[nth]);

    expect(shown('pull_request.opened').pull_request).toMatchObject({ draft: true, state: 'open', merged: false, updated_at: at('12:00:00'), head: { ref: 'feature', sha: 'a'.repeat(40), repo: { id: 100 } } });
    expect(shown('pull_request.review_requested', 0).requested_reviewer).toMatchObject({ login: 'grace', id: 2 });
    expect(shown('pull_request.review_requested', 1).requested_team).toMatchObject({ slug: 'core', id: 7 });
    expect(shown('pull_request_review.submitted').review).toMatchObject({ id: 11, state: 'changes_requested', submitted_at: at('12:06:00') });
    expect(shown('pull_request_review.dismissed')).toMatchObject({ review: { id: 11, state: 'dismissed', submitted_at: at('12:06:00') }, pull_request: { updated_at: at('12:10:00') }, sender: { login: 'ada' } });
    expect(shown('pull_request_review_comment.created').comment).toMatchObject({ id: 31, created_at: at('12:05:00'), pull_request_review_id: 11 });
    expect(shown('pull_request.converted_to_draft').pull_request.draft).toBe(true);
    expect(shown('push')).toMatchObject({ ref: 'refs/heads/feature', forced: true, before: 'a'.repeat(40), after: 'b'.repeat(40), repository: { pushed_at: ms('12:08:00') / 1000 } });
    expect(shown('push', 1)).toMatchObject({ forced: false, before: 'b'.repeat(40), commits: [{ id: 'c'.repeat(40), timestamp: at('12:22:00') }] });
    expect(shown('pull_request.closed').pull_request).toMatchObject({ state: 'closed', merged: false, merged_at: null, closed_at: at('12:20:00') });
    expect(shown('pull_request.reopened').pull_request).toMatchObject({ state: 'open', closed_at: null });
    expect(shown('pull_request.dequeued')).toMatchObject({ reason: 'CI_FAILURE' });
    expect(shown('pull_request.closed', 1).pull_request).toMatchObject({ merged: true, merged_at: at('13:00:00'), closed_at: at('13:00:00'), merged_by: { login: 'grace' }, merge_commit_sha: 'f'.repeat(40), labels: [{ name: 'urgent' }], assignee: { login: 'lin' }, milestone: { title: '1.0' } });
  });

  test('tell of several things in one second each as it left the pull request', () => {
    const noon = { created_at: at('12:00:00'), actor: ada };
    const pull: RecordedPull = { ...EVENTFUL, state: 'open', closed_at: null, merged_at: null, events: ['convert_to_draft', 'ready_for_review', 'closed', 'reopened'].map((event) => ({ event, ...noon })), review_comment_list: [] };
    const world = buildWorld({ repositories: [{ fullName: 'acme/widgets', id: 100, pulls: [pull] }] });

    const told = [...worldWebhooks(world)].map((webhook) => [webhook.action, payloadOf(webhook).pull_request.draft, payloadOf(webhook).pull_request.state]);

    expect(told).toEqual([
      ['opened', false, 'open'],
      ['converted_to_draft', true, 'open'],
      ['ready_for_review', false, 'open'],
      ['closed', false, 'closed'],
      ['reopened', false, 'open'],
    ]);
  });

  test('leave out of the short form of a pull request what GitHub leaves out', () => {
    const review = [...worldWebhooks(eventfulWorld())].find(({ event }) => event === 'pull_request_review');

    expect(Object.keys(payloadOf(review).pull_request)).not.toEqual(expect.arrayContaining(['merged']));
    expect(Object.keys(payloadOf(review).pull_request)).not.toEqual(expect.arrayContaining(['additions']));
  });

  test('are the same with the same GUIDs in any window', () => {
    const world = eventfulWorld();
    const all = [...worldWebhooks(world)];

    const halves = [...worldWebhooks(world, { to: ms('12:08:00') }), ...worldWebhooks(world, { from: ms('12:08:00') })];

    expect(halves).toEqual(all);
    expect(new Set(all.map(({ guid }) => guid)).size).toBe(all.length);
  });

  test('name no branch of the repository where the recording knows none, so tell no push there', () => {
    const { head_ref: _, ...fromFork } = EVENTFUL;
    const world = buildWorld({ repositories: [{ fullName: 'acme/widgets', id: 100, pulls: [fromFork] }] });

    const told = [...worldWebhooks(world)];

    expect(told.filter(({ event }) => event === 'push')).toEqual([]);
    expect(told.filter(({ action }) => action === 'synchronize')).toHaveLength(2);
    expect(payloadOf(told[0]).pull_request.head.repo).toMatchObject({ full_name: 'ada/widgets', fork: true });
  });

  test('stop while the installation is suspended, and where it does not reach or did not subscribe', () => {
    const world = eventfulWorld();
    const [installation] = world.installations(ms('12:00:00'));
    world.suspendInstallation(installation?.id ?? '', ms('12:05:00'));
    world.unsuspendInstallation(installation?.id ?? '', ms('12:24:30'));
    world.grant(installation?.id ?? '', { events: ['pull_request_review'] }, ms('12:27:00'));

    const told = [...worldWebhooks(world, { from: ms('12:03:30') })].map(nameOf);

    expect(told).toEqual(['issue_comment.created', 'pull_request.unlocked', 'pull_request.auto_merge_enabled']);
  });

  test('tell renames, transfers and what an installation is given, of the repository with its id', () => {
    const world = eventfulWorld();
    world.rename('acme/widgets', 'acme/gadgets', ms('14:00:00'));
    world.archive('acme/gadgets', ms('14:01:00'));
    world.removeFromInstallation('acme/gadgets', ms('14:02:00'));
    world.addToInstallation('acme/gadgets', ms('14:03:00'));
    world.rename('acme/gadgets', 'globex/gadgets', ms('14:04:00'));

    const told = [...worldWebhooks(world, { from: ms('13:30:00') })];

    expect(told.map(nameOf)).toEqual(['repository.renamed', 'repository.archived', 'installation_repositories.removed', 'installation_repositories.added', 'repository.transferred', 'installation_repositories.removed', 'installation_repositories.added']);
    expect(payloadOf(told[0])).toMatchObject({ changes: { repository: { name: { from: 'widgets' } } }, repository: { id: 100, full_name: 'acme/gadgets' } });
    expect(payloadOf(told[4])).toMatchObject({ changes: { owner: { from: { organization: { login: 'acme' } } } }, repository: { id: 100, full_name: 'globex/gadgets' } });
    expect(told.flatMap((webhook) => webhookProblems(webhook.event, payloadOf(webhook)))).toEqual([]);
  });

  test('can be made of teams, members and installations, in GitHub’s shapes', () => {
    const where = { world: eventfulWorld(), at: ms('12:00:00'), organization: 'acme' };

    const told = [
      membershipWebhook(where, 'added', TEAM, grace),
      membershipWebhook(where, 'removed', TEAM, grace),
      ...(['created', 'edited', 'deleted'] as const).map((action) => teamWebhook(where, action, TEAM)),
      ...(['added_to_repository', 'removed_from_repository'] as const).map((action) => teamWebhook(where, action, TEAM, 100)),
      memberWebhook(where, 'added', 100, lin),
      memberWebhook(where, 'removed', 100, lin),
    ];
    const installations = (['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'] as const).map((action) => installationWebhook(where, action));

    expect([...told, ...installations].flatMap((webhook) => webhookProblems(webhook.event, payloadOf(webhook)).map((problem) => `${nameOf(webhook)} ${problem}`))).toEqual([]);
    expect(told.map(reading).filter(({ outcome }) => outcome !== 'facts')).toEqual([]);
    expect(payloadOf(told[5]).team).toMatchObject({ permission: 'maintain' });
    expect(payloadOf(installations[0]).repositories).toMatchObject([{ full_name: 'acme/widgets' }]);
  });
});

describe('the webhooks of the recorded pull requests', () => {
  const counts = new Map<string, number>();
  const problems = new Set<string>();
  const unread: string[] = [];
  const guids = new Set<string>();
  const repositories = new Set<unknown>();
  let last = -Infinity;
  let isInOrder = true;

  beforeAll(() => {
    for (const webhook of worldWebhooks(guiWorld())) {
      const name = nameOf(webhook);
      const seen = counts.get(name) ?? 0;
      counts.set(name, seen + 1);
      guids.add(webhook.guid);
      repositories.add(webhook.repositoryId);
      isInOrder &&= webhook.at >= last;
      last = webhook.at;
      if (reading(webhook).outcome !== 'facts') unread.push(`${name} ${webhook.body}`);
      // Validating takes longer than making: every one of the rare, every tenth of the frequent.
      if (seen < 100 || seen % 10 === 0) for (const problem of webhookProblems(webhook.event, payloadOf(webhook))) problems.add(`${name} ${problem}`);
    }
  }, 120_000);

  test('are as many as the recording holds of what a webhook can tell', () => {
    expect(Object.fromEntries(counts)).toMatchObject({
      'pull_request.opened': 519,
      'pull_request.closed': 547,
      'pull_request.reopened': 44,
      'pull_request.converted_to_draft': 70,
      'pull_request.ready_for_review': 56,
      'pull_request.review_requested': 226,
      'pull_request.review_request_removed': 60,
      'pull_request.labeled': 844,
      'pull_request.unlabeled': 340,
      'pull_request.edited': 268,
      'pull_request_review.submitted': 1_754,
      'pull_request_review.dismissed': 1,
      'pull_request_review_comment.created': 2_267,
      'issue_comment.created': 3_765,
    });
    expect(counts.get('pull_request.synchronize')).toBeGreaterThan(1_126);
  });

  test('all give facts, none is a dead letter, and keep to GitHub’s published schemas', () => {
    expect(unread).toEqual([]);
    expect([...problems]).toEqual([]);
  });

  test('come in order of time, each with a GUID of its own, all of the one repository', () => {
    expect(isInOrder).toBe(true);
    expect(guids.size).toBe([...counts.values()].reduce((sum, count) => sum + count, 0));
    expect([...repositories]).toEqual([GUI_ID]);
  });
});
