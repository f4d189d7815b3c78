import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseJson } from '#src/core/json.ts';
import { readDelivery, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { recordFigure } from '#test/support/figures.ts';
import { openInstallation, type Installation } from '#test/support/installation.ts';
import { aWebhook, loadSources } from '#test/support/sources.ts';

const require = createRequire(import.meta.url);

let sources: SourcesByEvent;
let installation: Installation;
beforeAll(async () => {
  sources = await loadSources();
});
beforeEach(async () => {
  installation = await openInstallation();
});
afterEach(() => installation.close());

/** A webhook that somebody recorded. */
interface Recorded {
  readonly event: string;
  readonly payload: unknown;
}

/** GitHub's own examples, all of one of its products. */
function githubExamples(product: string): Recorded[] {
  const folder = dirname(require.resolve('@octokit/webhooks-examples/package.json'));
  const events: readonly { readonly name: string; readonly examples: readonly unknown[] }[] = require(join(folder, product, 'index.json'));
  return events.flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));
}

function lines(file: URL): string[] {
  return gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter((line) => line !== '');
}

function hub4jPayloads(): Recorded[] {
  return lines(new URL('../../data/recordings/hub4j/event-payloads.ndjson.gz', import.meta.url)).map((line) => parseJson(line) as Recorded);
}

/** How many of which event came to which end. */
function endings(recorded: readonly Recorded[]): Record<string, Record<string, number>> {
  const ends: Record<string, Record<string, number>> = {};
  for (const { event, payload } of recorded) {
    const reading = readDelivery(aWebhook(event, payload), sources);
    const end = 'reason' in reading ? `${reading.outcome}: ${reading.reason}` : reading.outcome;
    const events = (ends[end] ??= {});
    events[event] = (events[event] ?? 0) + 1;
  }
  return ends;
}

/** Delivers them all, and says what became of them once they were stored and folded. */
async function delivered(recorded: readonly Recorded[]): Promise<Installation['counts']> {
  await installation.deliver(recorded.map(({ event, payload }, index) => aWebhook(event, payload, { guid: `${event}-${String(index)}` })));
  return installation.counts;
}

describe("GitHub's 329 examples", () => {
  test('become facts, are ignored with a reason, or are kept as unknown, each event as a whole', () => {
    const { unknown, ...read } = endings(githubExamples('api.github.com'));

    expect(read).toEqual({
      facts: { installation: 7, installation_repositories: 3, member: 4, membership: 5, pull_request: 29, pull_request_review: 4, pull_request_review_comment: 5, pull_request_review_thread: 3, push: 2, repository: 13, team: 6, team_add: 3 },
      'ignored: a comment on an issue, not on a pull request': { issue_comment: 9 },
      'ignored: a push to something else than a branch': { push: 5 },
    });
    expect(Object.keys(unknown ?? {}).filter((event) => sources.has(event))).toEqual([]);
  });

  test('are all stored, folded and exported, and none is a dead letter', async () => {
    const counts = await delivered(githubExamples('api.github.com'));

    expect(counts).toEqual({ facts: 84, ignored: 14, unknown: 231, dead: 0 });
    expect(await installation.exportCsv('pull-request-events')).toContain('Codertocat/Hello-World,2,opened');
    recordFigure("GitHub's payloads", "@octokit/webhooks-examples: payloads read, ignored with a reason or kept", counts.facts + counts.ignored + counts.unknown, 'all 329, no dead letter');
  });

  test.each(['ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'])('of GitHub Enterprise Server %s make no dead letter either', async (product) => {
    const { facts, dead } = await delivered(githubExamples(product));

    expect(dead).toBe(0);
    expect(facts).toBeGreaterThanOrEqual(9);
  });
});

describe('the 71 payloads that hub4j recorded', () => {
  test('become facts, are ignored with a reason, or are kept as unknown, each event as a whole', () => {
    const { unknown, ...read } = endings(hub4jPayloads());

    expect(read).toEqual({
      facts: { installation: 2, installation_repositories: 1, member: 3, membership: 2, pull_request: 4, pull_request_review: 1, pull_request_review_comment: 2, push: 2, repository: 4, team: 4, team_add: 1 },
      'ignored: a comment on an issue, not on a pull request': { issue_comment: 2 },
    });
    expect(Object.keys(unknown ?? {}).filter((event) => sources.has(event))).toEqual([]);
  });

  test('are all stored, folded and exported, and none is a dead letter', async () => {
    const counts = await delivered(hub4jPayloads());

    expect(counts).toEqual({ facts: 26, ignored: 2, unknown: 43, dead: 0 });
    expect(await installation.exportCsv('pull-request-events')).toContain('baxterthehacker/public-repo,8,reviewed,2626884,baxterthehacker,User,2016-10-03T23:39:09Z,github');
    recordFigure("GitHub's payloads", 'hub4j: payloads read, ignored with a reason or kept', counts.facts + counts.ignored + counts.unknown, 'all 71, no dead letter');
  });

  test('can be imported as they lie there', async () => {
    const { lines: count, refused } = await installation.importLines(lines(new URL('../../data/recordings/hub4j/event-payloads.ndjson.gz', import.meta.url)), null);

    expect({ count, refused, dead: installation.counts.dead }).toEqual({ count: 71, refused: 0, dead: 0 });
  });
});

/** 800 events of GH Archive that Apache Pinot's examples hold; too large to stand in this project. */
const ARCHIVE = new URL('../../../shared/data/recorded/gharchive-pinot/pinot-2021-07-21.ndjson.gz', import.meta.url);

(existsSync(ARCHIVE) ? describe : describe.skip)('800 events of GH Archive', () => {
  test('are all imported, and none is a dead letter', async () => {
    const { lines: count, refused } = await installation.importLines(lines(ARCHIVE), null);

    expect({ count, refused }).toEqual({ count: 800, refused: 0 });
    expect(installation.counts).toEqual({ facts: 548, ignored: 252, unknown: 0, dead: 0 });
    recordFigure("GitHub's payloads", 'GH Archive, 21 July 2021: events read or ignored with a reason', installation.counts.facts + installation.counts.ignored, 'all 800, no dead letter');
  });
});
