import type { LoggedGuid } from '#src/domain/healing.ts';
import type { LoggedDelivery } from '#src/github/github.ts';

/** The attempts of one delivery that a part of the log shows. */
export interface GuidAttempts extends LoggedGuid {
  /** The attempt that a payload is asked by: the newest, which the log keeps longest. */
  readonly newestAttemptId: string;
  readonly hasRedelivery: boolean;
}

/** Attempts by the delivery they are of, newest first as the log is. A delivery's time is that of its earliest attempt. */
export function groupAttempts(attempts: readonly LoggedDelivery[]): GuidAttempts[] {
  const byGuid = new Map<string, LoggedDelivery[]>();
  for (const attempt of attempts) {
    const known = byGuid.get(attempt.guid);
    if (known === undefined) byGuid.set(attempt.guid, [attempt]);
    else known.push(attempt);
  }
  return [...byGuid].map(([guid, all]) => {
    const newest = all.reduce((a, b) => (b.deliveredAt > a.deliveredAt ? b : a));
    return {
      guid,
      event: newest.action === null ? newest.event : `${newest.event}.${newest.action}`,
      deliveredAt: Math.min(...all.map(({ deliveredAt }) => deliveredAt)),
      repositoryId: newest.repositoryId,
      isRedelivery: all.every(({ isRedelivery }) => isRedelivery),
      hasRedelivery: all.some(({ isRedelivery }) => isRedelivery),
      newestAttemptId: newest.id,
    };
  });
}
