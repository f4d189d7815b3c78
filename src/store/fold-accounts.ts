import { storableText } from '#src/core/text.ts';
import { loginKey, type AccountSighting } from '#src/domain/account.ts';
import { integer } from './column-values.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { raiseMark } from './marks.ts';
import { joinRows, type JoinedTable } from './rows.ts';
import type { AccountSightingTable } from './schema.ts';

/** The mark that grows whenever a directory built from the sightings may differ from one built before. */
export const ACCOUNTS_MARK = 'accounts';

/** Of all sights of an account with one login and type only the last matters to the directory. */
const ACCOUNT_SIGHTINGS: JoinedTable<AccountSightingTable> = {
  table: 'account_sightings',
  columns: ['account_id', 'login', 'login_key', 'type', 'seen_at'],
  key: ['account_id', 'login', 'type'],
  join: (a, b) => (b.seen_at > a.seen_at ? b : a),
};

/** Joins sights of accounts. */
export async function foldAccounts(database: Database, transaction: Handle, sightings: readonly AccountSighting[]): Promise<void> {
  const changed = await joinRows(database, transaction, ACCOUNT_SIGHTINGS, sightings.map(sightingRow));
  if (changed.length > 0) await raiseMark(transaction, ACCOUNTS_MARK);
}

function sightingRow({ id, login, type, seenAt }: AccountSighting): AccountSightingTable {
  const storable = storableText(login);
  return { account_id: storableText(id), login: storable, login_key: loginKey(storable), type: type ?? '', seen_at: integer(seenAt) };
}
