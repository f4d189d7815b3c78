import { uniform, xoshiro128 } from '#src/core/statistics/random.ts';

/** What a seed decides, one throw after the other. */
export interface Dice {
  /** A whole number from 0 to below `sides`. */
  below(sides: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** From 0 to below 1. */
  share(): number;
  one<T>(of: readonly [T, ...T[]]): T;
}

/** Dice of which every throw follows from the numbers given. */
export function diceOf(...seeds: readonly number[]): Dice {
  const random = xoshiro128(seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x01000193) ^ (seed >>> 7), 0x811c9dc5));
  const share = (): number => uniform(random);
  return {
    share,
    below: (sides) => Math.floor(share() * sides),
    chance: (probability) => share() < probability,
    one: (of) => of[Math.floor(share() * of.length)] ?? of[0],
  };
}
