import { afterEach, describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { createLog } from '#src/core/log.ts';
import type { GitHubInstallation } from '#src/github/github.ts';
import { InstallationWatch } from '#src/poller/installation-watch.ts';
import { movingClock } from '#test/support/moving-clock.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE_MS = 60_000;
const GRANTED: GitHubInstallation = { id: '1', account: { id: '9', login: 'octo-org', type: 'Organization' }, permissions: { pull_requests: 'read' }, events: [], suspendedAt: null };

const watches: InstallationWatch[] = [];
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
});

/** A watch over what a GitHub says that changes its mind. */
function watching(isExpected = true): { said: readonly GitHubInstallation[] | Error; asked: number; changes: string[]; watch: InstallationWatch; pass: (milliseconds: number) => Promise<void> } {
  const clock = movingClock(NOON);
  const changes: string[] = [];
  const state = {
    said: [] as readonly GitHubInstallation[] | Error,
    asked: 0,
    changes,
    pass: (milliseconds: number) => clock.runUntil(clock.wait(milliseconds, new AbortController().signal)),
  };
  const app = {
    installations(): Promise<readonly GitHubInstallation[]> {
      state.asked += 1;
      return state.said instanceof Error ? Promise.reject(state.said) : Promise.resolve(state.said);
    },
  };
  const onChange = (installations: readonly GitHubInstallation[]): void => void changes.push(installations.map(({ id, suspendedAt }) => `${id}${suspendedAt === null ? '' : ' suspended'}`).join());
  const watch = new InstallationWatch({ app, clock, log: createLog({ level: 'silent' }), isExpected, onChange });
  watches.push(watch);
  return Object.assign(state, { watch });
}

describe('a watch for the App being installed', () => {
  test('sees an installation within seconds, and tells of each change once', async () => {
    const seen = watching();
    await seen.pass(10_000);
    const before = [...seen.changes];

    seen.said = [GRANTED];
    await seen.pass(4_000);
    await seen.pass(30_000);
    seen.said = [{ ...GRANTED, suspendedAt: NOON }];
    await seen.pass(4_000);

    expect(before).toEqual([]);
    expect(seen.changes).toEqual(['1', '1 suspended']);
    expect(seen.watch.seen.installations).toHaveLength(1);
  });

  test('asks every minute once nobody is expected any more, and not at all when nothing is lacking', async () => {
    const seen = watching();
    await seen.pass(16 * MINUTE_MS);
    const soon = seen.asked;
    await seen.pass(10 * MINUTE_MS);
    const later = seen.asked - soon;

    seen.said = [GRANTED];
    await seen.pass(2 * MINUTE_MS);
    const settled = seen.asked;
    await seen.pass(60 * MINUTE_MS);

    expect(soon).toBeGreaterThanOrEqual(300);
    expect(later).toBeGreaterThanOrEqual(9);
    expect(later).toBeLessThanOrEqual(11);
    expect(seen.asked).toBe(settled);
  });

  test('looks at once when it is told to', async () => {
    const seen = watching(false);
    seen.said = [GRANTED];
    await seen.pass(2 * MINUTE_MS);
    await seen.pass(60 * MINUTE_MS);

    seen.said = [GRANTED, { ...GRANTED, id: '2' }];
    seen.watch.look();
    await seen.pass(1_000);

    expect(seen.changes).toEqual(['1', '1,2']);
  });

  test('goes on while GitHub fails, says why, and keeps what was seen', async () => {
    const seen = watching();
    seen.said = [GRANTED];
    await seen.pass(4_000);

    seen.said = new NarrowsError('github-failed', 'GitHub answered 502.');
    await seen.pass(4_000);
    const failing = seen.watch.seen;
    seen.said = [GRANTED];
    await seen.pass(4_000);

    expect(failing).toEqual({ installations: [GRANTED], problem: 'GitHub answered 502.' });
    expect(seen.watch.seen.problem).toBeNull();
    expect(seen.changes).toEqual(['1']);
  });
});
