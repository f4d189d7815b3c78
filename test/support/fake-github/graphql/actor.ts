import { nodeId } from '../node-ids.ts';
import { loginOf } from '../pull-at.ts';
import type { RecordedAccount } from '../recorded-pull.ts';
import type { Asked, Node } from './asked.ts';

/** An account as GraphQL shows it: null for a deleted one, and bots without the `[bot]` that REST gives their logins. */
export function actorNode(account: RecordedAccount | null | undefined): Node | null {
  if (account == null || account.login === 'ghost') return null;
  const login = account.login.replace(/\[bot\]$/, '');
  return {
    __typename: account.type,
    id: nodeId(account.type === 'Bot' ? 'BOT' : account.type === 'Organization' ? 'O' : 'U', account.id),
    login,
    databaseId: account.id,
    name: null,
    resourcePath: `/${login}`,
    url: `https://github.com/${login}`,
  };
}

/** A person whom a recording may name by login alone, as far as the world has seen that login. */
export function personNode(asked: Asked, person: string | RecordedAccount | undefined): Node | null {
  const login = loginOf(person);
  if (login === null) return null;
  return actorNode(typeof person === 'object' ? person : asked.world.account(login));
}
