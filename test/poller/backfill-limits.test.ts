import { describe, expect, test } from '@jest/globals';
import { measureBackfill } from '#test/support/backfill-measure.ts';
import { recordFigure, size } from '#test/support/figures.ts';

const SECTION = 'Backfill before a GitHub that enforces its limits exactly';

/** What a backfill may ask for 1,000 pull requests with everything that belongs to them, whatever did not fit on a page included. */
const MOST_REQUESTS = 40;

describe('a backfill of a whole organisation', () => {
  const [repositories, each] = [size(12, 200), 100];

  test('never exceeds a limit, finishes, and asks little', async () => {
    const measure = await measureBackfill({ repositories, pullRequests: each, kills: 0, seed: 1 });

    const perThousand = (measure.requests * 1_000) / measure.pullRequests;
    expect(measure).toMatchObject({ pullRequests: repositories * each, stored: repositories * each, violations: 0, repeated: 0 });
    expect(perThousand).toBeLessThanOrEqual(MOST_REQUESTS);
    recordFigure(SECTION, `requests for ${measure.pullRequests.toLocaleString('en')} pull requests of ${String(repositories)} repositories`, measure.requests, 'at most 40 for 1,000');
    recordFigure(SECTION, 'points of the hourly limit', measure.points, 'beside them');
    recordFigure(SECTION, 'calls above a limit', measure.violations, '0');
  }, 300_000);

  test('killed and resumed it repeats under a hundredth of its requests', async () => {
    const kills = size(0, 1) + 1;
    const undisturbed = await measureBackfill({ repositories, pullRequests: each, kills: 0, seed: 2 });
    const killed = await measureBackfill({ repositories, pullRequests: each, kills, seed: 2 });

    expect(killed).toMatchObject({ pullRequests: repositories * each, stored: repositories * each, violations: 0 });
    // One page is under way, with what did not fit on it; of the small size that is more than a hundredth.
    expect(killed.repeated).toBeLessThanOrEqual(Math.max(size(6, 0) * kills, 0.01 * undisturbed.requests));
    recordFigure(SECTION, `requests repeated after ${String(kills)} kills`, killed.repeated, `under ${String(Math.floor(0.01 * undisturbed.requests) + 1)}: a hundredth`);
  }, 600_000);
});
