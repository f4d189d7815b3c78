import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { aPushEvent, aRepository, ms } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { readWebhook } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const A = 'a'.repeat(40);
const C = 'c'.repeat(40);

describe('push', () => {
  test("is a push to a branch at GitHub's time, with its commits", () => {
    const reading = readWebhook(sources, 'push', aPushEvent(), { guid: 'guid-1', deliveredAt: ms('12:20:03') });

    expect(reading).toHaveProperty('changes.pushes', [
      {
        repository: { id: '100', fullName: 'acme/widgets' },
        branch: 'topic',
        before: A,
        after: C,
        forced: false,
        actor: '#1',
        at: ms('12:20:00'),
        atFrom: 'github',
        commits: [C],
        knownAt: ms('12:20:03'),
        knownBy: 'guid-1',
      },
    ]);
  });

  test('without a time of the repository it is when it was delivered', () => {
    const reading = readWebhook(sources, 'push', aPushEvent({ repository: aRepository() }), { deliveredAt: ms('12:20:03') });

    expect(reading).toHaveProperty('changes.pushes.0.at', ms('12:20:03'));
    expect(reading).toHaveProperty('changes.pushes.0.atFrom', 'delivered');
  });

  test('a branch keeps its slashes, and a forced push says so', () => {
    const reading = readWebhook(sources, 'push', aPushEvent({ ref: 'refs/heads/feature/one/two', forced: true }));

    expect(reading).toHaveProperty('changes.pushes.0.branch', 'feature/one/two');
    expect(reading).toHaveProperty('changes.pushes.0.forced', true);
  });

  test.each([
    ['of a tag', { ref: 'refs/tags/v1' }, 'a push to something else than a branch'],
    ['that deletes the branch', { after: '0'.repeat(40), deleted: true }, 'a branch deleted'],
    ['that says no new head', { after: undefined }, 'a branch deleted'],
  ])('a push %s is ignored, with the reason', (_what, more, reason) => {
    const reading = readWebhook(sources, 'push', aPushEvent(more));

    expect(reading).toEqual({ outcome: 'ignored', reason });
  });

  test('commits without an id are left out', () => {
    const reading = readWebhook(sources, 'push', aPushEvent({ commits: [{ id: A }, { sha: C }, {}] }));

    expect(reading).toHaveProperty('changes.pushes.0.commits', [A, C]);
  });
});
