import { NarrowsError, type ErrorCode } from '#src/core/errors.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { MissingDelivery } from '#src/domain/healing.ts';
import type { HealingParts } from './healing-parts.ts';

/** What became of deliveries that were missing. */
export interface Fetched {
  readonly stored: readonly MissingDelivery[];
  readonly missing: readonly MissingDelivery[];
  /** How many of the missing GitHub was asked to deliver again just now. */
  readonly asked: number;
}

/** Payloads asked for at once. */
const AT_ONCE = 8;

/** GitHub is asked to deliver one thing again at most so often, each time after waiting twice as long as before. */
const MOST_ASKS = 4;
const FIRST_WAIT_MS = 10 * 60_000;

/** What says that this one delivery cannot be had, and nothing about the next. */
const OF_THIS_ONE: readonly ErrorCode[] = ['github-not-found', 'github-failed', 'github-too-large'];

/** Fetches the payloads of deliveries and stores them as if they had come; asks GitHub to deliver again those of which it keeps none. */
export async function fetchMissing(parts: Pick<HealingParts, 'app' | 'inbox' | 'clock'>, lacking: readonly MissingDelivery[], signal: AbortSignal | undefined): Promise<Fetched> {
  const stored: MissingDelivery[] = [];
  const missing: MissingDelivery[] = [];
  let asked = 0;
  for (let start = 0; start < lacking.length; start += AT_ONCE) {
    const some = lacking.slice(start, start + AT_ONCE);
    const payloads = await payloadsOf(parts, some, signal);
    const found = some.flatMap((one, index) => {
      const payload = payloads[index] ?? null;
      return payload === null ? [] : [{ one, delivery: deliveryOf(one, payload) }];
    });
    if (found.length > 0) await parts.inbox.store(found.map(({ delivery }) => delivery));
    stored.push(...found.map(({ one }) => one));
    for (const [index, one] of some.entries()) {
      if ((payloads[index] ?? null) !== null) continue;
      const after = await askAgain(parts, one, signal);
      if (after.asks > one.asks) asked += 1;
      missing.push(after);
    }
  }
  return { stored, missing, asked };
}

/** One payload that cannot be had holds nothing up; when all that were asked for at once fail, it is GitHub that fails. */
async function payloadsOf({ app }: Pick<HealingParts, 'app'>, some: readonly MissingDelivery[], signal: AbortSignal | undefined): Promise<(string | null)[]> {
  const answers = await Promise.allSettled(some.map(({ attemptId }) => app.deliveredPayload(attemptId, signal)));
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
  const [fatal] = failures.filter(({ reason }) => !isOfThisOne(reason) || failures.length === AT_ONCE);
  if (fatal !== undefined) throw fatal.reason;
  return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : null));
}

async function askAgain({ app, clock }: Pick<HealingParts, 'app' | 'clock'>, one: MissingDelivery, signal: AbortSignal | undefined): Promise<MissingDelivery> {
  const nowAt = clock.now();
  const isTooSoon = one.askedAt !== null && nowAt < one.askedAt + FIRST_WAIT_MS * 2 ** (one.asks - 1);
  if (one.asks >= MOST_ASKS) return { ...one, reason: `It did not arrive, GitHub keeps no payload of it, and asked ${String(MOST_ASKS)} times to deliver it again it did not arrive either.` };
  if (isTooSoon) return one;
  try {
    await app.redeliver(one.attemptId, signal);
    return { ...one, askedAt: nowAt, asks: one.asks + 1, reason: 'It did not arrive and GitHub keeps no payload of it; GitHub was asked to deliver it again.' };
  } catch (error) {
    if (!isOfThisOne(error)) throw error;
    return { ...one, askedAt: nowAt, asks: one.asks + 1, reason: 'It did not arrive, GitHub keeps no payload of it, and will not deliver it again.' };
  }
}

/** What GitHub keeps is the webhook's body, perhaps written anew: the same facts in other bytes. */
function deliveryOf({ guid, event, deliveredAt }: MissingDelivery, payload: string): Delivery {
  const [name = event] = event.split('.');
  return { guid, channel: 'webhook', event: name, deliveredAt, takenAt: null, format: 'json', body: Buffer.from(payload) };
}

function isOfThisOne(error: unknown): boolean {
  return error instanceof NarrowsError && OF_THIS_ONE.includes(error.code);
}
