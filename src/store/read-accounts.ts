import { accountDirectory, type AccountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { Database } from './database.ts';
import { ACCOUNTS_MARK } from './fold-accounts.ts';
import { readMark } from './marks.ts';

/** A directory, and the mark at which it was read. */
export interface KnownAccounts {
  readonly mark: number;
  readonly directory: AccountDirectory;
}

/** The directory of all accounts; the one known already while no fold has changed anything about it. */
export async function readAccounts(facts: Database, known: KnownAccounts | null): Promise<KnownAccounts> {
  const mark = await readMark(facts.handle, ACCOUNTS_MARK);
  if (known?.mark === mark) return known;
  const rows = await facts.handle.selectFrom('account_sightings').select(['account_id', 'login', 'type', 'seen_at']).execute();
  const sightings = rows.map(
    (row): AccountSighting => ({
      id: row.account_id,
      login: row.login,
      type: row.type === '' ? null : row.type,
      seenAt: row.seen_at,
    }),
  );
  return { mark, directory: accountDirectory(sightings) };
}
