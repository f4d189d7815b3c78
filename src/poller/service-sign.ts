import type { Leases } from '#src/domain/lease.ts';

/** The lease that a running service holds: others then leave folding to it. */
const SERVICE_LEASE = 'service';

/** After so long without a sign a service is taken for gone, s. It gives one three times as often. */
const SIGN_SECONDS = 60;

/** A sign that a service runs. */
export interface ServiceSign {
  stop(): Promise<void>;
}

/** Shows that a service runs, until it is stopped. Of several services one shows it for all. */
export function keepSign({ leases, holder }: { readonly leases: Leases; readonly holder: string }): ServiceSign {
  const show = (): void => void leases.acquire(SERVICE_LEASE, holder, SIGN_SECONDS).catch(() => false);
  show();
  const repeating = setInterval(show, (SIGN_SECONDS / 3) * 1000);
  return {
    async stop() {
      clearInterval(repeating);
      await leases.release(SERVICE_LEASE, holder).catch(() => undefined);
    },
  };
}

/** Whether a service runs that folds what is stored. Asking takes its place for a moment where there is none. */
export async function isServiceRunning({ leases, holder }: { readonly leases: Leases; readonly holder: string }): Promise<boolean> {
  const asker = `${holder} asks`;
  const isFree = await leases.acquire(SERVICE_LEASE, asker, 1);
  if (isFree) await leases.release(SERVICE_LEASE, asker);
  return !isFree;
}
