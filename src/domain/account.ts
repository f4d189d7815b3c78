import { compareIds, compareText } from '#src/core/text.ts';

/**
 * How a fact names an account: `#32963518` by GitHub's id, `@hebasto` where the source gave only a
 * login, `ghost` for an account that was deleted. Bare logins are resolved through the accounts at
 * the moment of reading, so that a rename learned later still joins what was stored before.
 */
export type AccountRef = string;

/** A deleted account. It stands for an unknown human, distinct from every known person. */
export const GHOST: AccountRef = 'ghost';

/** GitHub's types of accounts. */
export type AccountType = 'User' | 'Bot' | 'Organization' | 'Mannequin';

/** One sight of an account: what a delivery said about it. */
export interface AccountSighting {
  readonly id: string;
  readonly login: string;
  readonly type: AccountType | null;
  /** When the delivery that shows it was taken or delivered, epoch ms. */
  readonly seenAt: number;
}

/** An account as today's facts know it. */
export interface Account {
  readonly ref: AccountRef;
  readonly id: string | null;
  /** The newest login known, as REST writes it (`dependabot[bot]`). */
  readonly login: string;
  readonly type: AccountType | null;
}

/** Looks accounts up, by reference. */
export interface AccountDirectory {
  /** The canonical reference: the id form where the account is known, else the reference itself. */
  canonical(ref: AccountRef): AccountRef;
  /** The account behind a reference; an unknown login stands for itself, without id and type. */
  account(ref: AccountRef): Account;
  /** Every account that was ever seen with an id, by id. */
  all(): readonly Account[];
}

/** The reference of an account with a known id. */
export function accountById(id: string): AccountRef {
  return `#${id}`;
}

/** The reference of an account of which only the login is known; `ghost` and the empty login are the ghost. */
export function accountByLogin(login: string): AccountRef {
  return login === '' || login.toLowerCase() === 'ghost' ? GHOST : `@${login}`;
}

/** Logins compare without case, as GitHub compares them. */
export function loginKey(login: string): string {
  return login.toLowerCase();
}

/** GitHub's answer for what a bot's login looks like. */
function typeFromLogin(login: string): AccountType | null {
  return login.endsWith('[bot]') ? 'Bot' : null;
}

const GHOST_ACCOUNT: Account = { ref: GHOST, id: null, login: 'ghost', type: 'User' };

/**
 * Builds the directory of a set of sightings (any order, duplicates allowed). The newest sighting
 * names the account; a login that several accounts used belongs to the one seen with it last.
 */
export function accountDirectory(sightings: Iterable<AccountSighting>): AccountDirectory {
  const newest = new Map<string, AccountSighting>();
  const types = new Map<string, AccountSighting>();
  const owners = new Map<string, AccountSighting>();
  for (const sighting of sightings) {
    if (isNewer(sighting, newest.get(sighting.id))) newest.set(sighting.id, sighting);
    if (sighting.type !== null && isNewer(sighting, types.get(sighting.id))) types.set(sighting.id, sighting);
    const key = loginKey(sighting.login);
    if (isNewer(sighting, owners.get(key))) owners.set(key, sighting);
  }
  return new SightedAccounts(newest, types, owners);
}

function isNewer(a: AccountSighting, b: AccountSighting | undefined): boolean {
  if (b === undefined || a.seenAt !== b.seenAt) return b === undefined || a.seenAt > b.seenAt;
  return (compareText(a.id, b.id) || compareText(a.login, b.login) || compareText(a.type ?? '', b.type ?? '')) > 0;
}

class SightedAccounts implements AccountDirectory {
  readonly #newest: ReadonlyMap<string, AccountSighting>;
  readonly #types: ReadonlyMap<string, AccountSighting>;
  readonly #owners: ReadonlyMap<string, AccountSighting>;
  readonly #known = new Map<AccountRef, Account>();

  constructor(
    newest: ReadonlyMap<string, AccountSighting>,
    types: ReadonlyMap<string, AccountSighting>,
    owners: ReadonlyMap<string, AccountSighting>,
  ) {
    this.#newest = newest;
    this.#types = types;
    this.#owners = owners;
  }

  canonical(ref: AccountRef): AccountRef {
    if (!ref.startsWith('@')) return ref;
    const owner = this.#owners.get(loginKey(ref.slice(1)));
    return owner === undefined ? ref : accountById(owner.id);
  }

  account(ref: AccountRef): Account {
    const known = this.#known.get(ref);
    if (known !== undefined) return known;
    const account = this.#find(this.canonical(ref));
    this.#known.set(ref, account);
    return account;
  }

  all(): readonly Account[] {
    return [...this.#newest.keys()].sort(compareIds).map((id) => this.account(accountById(id)));
  }

  #find(ref: AccountRef): Account {
    if (ref === GHOST) return GHOST_ACCOUNT;
    if (ref.startsWith('@')) return { ref, id: null, login: ref.slice(1), type: typeFromLogin(ref) };
    const id = ref.slice(1);
    const sighting = this.#newest.get(id);
    if (sighting === undefined) return { ref, id, login: `account-${id}`, type: null };
    if (sighting.login === 'ghost') return GHOST_ACCOUNT;
    const type = this.#types.get(id)?.type ?? typeFromLogin(sighting.login);
    return { ref, id, login: sighting.login, type };
  }
}
