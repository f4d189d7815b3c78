import { isIP } from 'node:net';
import { z } from 'zod';
import { wholeNumber } from './option.ts';

/** Whose forwarding headers are believed: so many proxies in front, or those at these addresses. */
export type ProxyTrust = number | readonly string[];

const RANGES: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

function isPlace(place: string): boolean {
  if (RANGES.includes(place)) return true;
  const [address = '', bits, ...more] = place.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || wholeNumber(0, family === 4 ? 32 : 128).safeParse(bits).success;
}

/** Reads the option's text; what it yields fits express' setting `trust proxy`. */
export const proxyTrust: z.ZodType<ProxyTrust, string> = z.union([
  wholeNumber(0, 16),
  z
    .string()
    .transform((text) => text.split(',').map((place) => place.trim()))
    .pipe(z.array(z.string().refine(isPlace)).min(1)),
]);
