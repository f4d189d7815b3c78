/** Taken from `Math` once: where `Math` is looked up through a sandbox, as in tests, looking is what costs most. */
const multiply = Math.imul;

/** A source of 32-bit random integers, uniform over [0, 2^32). Equal seeds give equal sequences. */
export interface Random {
  next(): number;
}

/**
 * xoshiro128** 1.1 of Blackman and Vigna (Scrambled Linear Pseudorandom Number Generators, ACM TOMS
 * 47, 2021; https://prng.di.unimi.it/xoshiro128starstar.c): 32-bit arithmetic, which JavaScript does
 * natively, and a period of 2^128 - 1. `seed` is an integer; its state is spread by splitmix32.
 */
export function xoshiro128(seed: number): Random {
  return xoshiro128From(spread(seed));
}

/** The generator in a given state of four 32-bit words, not all zero. */
export function xoshiro128From(state: readonly [number, number, number, number]): Random {
  let [s0, s1, s2, s3] = state;
  return {
    next(): number {
      const product = multiply(s1, 5);
      const result = multiply((product << 7) | (product >>> 25), 9);
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
      return result >>> 0;
    },
  };
}

/** A uniform number in the open interval (0, 1). */
export function uniform(random: Random): number {
  return (random.next() + 0.5) / 4_294_967_296;
}

/** Four words from one: the 32-bit finalizer of MurmurHash3 over a Weyl sequence, as in splitmix. */
function spread(seed: number): [number, number, number, number] {
  let weyl = seed | 0;
  const word = (): number => {
    weyl = (weyl + 0x9e3779b9) | 0;
    let mixed = multiply(weyl ^ (weyl >>> 16), 0x85ebca6b);
    mixed = multiply(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return [word(), word(), word(), word()];
}
