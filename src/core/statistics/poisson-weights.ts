import type { Random } from './random.ts';

/** Cumulative Poisson(1) probabilities on the scale of 32-bit integers: below `CUMULATIVE[k]` the draw is at most k. */
const CUMULATIVE = cumulativePoisson();

/** By the upper 16 bits of a draw the weight, or `SPLIT` where a cumulative probability lies inside. */
const SPLIT = 255;
const BY_UPPER_BITS = Uint8Array.from({ length: 65_536 }, (_, upper) => {
  const least = weightOf(upper * 65_536);
  return least === weightOf(upper * 65_536 + 65_535) ? least : SPLIT;
});

/**
 * Fills `weights` with independent Poisson(1) draws: how often each subject stands in one bootstrap
 * replicate when the number of subjects is itself random (Hanley and MacGibbon, Computer Methods and
 * Programs in Biomedicine 83, 2006).
 */
export function fillPoissonWeights(random: Random, weights: Uint8Array): void {
  for (let i = 0; i < weights.length; i += 1) {
    const draw = random.next();
    const weight = BY_UPPER_BITS[draw >>> 16] ?? SPLIT;
    weights[i] = weight === SPLIT ? weightOf(draw) : weight;
  }
}

function weightOf(draw: number): number {
  let k = 0;
  while (draw >= (CUMULATIVE[k] ?? Infinity)) k += 1;
  return k;
}

/** Until the rest of the distribution is below the resolution of a draw. */
function cumulativePoisson(): readonly number[] {
  const cumulative: number[] = [];
  let probability = Math.exp(-1);
  let sum = probability;
  for (let k = 0; probability * 2 ** 32 >= 0.5; k += 1) {
    cumulative.push(sum * 2 ** 32);
    probability /= k + 1;
    sum += probability;
  }
  return cumulative;
}
