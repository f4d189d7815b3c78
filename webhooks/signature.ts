import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** How GitHub writes `X-Hub-Signature-256`. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Says whether bodies were signed with a secret that we accept. */
export interface SignatureVerifier {
  /** False while there is no secret: nothing can be verified then. */
  readonly hasSecrets: boolean;
  /** Whether a header has the form of a signature at all; tells it before the body has come. */
  isWellFormed(header: string): boolean;
  /** Begins to verify a body that is to come. */
  begin(): Verification;
}

/** A body being verified, piece by piece as it comes, so that a large one never takes the process up for long. */
export interface Verification {
  update(piece: Uint8Array): void;
  /** Whether the header is the HMAC-SHA256 of exactly these bytes under one of the secrets; compared in constant time. Ends it. */
  isSignedBy(header: string): boolean;
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
    begin: () => beginVerification(keys),
  };
}

function beginVerification(keys: readonly KeyObject[]): Verification {
  const digests = keys.map((key) => createHmac('sha256', key));
  return {
    update(piece) {
      for (const digest of digests) digest.update(piece);
    },
    isSignedBy(header) {
      const hex = SIGNATURE.exec(header)?.[1];
      if (hex === undefined) return false;
      const signature = Buffer.from(hex, 'hex');
      return digests.some((digest) => timingSafeEqual(digest.digest(), signature));
    },
  };
}
