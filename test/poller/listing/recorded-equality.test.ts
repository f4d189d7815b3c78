import { afterEach, describe, expect, test } from '@jest/globals';
import { parseJson } from '#src/core/json.ts';
import { accountDirectory, type AccountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import { isSharedKind } from '#src/domain/event-kind.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import { exportedDetail } from '#src/exports/rendering/event-detail.ts';
import listing from '#src/sources/pull-request-listing.ts';
import recording from '#src/sources/recording.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import { recordFigure } from '#test/support/figures.ts';
import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';
import { endFakes, everyPull, listingRig } from './listing-rig.ts';

const TAKEN_AT = Date.parse(aboutGui.snapshots.at(-1)?.taken_at ?? '');

/** On GitHub an account has one login at one instant; the recording was read over days and has two of some. */
const LINES = guiSnapshots()[3].lines.map((line) => line.replaceAll(/"(account-\d+)-earlier"/g, '"$1"'));

/** What deliveries say, before it is resolved. */
interface Told {
  readonly changes: PullRequestChange[];
  readonly sightings: AccountSighting[];
}

function read(deliveries: readonly Delivery[]): Told {
  const told: Told = { changes: [], sightings: [] };
  for (const delivery of deliveries) {
    const source = delivery.event === 'recording' ? recording : listing;
    const reading = source.read(parseJson(new TextDecoder().decode(delivery.body)), delivery);
    if (reading.outcome !== 'facts') throw new Error(reading.reason);
    told.changes.push(...(reading.changes.pullRequests ?? []));
    told.sightings.push(...(reading.changes.accounts ?? []));
  }
  return told;
}

/** What an export says of the shared kinds, by number; when something became known is no export's matter. */
function exported({ changes, sightings }: Told): ReadonlyMap<number, unknown> {
  const accounts = accountDirectory(sightings);
  return new Map(changes.map((change) => [change.number, row(change, accounts)]));
}

function row({ number, evidence }: PullRequestChange, accounts: AccountDirectory): unknown {
  const pull = resolveTimeline(evidence, { repositoryId: '1', number, accounts, pushes: [] });
  const { author, state, draft, createdAt, closedAt, mergedAt, updatedAt, additions, deletions, changedFiles } = pull ?? {};
  const events = pull?.events
    .filter(({ kind }) => isSharedKind(kind))
    .map(({ kind, id, actor, at, atFrom, detail }) => ({ kind, id, at, atFrom, actor: actor === null ? null : accounts.account(actor), detail: exportedDetail(detail, accounts) }));
  return { author: accounts.account(author ?? ''), state, draft, createdAt, closedAt, mergedAt, updatedAt, additions, deletions, changedFiles, events };
}

function recorded(): Delivery[] {
  return LINES.map((line, index) => ({
    guid: `sha256:${String(index)}`,
    channel: 'recording',
    event: 'recording',
    deliveredAt: TAKEN_AT,
    takenAt: TAKEN_AT,
    format: 'json',
    body: new TextEncoder().encode(`{"repository":"${aboutGui.repository}","recording":${line}}`),
  }));
}

afterEach(endFakes);

describe('the recorded repository, listed from the API', () => {
  test('says of all its 519 pull requests what the recording says, in at most 40 requests a thousand', async () => {
    const world = buildWorld({ repositories: [{ fullName: aboutGui.repository, owner: { id: 9 }, pulls: recordedPulls(LINES) }] });
    const rig = await listingRig(world, TAKEN_AT);

    const pulls = await rig.run(everyPull(rig, 50));

    const listed = exported(read(pulls.map(({ delivery }) => delivery)));
    const imported = exported(read(recorded()));
    const differing = [...imported].filter(([number, expected]) => JSON.stringify(listed.get(number)) !== JSON.stringify(expected)).map(([number]) => number);
    expect({ size: listed.size, differing }).toEqual({ size: 519, differing: [] });
    expect(pulls.filter(({ isComplete }) => !isComplete)).toEqual([]);
    const requests = rig.fake.requests.length;
    const points = rig.fake.requests.reduce((sum, { cost }) => sum + cost, 0);
    expect(requests / 0.519).toBeLessThanOrEqual(40);
    recordFigure('Collecting', 'bitcoin-core/gui listed from GraphQL: pull requests whose shared kinds equal those of the recording', listed.size - differing.length, 'all 519');
    recordFigure('Collecting', 'bitcoin-core/gui listed from GraphQL: requests and points for 1,000 pull requests, overflow included', `${(requests / 0.519).toFixed(1)} requests, ${(points / 0.519).toFixed(0)} points`, 'at most 40 requests');
  });
});
