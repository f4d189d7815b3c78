import { accountById, accountByLogin, GHOST, type AccountRef, type AccountSighting } from '#src/domain/account.ts';
import type { AccountPayload } from './schemas.ts';

/** How a payload's account is referred to; null and `ghost` are the ghost. */
export function accountRef(account: AccountPayload | undefined): AccountRef {
  if (account === null || account === undefined || account.login.toLowerCase() === 'ghost') return GHOST;
  return account.id === undefined ? accountByLogin(account.login) : accountById(account.id);
}

/** The accounts of a payload as sightings; those without an id, and the ghost, are none. */
export function accountSightings(accounts: readonly (AccountPayload | undefined)[], seenAt: number): AccountSighting[] {
  const sightings = new Map<string, AccountSighting>();
  for (const account of accounts) {
    if (account === null || account === undefined || account.id === undefined || accountRef(account) === GHOST) continue;
    sightings.set(account.id, { id: account.id, login: account.login, type: account.type ?? null, seenAt });
  }
  return [...sightings.values()];
}
