import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import type { CollectionGap } from '#src/domain/completeness.ts';
import type { PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { OpenCollector } from '#src/poller/open-collector.ts';
import { decodeEvidence, encodeEvidence, type EncodedEvidence } from '#src/store/evidence-codec.ts';
import { NEVER, openCollecting, type CollectingRig } from '#test/support/collecting-rig.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { guiSnapshots } from '#test/support/gui-recording.ts';

const [, , , last] = guiSnapshots();
const TAKEN_AT = Date.parse(last.takenAt);
const REPOSITORY = String(GUI_ID);
const EVERYONE: Viewer = { sees: 'everything' };
const DAY = 86_400_000;

let rig: CollectingRig;
let process: OpenCollector;

beforeEach(async () => {
  rig = await openCollecting(guiWorld(), TAKEN_AT, { as: 'token', policy: parsePolicy('repositories: { include: ["bitcoin-core/*"] }', 'policy') });
  process = rig.open();
  await rig.collectAll();
  await rig.fold();
  await nextDay();
}, 120_000);

afterEach(() => rig.close());

/** A day later everything is swept, folded and held against what GitHub says. */
async function nextDay(): Promise<void> {
  rig.clock.advance(DAY + 60_000);
  await rig.sweep();
  await rig.fold();
  await certify();
}

async function certify(): Promise<void> {
  await rig.clock.runUntil((async () => process.completeness.certify(await process.collector.targets(), NEVER))());
}

async function openGaps(): Promise<CollectionGap[]> {
  return (await rig.store.completeness.everyGap(EVERYONE, { fromAt: 0, toAt: rig.clock.now() })).filter(({ healedAt }) => healedAt === null);
}

/** Changes the facts behind everybody's back, as a failing disk would. */
function inFacts(work: (file: SqliteFile.Database) => void): void {
  const file = new SqliteFile(join(rig.dataDir, 'facts.sqlite'));
  try {
    work(file);
  } finally {
    file.close();
  }
}

/** Takes the last event of a kind out of a pull request's evidence. */
function loseOne(file: SqliteFile.Database, number: number, kind: string): void {
  const key = [REPOSITORY, number];
  const row = file.prepare<typeof key, EncodedEvidence>('select attributes, timeline from pull_requests where repository_id = ? and number = ?').get(...key);
  if (row === undefined) throw new Error(`there is no pull request ${number}`);
  const evidence: PullRequestEvidence = decodeEvidence(row);
  const lost = Object.keys(evidence.sightings).findLast((one) => evidence.sightings[one]?.kind === kind);
  if (lost === undefined) throw new Error(`pull request ${number} has no ${kind}`);
  const sightings = Object.fromEntries(Object.entries(evidence.sightings).filter(([one]) => one !== lost));
  file.prepare('update pull_requests set timeline = ? where repository_id = ? and number = ?').run(encodeEvidence({ ...evidence, sightings }).timeline, ...key);
}

/** Pull requests that have an event of a kind. */
async function numbersWith(kind: string): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { pullRequest } of rig.store.reader.pullRequests(EVERYONE, {})) if (pullRequest.events.some((event) => event.kind === kind)) numbers.push(pullRequest.number);
  return numbers;
}

describe('a repository that is collected whole', () => {
  test('is certified: of every kind and week as much is stored as there is, and no gap is open', async () => {
    const rows = await rig.store.completeness.rows(EVERYONE, { fromAt: 0, toAt: rig.clock.now() });

    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['pull_requests', 'reviews', 'comments', 'review_comments', 'commits', 'timeline_events']));
    expect(rows.filter(({ expected, stored, openGaps: open }) => expected !== stored || open > 0)).toEqual([]);
    expect(rows.filter(({ kind }) => kind === 'pull_requests').reduce((sum, { stored }) => sum + stored, 0)).toBe(519);
    expect(await openGaps()).toEqual([]);
  }, 120_000);
});

describe('planted gaps', () => {
  test('of every kind are shown, and nothing else; what GitHub or the kept listings still tell is whole again a day later', async () => {
    const kinds = [['reviews', 'reviewed'], ['comments', 'commented'], ['review_comments', 'review_commented'], ['commits', 'committed'], ['timeline_events', 'closed']] as const;
    const planted: string[] = [];
    const taken = new Set<number>();
    for (const [part, kind] of kinds) {
      const number = (await numbersWith(kind)).find((one) => !taken.has(one)) ?? 0;
      taken.add(number);
      inFacts((file) => loseOne(file, number, kind));
      planted.push(`${part}:${REPOSITORY}#${number}`);
    }
    const gone = (await numbersWith('opened')).filter((number) => !taken.has(number)).slice(100, 102);
    inFacts((file) => gone.forEach((number) => file.prepare('delete from pull_requests where repository_id = ? and number = ?').run(REPOSITORY, number)));
    planted.push(...gone.map((number) => `pull_requests:${REPOSITORY}#${number}`));

    rig.clock.advance(DAY + 60_000);
    await certify();
    const found = (await openGaps()).map(({ id, missing }) => [id, missing] as const);
    const ofGone = found.filter(([id]) => gone.some((number) => id.endsWith(`#${number}`) && !id.startsWith('pull_requests:')));
    await rig.fold();
    await rig.store.writer.replay(null);
    await nextDay();

    expect(found.filter((gap) => !ofGone.includes(gap)).sort()).toEqual(planted.map((id) => [id, 1]).sort());
    expect(ofGone.length).toBeGreaterThan(0);
    expect(await openGaps()).toEqual([]);
    const rows = await rig.store.completeness.rows(EVERYONE, { fromAt: 0, toAt: rig.clock.now() });
    expect(rows.filter(({ expected, stored }) => expected !== stored)).toEqual([]);
    expect(rows.reduce((sum, { healed }) => sum + healed, 0)).toBe(found.reduce((sum, [, missing]) => sum + (missing ?? 0), 0));
  }, 240_000);
});
