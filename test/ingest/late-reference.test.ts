import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#src/config/policy.ts';
import { standingClock } from '#src/core/clock.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import waits from '#src/exports/waits.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import { exportSources } from '#test/support/export-sources.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';

const EVERYTHING: Viewer = { sees: 'everything' };
const ADA = { login: 'ada', id: 1, type: 'User' };
const GRACE = { login: 'grace', id: 2, type: 'User' };
const REPOSITORY = { id: 100, full_name: 'acme/widgets' };
const OWNERS = { id: 7, slug: 'owners', name: 'Owners' };
const ACME = { login: 'acme', id: 5 };

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

/** The waits after each batch was folded and computed, one batch after the other. */
async function waitsAfter(batches: readonly (readonly Delivery[])[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-late-'));
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock: standingClock(Date.UTC(2026, 0, 1)) });
  try {
    const recomputer = new Recomputer({ ...store, policy: DEFAULT_POLICY, viewer: EVERYTHING });
    for (const batch of batches) {
      await store.inbox.store(batch);
      await ingestAll({ writer: store.writer, sources });
      await recomputer.all();
    }
    let text = '';
    for await (const piece of exportText(waits, waits.rows(exportSources(store), { viewer: EVERYTHING }), 'csv')) text += piece;
    return text;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

function pullRequest(minute: number): Record<string, unknown> {
  const at = `2025-05-05T12:${String(minute).padStart(2, '0')}:00Z`;
  return {
    id: 501,
    number: 1,
    state: 'open',
    draft: false,
    user: ADA,
    created_at: '2025-05-05T12:00:00Z',
    updated_at: at,
    head: { ref: 'topic', sha: 'a'.repeat(40), repo: { id: 100 } },
  };
}

function review(state: string, minute: number): Delivery {
  const submitted_at = `2025-05-05T12:${String(minute).padStart(2, '0')}:00Z`;
  return aWebhook('pull_request_review', {
    action: 'submitted',
    review: { id: 900 + minute, user: GRACE, state, submitted_at },
    pull_request: pullRequest(minute),
    repository: REPOSITORY,
    sender: GRACE,
  });
}

const opened = aWebhook('pull_request', { action: 'opened', pull_request: pullRequest(0), repository: REPOSITORY, sender: ADA });
const teamAsked = aWebhook('pull_request', {
  action: 'review_requested',
  pull_request: pullRequest(1),
  requested_team: OWNERS,
  repository: REPOSITORY,
  sender: ADA,
});

function membership(action: string, deliveredAt: number): Delivery {
  return aWebhook('membership', { action, scope: 'team', member: GRACE, team: OWNERS, organization: ACME, sender: ADA }, { deliveredAt });
}

const push = aWebhook('push', {
  ref: 'refs/heads/topic',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  forced: false,
  commits: [],
  repository: { ...REPOSITORY, pushed_at: Date.UTC(2025, 4, 5, 12, 30) / 1000 },
  sender: ADA,
});

function recorded(events: readonly Record<string, unknown>[]): Delivery {
  const line = { kind: 'pr', number: 1, user: ADA, state: 'open', draft: false, created_at: '2025-05-05T12:00:00Z', updated_at: '2025-05-05T12:20:00Z', events };
  const reading = lineDelivery(JSON.stringify(line), { repository: 'acme/widgets', takenAt: Date.UTC(2025, 4, 6), receivedAt: 0 });
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.delivery;
}

/** A request made of a bare login, answered by someone of whom GitHub gave the id and, by then, another login. */
const askedByLogin = recorded([
  { event: 'review_requested', created_at: '2025-05-05T12:01:00Z', actor: ADA, requested_reviewer: 'grace-before' },
  { event: 'reviewed', id: 31, submitted_at: '2025-05-05T12:09:00Z', state: 'APPROVED', user: GRACE },
]);
const graceBefore = aWebhook('issue_comment', {
  action: 'created',
  comment: { id: 41, user: { ...GRACE, login: 'grace-before' }, created_at: '2025-04-01T00:00:00Z' },
  issue: { number: 9, created_at: '2025-04-01T00:00:00Z', user: ADA, pull_request: {} },
  repository: { id: 200, full_name: 'acme/elsewhere' },
  sender: ADA,
}, { deliveredAt: Date.UTC(2025, 3, 1) });

/** Someone whose type was not said turns out to be a machine. */
const machineAnswered = recorded([{ event: 'commented', id: 51, created_at: '2025-05-05T12:02:00Z', user: { login: 'helper', id: 77 } }]);
const helperIsMachine = aWebhook('issue_comment', {
  action: 'created',
  comment: { id: 42, user: { login: 'helper', id: 77, type: 'Bot' }, created_at: '2025-04-01T00:00:00Z' },
  issue: { number: 9, created_at: '2025-04-01T00:00:00Z', user: ADA, pull_request: {} },
  repository: { id: 200, full_name: 'acme/elsewhere' },
  sender: ADA,
});

describe('what waits rest on beside their own facts', () => {
  test.each([
    ['a member who joined the team only after answering', [opened, teamAsked, review('COMMENTED', 10)], membership('added', Date.UTC(2025, 4, 6))],
    ['a member who had left the team before answering', [opened, teamAsked, review('COMMENTED', 10)], membership('removed', Date.UTC(2025, 4, 5, 11))],
    ['the push that answers requested changes', [opened, review('CHANGES_REQUESTED', 10)], push],
    ['the account behind an old login', [askedByLogin], graceBefore],
    ['the type of an account', [machineAnswered], helperIsMachine],
  ])('may arrive after them: %s', async (_what, facts, reference) => {
    const without = await waitsAfter([facts]);
    const before = await waitsAfter([[reference], facts]);
    const after = await waitsAfter([facts, [reference]]);

    expect(after).toBe(before);
    expect(withoutElsewhere(after)).not.toBe(without);
  });
});

/** The rows about the pull request under test alone. */
function withoutElsewhere(csv: string): string {
  return csv.split('\r\n').filter((line) => !line.includes('acme/elsewhere')).join('\r\n');
}
