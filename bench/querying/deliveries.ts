import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedPayload } from '../receiving/payload.ts';
import { Client, type Answered } from './ask.ts';

/** Deliveries that come at a steady rate, whether they are answered or not, as GitHub sends them. */
export interface SteadyDeliveries {
  /** What was answered since it was asked last. */
  taken(): readonly Answered[];
  stop(): Promise<void>;
}

/** How many connections there are for them. */
const CONNECTIONS = 50;

/** Sends so many a second until it is stopped. A delivery that had to wait because answers were late counts from when it was due. */
export function deliverSteadily(port: number, perSecond: number, { event, body, signature }: SignedPayload, nextGuid: () => string): SteadyDeliveries {
  const client = new Client(port, CONNECTIONS);
  const underWay = new Set<Promise<void>>();
  let answers: Answered[] = [];
  const ending = new AbortController();
  const send = async (dueAt: number): Promise<void> => {
    const headers = { 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': nextGuid(), 'x-hub-signature-256': signature };
    answers.push(await client.ask('/webhooks/github', { since: dueAt, body, headers }));
  };
  const sending = (async (): Promise<void> => {
    const startedAt = performance.now();
    for (let count = 0; !ending.signal.aborted; ) {
      for (const due = ((performance.now() - startedAt) / 1000) * perSecond; count < due; count += 1) {
        const one = send(startedAt + (count * 1000) / perSecond).finally(() => underWay.delete(one));
        underWay.add(one);
      }
      await sleep(1);
    }
  })();
  return {
    taken() {
      const all = answers;
      answers = [];
      return all;
    },
    async stop() {
      ending.abort();
      await sending;
      await Promise.all(underWay);
      client.close();
    },
  };
}
