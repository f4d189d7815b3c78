import { xoshiro128 } from '#src/core/statistics/random.ts';

/** Numbers from 0 to below 1 that a seed decides. */
export function seededRandom(seed: number): () => number {
  const random = xoshiro128(seed);
  return () => random.next() / 2 ** 32;
}
