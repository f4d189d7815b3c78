import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** An App's token may live no longer than this from now, seconds. */
export const LONGEST_JWT_SECONDS = 600;

/** Why GitHub refuses an App's token. */
export interface JwtRefusal {
  readonly status: 401 | 404;
  readonly message: string;
}

/** The public half of an App's key; a private key in PEM serves too. */
export function appPublicKey(pem: string): KeyObject {
  return createPublicKey(pem);
}

/** Whether a credential is written as a signed token at all. */
export function isJwt(token: string): boolean {
  return token.split('.').length === 3;
}

/**
 * Verifies an App's token as GitHub does; null where it holds. The signature must be RS256 by the App's key, `iat` not
 * after now, `exp` after now and at most ten minutes away, `iss` the App's id. The clock is GitHub's: a caller whose
 * own goes wrong is refused, with the words that clients look for.
 */
export function refuseJwt(token: string, app: { readonly id: string; readonly key: KeyObject }, now: number): JwtRefusal | null {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const [head, claims] = [decode(header), decode(payload)];
  if (head === null || claims === null || head['alg'] !== 'RS256') return { status: 401, message: 'A JSON web token could not be decoded' };
  const isSigned = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), app.key, Buffer.from(signature, 'base64url'));
  if (!isSigned) return { status: 401, message: 'A JSON web token could not be decoded' };

  const nowSeconds = now / 1000;
  const { iat, exp, iss } = claims;
  if (typeof iat !== 'number' || !Number.isInteger(iat) || iat > nowSeconds) return { status: 401, message: "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued" };
  if (typeof exp !== 'number' || exp <= nowSeconds) return { status: 401, message: "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires" };
  if (exp > nowSeconds + LONGEST_JWT_SECONDS) return { status: 401, message: "'Expiration time' claim ('exp') is too far in the future" };
  if (typeof iss !== 'string' && typeof iss !== 'number') return { status: 401, message: "'Issuer' claim ('iss') must be an Integer" };
  return String(iss) === app.id ? null : { status: 404, message: 'Integration not found' };
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
