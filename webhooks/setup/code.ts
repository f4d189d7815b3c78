import { createHash, timingSafeEqual } from 'node:crypto';

/** Digits and letters without I, L, O and U, which are read as others (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters of five bits hold 130: more than 128. */
const LENGTH = 26;

/** So many bytes of chance a secret text is made of. */
const BYTES = 32;

/** Random bytes: `crypto.randomBytes`, or in tests what they choose. */
export type RandomBytes = (count: number) => Uint8Array;

/** A one-time code of 130 random bits, to be read from a terminal: `7K2M-…`, in fours. */
export function oneTimeCode(random: RandomBytes): string {
  const letters = [...random(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** A code as it was meant: however it was typed, with dashes or without, in small letters, with O for 0 and I or L for 1. */
export function meantCode(typed: string): string {
  return typed.toUpperCase().replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** A secret text of 256 random bits, for a cookie or a form. */
export function secretText(random: RandomBytes): string {
  return Buffer.from(random(BYTES)).toString('base64url');
}

/** Whether two texts are the same, in a time that says nothing about where they differ or how long they are. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
