import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** How GitHub writes `X-Hub-Signature-256`. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Says whether bytes were signed with a secret that we accept. */
export interface SignatureVerifier {
  /** False while there is no secret: nothing can be verified then. */
  readonly hasSecrets: boolean;
  /** Whether a header has the form of a signature at all; tells it before the body has come. */
  isWellFormed(header: string): boolean;
  /** Whether the header is the HMAC-SHA256 of exactly these bytes under one of the secrets; compared in constant time. */
  isSigned(body: Uint8Array, header: string): boolean;
}

/**
 * A verifier for these secrets, the current one first and older ones after it while a secret is being rotated.
 * Empty secrets are none: everybody knows them. It works on bytes and not on text, because the signature is over
 * what came and not over what it decodes to (`docs/adr/0004`).
 */
export function signatureVerifier(secrets: readonly string[]): SignatureVerifier {
  const keys = secrets.filter((secret) => secret !== '').map((secret) => createSecretKey(secret, 'utf8'));
  return {
    hasSecrets: keys.length > 0,
    isWellFormed: (header) => SIGNATURE.test(header),
    isSigned(body, header) {
      const hex = SIGNATURE.exec(header)?.[1];
      if (hex === undefined) return false;
      const signature = Buffer.from(hex, 'hex');
      return keys.some((key) => timingSafeEqual(hmac(key, body), signature));
    },
  };
}

function hmac(key: KeyObject, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest();
}
