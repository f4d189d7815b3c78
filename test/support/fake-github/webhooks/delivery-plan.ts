import type { GitHubWebhook } from './github-webhook.ts';
import { chance } from './seeded.ts';

/**
 * What becomes of a delivery. `sent`; `failed`: it never arrives, and the log says so; `swallowed`: it never arrives and
 * the log says that it did, as when a receiver dies after its answer; `unlogged`: it never arrives and no log knows it.
 */
export type Fate = 'sent' | 'failed' | 'swallowed' | 'unlogged';

/** One webhook on its way. */
export interface PlannedDelivery {
  readonly webhook: GitHubWebhook;
  /** When it is sent, epoch ms: never before it happened. */
  readonly sendAt: number;
  readonly fate: Fate;
  /** Whether the same webhook was planned before: it comes twice. */
  readonly isDuplicate: boolean;
}

/** How deliveries go wrong. Shares are of 1, each webhook decided by the seed and its GUID. */
export interface DeliveryFaults {
  readonly seed: number;
  /** Share that never arrives [0]. */
  readonly dropped?: number;
  /** What becomes of those, evenly [all `failed`]. */
  readonly droppedAs?: readonly Exclude<Fate, 'sent'>[];
  /** Share that comes twice [0]; the second time is in the log as a redelivery. */
  readonly duplicated?: number;
  /** Each comes up to so much later than it happened, seconds [0]: so what lies closer together changes places. */
  readonly reorderedWithinSeconds?: number;
  /** Share that comes later by `delaySeconds` on top [0]. */
  readonly delayed?: number;
  readonly delaySeconds?: number;
}

/** The deliveries of webhooks, in order of sending. What comes in is in order of time; no more is held than what waits to be sent. */
export function* planDeliveries(webhooks: Iterable<GitHubWebhook>, faults: DeliveryFaults): Generator<PlannedDelivery> {
  const waiting: PlannedDelivery[] = [];
  for (const webhook of webhooks) {
    while (waiting[0] !== undefined && waiting[0].sendAt <= webhook.at) yield* waiting.splice(0, 1);
    for (const planned of plansOf(webhook, faults)) insert(waiting, planned);
  }
  yield* waiting;
}

function plansOf(webhook: GitHubWebhook, faults: DeliveryFaults): readonly PlannedDelivery[] {
  const roll = (what: string): number => chance(faults.seed, what, webhook.guid);
  const sendAt = (what: string): number => {
    const late = roll(`delayed ${what}`) < (faults.delayed ?? 0) ? (faults.delaySeconds ?? 0) : 0;
    return webhook.at + Math.round(1000 * (late + roll(`moved ${what}`) * (faults.reorderedWithinSeconds ?? 0)));
  };
  const first: PlannedDelivery = { webhook, sendAt: sendAt('first'), fate: fateOf(faults, roll), isDuplicate: false };
  if (first.fate !== 'sent' || roll('duplicated') >= (faults.duplicated ?? 0)) return [first];
  const second: PlannedDelivery = { ...first, sendAt: sendAt('second'), isDuplicate: true };
  return second.sendAt < first.sendAt ? [{ ...first, sendAt: second.sendAt }, { ...second, sendAt: first.sendAt }] : [first, second];
}

function fateOf({ dropped = 0, droppedAs = ['failed'] }: DeliveryFaults, roll: (what: string) => number): Fate {
  if (roll('dropped') >= dropped) return 'sent';
  return droppedAs[Math.floor(roll('dropped as') * droppedAs.length)] ?? 'failed';
}

/** Keeps the list in order of sending; of one instant, in order of coming in. */
function insert(waiting: PlannedDelivery[], planned: PlannedDelivery): void {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = waiting[middle];
    if (there !== undefined && there.sendAt <= planned.sendAt) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, planned);
}
