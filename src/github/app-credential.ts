import { sign, type KeyObject } from 'node:crypto';
import type { Clock } from '#src/core/clock.ts';
import type { Credential } from './credential.ts';

/** GitHub takes a statement of at most ten minutes; a minute of them is for clocks that differ, s. */
const LIFE_SECONDS = 540;

/** A statement says that it was made a minute ago, for clocks that differ the other way, s. */
const AGE_SECONDS = 60;

/** A statement is not used in its last minute: it may lie in a socket for a while, ms. */
const REST_MS = 60_000;

/** What proves the App itself. */
export interface AppIdentity {
  /** The App's id or its client id. */
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** The App itself: a JSON Web Token signed with its key (RS256), made anew before it expires. */
export function appCredential(app: AppIdentity, clock: Clock): Credential {
  let made: { readonly authorization: string; readonly expiresAt: number } | null = null;
  return {
    authorization() {
      const now = clock.now();
      if (made === null || now >= made.expiresAt - REST_MS) made = { authorization: `Bearer ${appToken(app, now)}`, expiresAt: now + LIFE_SECONDS * 1000 };
      return Promise.resolve(made.authorization);
    },
    refused: () => false,
    advice:
      'NARROWS_GITHUB_APP_ID and NARROWS_GITHUB_PRIVATE_KEY do not belong together, the key was deleted on GitHub, or the clock of this machine is wrong: compare them with the page of the App, and make a new key there if need be.',
  };
}

/** The App's signed statement of who it is at `now` (epoch ms), as RFC 7519 writes it. */
export function appToken({ id, privateKey }: AppIdentity, now: number): string {
  const seconds = Math.floor(now / 1000);
  const statement = [{ alg: 'RS256', typ: 'JWT' }, { iat: seconds - AGE_SECONDS, exp: seconds + LIFE_SECONDS, iss: id }];
  const text = statement.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}
