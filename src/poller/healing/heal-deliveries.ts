import { formatInstant } from '#src/core/instant.ts';
import type { MissingDelivery } from '#src/domain/healing.ts';
import { groupAttempts, type GuidAttempts } from './attempts.ts';
import { fetchMissing, type Fetched } from './fetch-missing.ts';
import type { HealingParts } from './healing-parts.ts';
import { moveEarlier } from './move-earlier.ts';

/** What a comparison of the log with the inbox came to. */
export interface HealingResult {
  /** Pages of the log that were read: one request each. */
  readonly pages: number;
  /** Deliveries that the log named. */
  readonly compared: number;
  readonly healed: number;
  /** Those that stay missing, and how many of them GitHub was asked to deliver again. */
  readonly missing: number;
  readonly asked: number;
}

/** GitHub's log reaches back so far (seven days on an Enterprise Server, which shows by what it holds). */
export const LOG_REACH_MS = 3 * 86_400_000;

/**
 * What was compared before is read once more for so long: a delivery enters the log only when its attempt has ended,
 * ten seconds after it began at the latest, and clocks differ.
 */
export const OVERLAP_MS = 15 * 60_000;

/**
 * Compares GitHub's deliveries log with the inbox back to where that was last done, and heals what is missing: from
 * the payload that the log keeps, stored as if it had come, or by asking for redelivery. What stays missing is an open
 * gap. Where the log does not reach back to the last comparison, the time between is a gap of its own. Each page is
 * written down when it is done, so that a comparison may end at any instant and be run again.
 */
export async function healDeliveries(parts: HealingParts, signal?: AbortSignal): Promise<HealingResult> {
  const { app, healing, clock } = parts;
  const startedAt = clock.now();
  const checkedUntil = await healing.checkedUntil();
  const fromAt = checkedUntil === null ? -Infinity : checkedUntil - OVERLAP_MS;
  const sums = new Sums();
  await healing.healSwept(startedAt);
  sums.add(await retryMissing(parts, signal));

  const redelivered = new Set<string>();
  let oldestAt: number | null = null;
  for (let cursor: string | null = null; ; ) {
    const page = await app.deliveryLog(cursor, signal);
    sums.pages += 1;
    const last = page.deliveries.at(-1);
    oldestAt = last?.deliveredAt ?? oldestAt;
    const groups = groupAttempts(page.deliveries.filter(({ deliveredAt }) => deliveredAt >= fromAt));
    sums.compared += groups.length;
    sums.add(await comparePage(parts, groups, redelivered, signal));
    const isReached = last !== undefined && last.deliveredAt < fromAt;
    if (page.next === null || isReached) {
      if (!isReached && checkedUntil !== null) await noteOutage(parts, checkedUntil, oldestAt, startedAt);
      break;
    }
    cursor = page.next;
  }
  await healing.checked(startedAt, startedAt - OVERLAP_MS);
  return sums;
}

class Sums implements HealingResult {
  pages = 0;
  compared = 0;
  healed = 0;
  missing = 0;
  asked = 0;

  add({ healed, missing, asked }: Pick<HealingResult, 'healed' | 'missing' | 'asked'>): void {
    this.healed += healed;
    this.missing += missing;
    this.asked += asked;
  }
}

/** Compares one page with the inbox; `redelivered` remembers across pages, which are newest first, whose first attempt is still to come. */
async function comparePage(parts: HealingParts, groups: readonly GuidAttempts[], redelivered: Set<string>, signal: AbortSignal | undefined): Promise<Pick<HealingResult, 'healed' | 'missing' | 'asked'>> {
  const { healing, clock } = parts;
  const known = await healing.knownGuids(groups.map(({ guid }) => guid));
  for (const group of groups) if (group.hasRedelivery) redelivered.add(group.guid);
  await moveEarlier(parts.inbox, groups.filter(({ guid }) => known.has(guid) && redelivered.has(guid)));
  const waiting = new Set((await healing.missing()).map(({ guid }) => guid));
  const lacking = groups.filter(({ guid }) => !known.has(guid) && !waiting.has(guid)).map(missingOf);
  const fetched = await fetchMissing(parts, lacking, signal);
  await healing.record({ logged: groups, missing: fetched.missing, healed: fetched.stored, at: clock.now() });
  return countsOf(fetched);
}

/** Looks again after what stayed missing: it may have been delivered again meanwhile, or can be had now. */
async function retryMissing(parts: HealingParts, signal: AbortSignal | undefined): Promise<Pick<HealingResult, 'healed' | 'missing' | 'asked'>> {
  const { healing, inbox, clock } = parts;
  const nowAt = clock.now();
  const missing = await healing.missing();
  if (missing.length === 0) return { healed: 0, missing: 0, asked: 0 };
  const known = await healing.knownGuids(missing.map(({ guid }) => guid));
  const arrived = missing.filter(({ guid }) => known.has(guid));
  await moveEarlier(inbox, arrived);
  const absent = missing.filter(({ guid }) => !known.has(guid));
  const lost = absent.filter(({ deliveredAt }) => deliveredAt < nowAt - LOG_REACH_MS);
  const fetched = await fetchMissing(parts, absent.filter((one) => !lost.includes(one)), signal);
  await healing.record({ logged: [], missing: fetched.missing, healed: [...arrived, ...fetched.stored], at: clock.now() });
  await healing.giveUp(lost.map(({ guid }) => guid), 'It did not arrive, GitHub kept no payload of it, and its log no longer holds it.');
  const counts = countsOf(fetched);
  return { ...counts, healed: counts.healed + arrived.length, missing: counts.missing + lost.length };
}

/** Where the log ends after the last comparison, nobody can tell any more what was delivered in between. */
async function noteOutage({ completeness, log }: HealingParts, checkedUntil: number, oldestAt: number | null, nowAt: number): Promise<void> {
  const reachesTo = Math.min(nowAt - LOG_REACH_MS, oldestAt ?? nowAt - LOG_REACH_MS);
  if (checkedUntil >= reachesTo) return;
  log.warn({ from: formatInstant(checkedUntil), to: formatInstant(reachesTo) }, 'the deliveries log no longer reaches back to where it was last compared');
  await completeness.open([
    {
      id: `outage:${String(checkedUntil)}`,
      repositoryId: null,
      kind: 'deliveries',
      fromAt: checkedUntil,
      toAt: reachesTo,
      missing: null,
      expected: null,
      reason:
        'The deliveries log of GitHub was not compared in time: it keeps three days, and what was lost before cannot be named any more. What the API lists of pull requests comes back with the sweep; pushes and changes of teams in this time may be missing.',
      foundAt: nowAt,
    },
  ]);
}

function missingOf({ guid, event, deliveredAt, repositoryId, isRedelivery, newestAttemptId }: GuidAttempts): MissingDelivery {
  return { guid, event, deliveredAt, repositoryId, isRedelivery, attemptId: newestAttemptId, askedAt: null, asks: 0, reason: '' };
}

function countsOf({ stored, missing, asked }: Fetched): { readonly healed: number; readonly missing: number; readonly asked: number } {
  return { healed: stored.length, missing: missing.length, asked };
}

