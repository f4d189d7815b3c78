import { createHash } from 'node:crypto';

/** A number of [0, 1) made of its words: the same for the same words, and as good as independent of every other's. */
export function chance(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('\n')).digest().readUInt32BE(0) / 2 ** 32;
}
