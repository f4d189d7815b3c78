import type { ClaimedMail } from '#src/domain/outbox.ts';

/**
 * How an attempt to send ended. `accepted`: the server took the mail. `refused`: it will not take it, ever.
 * `deferred`: it was not taken and may be tried again. `unanswered`: its last line was given to the server,
 * which then said nothing: it may have taken it. `lost`: somebody else holds the mail now; nothing was given.
 */
export type Carried =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused' | 'deferred' | 'unanswered'; readonly reason: string }
  | { readonly outcome: 'lost' };

/** What takes mails away. */
export interface Carrier {
  /**
   * Tries once. Before the last line goes out, without which no server takes a mail, `handOver` is asked and
   * must have answered true. It never rejects for what a server does.
   */
  carry(mail: ClaimedMail, handOver: () => Promise<boolean>): Promise<Carried>;
}
