import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

/** Smaller keys are none that GitHub makes. */
const LEAST_BITS = 2048;

/**
 * An RSA private key in PEM, as GitHub makes it (PKCS#1) or converted (PKCS#8); its line breaks may be written as `\n`,
 * as environment files do. Yields the PEM text with real line breaks.
 */
export const privateKeyText: z.ZodType<string, string> = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n').replaceAll('\r', '').trim())
  .refine(isRsaKey)
  .transform((text) => `${text}\n`);

function isRsaKey(text: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(text);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_BITS;
  } catch {
    return false;
  }
}
