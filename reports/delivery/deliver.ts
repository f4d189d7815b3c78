import type { Clock } from '#src/core/clock.ts';
import type { Log } from '#src/core/log.ts';
import type { ClaimedMail, MailKey, MailResult, Outbox } from '#src/domain/outbox.ts';
import { nextAttemptAt } from './backoff.ts';
import type { Carried, Carrier } from './carrier.ts';

/** Who holds a mail for longer before it is handed over has lost it, s. */
const HOLD_SECONDS = 900;

/** Whose answer is missing for longer never gets one, s: more than a server's silence is waited for. */
const ANSWER_SECONDS = 900;

const GONE = 'The process ended after the last line went out and before the answer of the mail server was stored.';

/** What delivers mails. */
export interface DeliveryOptions {
  readonly outbox: Outbox;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly log: Log;
}

/** Sends what is due, one after the other, or only one mail; resolves to how many attempts there were. What goes wrong stands in the outbox and in the log. */
export async function deliverDue(options: DeliveryOptions, only?: MailKey): Promise<number> {
  const { outbox, carrier, log } = options;
  for (const { team, recipient, week, reason } of await outbox.giveUp(GONE)) {
    log.error({ team, recipient, week, reason }, 'it is not known whether a mail arrived; it is not sent again by itself');
  }
  for (let attempts = 0; ; attempts += 1) {
    const mail = await outbox.claim(HOLD_SECONDS, only);
    if (mail === null) return attempts;
    const carried = await carrier.carry(mail, () => outbox.handOver(mail, ANSWER_SECONDS));
    const result = resultOf(carried, mail, options.clock.now());
    if (result === null) continue;
    await outbox.settle(mail, result);
    report(log, mail, result);
  }
}

function resultOf(carried: Carried, { attempt }: ClaimedMail, nowAt: number): MailResult | null {
  switch (carried.outcome) {
    case 'accepted':
      return { state: 'sent' };
    case 'refused':
      return { state: 'failed', reason: carried.reason };
    case 'unanswered':
      return { state: 'unconfirmed', reason: carried.reason };
    case 'deferred': {
      const dueAt = nextAttemptAt(attempt, nowAt);
      return dueAt === null ? { state: 'failed', reason: `Given up after ${String(attempt)} attempts: ${carried.reason}` } : { state: 'queued', dueAt, reason: carried.reason };
    }
    case 'lost':
      return null;
  }
}

function report(log: Log, { team, recipient, week, messageId, attempt }: ClaimedMail, result: MailResult): void {
  const fields = { team, recipient, week, messageId, attempt };
  if (result.state === 'sent') log.info(fields, 'a mail was sent');
  else if (result.state === 'queued') log.warn({ ...fields, reason: result.reason }, 'a mail could not be sent and is tried again');
  else if (result.state === 'failed') log.error({ ...fields, reason: result.reason }, 'a mail could not be sent');
  else log.error({ ...fields, reason: result.reason }, 'it is not known whether a mail arrived; it is not sent again by itself');
}
