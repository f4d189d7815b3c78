/**
 * A process that sends one mail through the outbox and may be told to die on the way, as `kill -9` lets it:
 * `node sending-process.ts '{"dataDir": …}'`.
 */
import { createLog } from '#src/core/log.ts';
import type { Outbox } from '#src/domain/outbox.ts';
import { openStore } from '#src/store/store.ts';
import { deliverDue } from '#reports/delivery/deliver.ts';
import { smtpCarrier } from '#reports/delivery/smtp.ts';

/** A step of sending as the sender sees it. */
export type ClientStep = 'enqueued' | 'claimed' | 'asked-to-hand-over' | 'handed-over' | 'answered' | 'settled';

/** What the process is told. */
export interface SendingOrder {
  readonly dataDir: string;
  readonly url: string;
  readonly nowAt: number;
  readonly dieAt: ClientStep | null;
}

const order = JSON.parse(process.argv[2] ?? '') as SendingOrder;
const startedAt = Date.now();
const clock = { now: () => order.nowAt + Date.now() - startedAt };
const dieAt = (step: ClientStep): void => {
  if (step === order.dieAt) process.kill(process.pid, 'SIGKILL');
};

const store = await openStore({ dataDir: order.dataDir, databaseUrl: null, clock });
const { outbox } = store;
await outbox.enqueue({
  team: 'payments',
  recipient: 'lead@example.com',
  week: '2025-W47',
  messageId: '<one@example.com>',
  sender: 'narrows@example.com',
  message: Buffer.from(`Message-ID: <one@example.com>\r\nSubject: Payments\r\n\r\n${'A line of the mail.\r\n'.repeat(4_000)}`),
});
dieAt('enqueued');
const watched: Outbox = {
  enqueue: (mail) => outbox.enqueue(mail),
  line: (key) => outbox.line(key),
  lines: (sinceAt) => outbox.lines(sinceAt),
  giveUp: (reason) => outbox.giveUp(reason),
  again: (key) => outbox.again(key),
  async claim(seconds, only) {
    const mail = await outbox.claim(seconds, only);
    dieAt('claimed');
    return mail;
  },
  async handOver(mail, seconds) {
    dieAt('asked-to-hand-over');
    const begun = process.hrtime.bigint();
    const isHeld = await outbox.handOver(mail, seconds);
    process.stdout.write(`${String(Number(process.hrtime.bigint() - begun) / 1e6)}\n`);
    dieAt('handed-over');
    return isHeld;
  },
  async settle(mail, result) {
    dieAt('answered');
    await outbox.settle(mail, result);
    dieAt('settled');
  },
};
await deliverDue({ outbox: watched, carrier: smtpCarrier({ url: order.url }), clock, log: createLog({ level: 'silent' }) });
await store.close();
