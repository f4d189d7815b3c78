/** Which mail: there is one for a team, a recipient and an ISO week, ever. */
export interface MailKey {
  /** The team's slug. */
  readonly team: string;
  /** The recipient's address. */
  readonly recipient: string;
  /** `2025-W47`. */
  readonly week: string;
}

/**
 * Where a mail is. `queued`: to be sent when due. `sending`: someone holds it and may still take it back.
 * `handing-over`: its last line was, or is just being, given to the server, so it may not be sent again.
 * `sent`: the server took it. `unconfirmed`: it was handed over and the server's answer was never seen.
 * `failed`: the server refused it for good, or it was tried too often. The last three are ends.
 */
export type MailState = 'queued' | 'sending' | 'handing-over' | 'sent' | 'unconfirmed' | 'failed';

/** A mail put together, as it goes out whenever it does. */
export interface NewMail extends MailKey {
  /** Follows from the key: whoever sees a mail twice can tell. */
  readonly messageId: string;
  /** The address in `MAIL FROM`. */
  readonly sender: string;
  /** The whole message (RFC 5322). */
  readonly message: Uint8Array;
}

/** A mail that somebody holds to send it. */
export interface ClaimedMail extends NewMail {
  /** 1 for the first time. It is also what tells this hold from a later one. */
  readonly attempt: number;
}

/** A line of the outbox. */
export interface OutboxLine extends MailKey {
  readonly messageId: string;
  readonly state: MailState;
  readonly attempts: number;
  /** When it is to be tried next, epoch ms; null unless it is queued. */
  readonly dueAt: number | null;
  /** When it came to this state, epoch ms. */
  readonly changedAt: number;
  /** Why it failed, waits or is unconfirmed, in words; null where there is nothing to say. */
  readonly reason: string | null;
}

/** What became of an attempt. */
export type MailResult =
  | { readonly state: 'sent' }
  | { readonly state: 'queued'; readonly dueAt: number; readonly reason: string }
  | { readonly state: 'unconfirmed' | 'failed'; readonly reason: string };

/**
 * Mails on their way. A mail is put in once, held by one sender at a time, and never given to a server
 * again after its last line was (`docs/adr/0006-a-mail-is-handed-over-once.md`). Every change is on disk
 * when its promise resolves.
 */
export interface Outbox {
  /** Puts a mail in, due at once. Resolves to whether it was not there yet; what is there already stays as it is. */
  enqueue(mail: NewMail): Promise<boolean>;
  /** Null when there is none. */
  line(key: MailKey): Promise<OutboxLine | null>;
  /** All that came to their state since an instant, and all that are not at an end, oldest first. */
  lines(sinceAt: number): Promise<OutboxLine[]>;
  /** Takes hold of the mail that is due longest, or of this one if it is due; null when none is. After `seconds` another may take it, as long as it was not handed over. */
  claim(seconds: number, only?: MailKey): Promise<ClaimedMail | null>;
  /** Notes that the last line goes out now; false when the hold was lost: then it must not. After `seconds` without a result the mail is unconfirmed. */
  handOver(mail: ClaimedMail, seconds: number): Promise<boolean>;
  /** Notes what became of an attempt, unless the hold was lost. */
  settle(mail: ClaimedMail, result: MailResult): Promise<void>;
  /** Marks as unconfirmed what was handed over and whose result is overdue. Resolves to what it marked. */
  giveUp(reason: string): Promise<OutboxLine[]>;
  /** Queues a mail again that failed or is unconfirmed. Resolves to whether there was such a one. */
  again(key: MailKey): Promise<boolean>;
}
