import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { projectFile } from '#src/core/project-file.ts';
import { GHOST, loginKey, type Account } from '#src/domain/account.ts';

const botList = z.object({ logins: z.array(z.string()) });

/** The machines that GitHub takes for people and that Narrows knows by itself (`data/reference/known-bots.json`). */
export const KNOWN_BOTS: readonly string[] = botList.parse(JSON.parse(readFileSync(projectFile('data/reference/known-bots.json'), 'utf8'))).logins;

/** Logins of machines, ready to be asked whatever the case. */
export type BotLogins = ReadonlySet<string>;

/** The bots of the list that comes with Narrows and of the policy's. */
export function botLogins(more: readonly string[]): BotLogins {
  return new Set([...KNOWN_BOTS, ...more].map(loginKey));
}

/**
 * Whether an account is a person: GitHub's type `User`, a login that does not end in `[bot]`, not on
 * the list of bots. A deleted account is an unknown human. An account of which no type is known (a
 * recording or an archive named only its login) is taken for a person unless its login says otherwise.
 */
export function isHuman(account: Account, bots: BotLogins): boolean {
  if (account.ref === GHOST) return true;
  if (account.type !== null && account.type !== 'User') return false;
  const key = loginKey(account.login);
  return !key.endsWith('[bot]') && !bots.has(key);
}
