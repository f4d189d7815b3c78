import { statfs } from 'node:fs/promises';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** Below this much room the inbox may soon have to refuse deliveries, bytes. */
const LEAST_FREE = 1_000_000_000;

/** Room for fewer days than this is said in time to make more. */
const FEWEST_DAYS = 30;

const GROWTH_DAYS = 7;

const DAY_MS = 86_400_000;

/** Deliveries are about two thirds of what a day adds: the facts made of them are the rest. */
const FACTS_SHARE = 1.5;

/** Room where the data stand, and how long it will last. */
const check: Check = {
  place: 3,
  title: 'Disk',
  async run({ app }) {
    const { options, clock } = app;
    const { health } = await app.store();
    const { deliveries, bytes } = await health.storedSince(clock.now() - GROWTH_DAYS * DAY_MS);
    const daily = (bytes * FACTS_SHARE) / GROWTH_DAYS;
    const growth = deliveries === 0 ? 'nothing came in the last week' : `about ${mega(daily)} MB a day come in`;
    const size = `${mega(await health.size())} MB are used, ${growth}`;
    if (options.databaseUrl !== null) return [{ verdict: 'ok', text: size }, { verdict: 'unknown', text: 'how much room PostgreSQL has left cannot be asked from here' }];
    const { bavail, bsize } = await statfs(options.dataDir);
    return [{ verdict: 'ok', text: size }, room(bavail * bsize, daily)];
  },
};

export default check;

/** What a disk's free bytes mean at so many new ones a day. */
export function room(free: number, daily: number): Finding {
  const text = `${(free / 1e9).toFixed(1)} GB free where the data stand`;
  if (free < LEAST_FREE) return { verdict: 'wrong', text, todo: 'Make room: without it deliveries are answered 503 and GitHub does not send them again by itself.' };
  const days = daily === 0 ? Infinity : Math.floor(free / daily);
  if (days >= FEWEST_DAYS) return { verdict: 'ok', text };
  return { verdict: 'note', text: `${text}: full in about ${String(days)} days as it grows now`, todo: 'Make room, or keep deliveries for fewer days (NARROWS_RETENTION_DAYS): facts stay.' };
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
