import type { PollerParts } from './poller-parts.ts';

/** After so long without a sign a holder is taken for dead, s; it gives one three times as often. What a killed process held waits so long for the next. */
const LEASE_SECONDS = 20;

/**
 * Does something while holding a lease, which is prolonged meanwhile. Resolves to whether it was done: not while
 * another process holds the lease. Where the lease was lost all the same (the process stood still), what is done
 * twice is stored once or made equal by folding.
 */
export async function underLease({ leases, holder }: Pick<PollerParts, 'leases' | 'holder'>, name: string, work: () => Promise<void>): Promise<boolean> {
  if (!(await leases.acquire(name, holder, LEASE_SECONDS))) return false;
  const sign = setInterval(() => void leases.acquire(name, holder, LEASE_SECONDS).catch(() => false), (LEASE_SECONDS / 3) * 1000);
  sign.unref();
  try {
    await work();
  } finally {
    clearInterval(sign);
    await leases.release(name, holder).catch(() => undefined);
  }
  return true;
}
