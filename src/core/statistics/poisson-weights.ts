import type { Random } from './random.ts';

/** Cumulative Poisson(1) probabilities on the scale of 32-bit integers: below `CUMULATIVE[k]` the draw is at most k. */
const CUMULATIVE = cumulativePoisson();

/**
 * Fills `weights` with independent Poisson(1) draws: how often each subject stands in one bootstrap
 * replicate when the number of subjects is itself random (Hanley and MacGibbon, Computer Methods and
 * Programs in Biomedicine 83, 2006).
 */
export function fillPoissonWeights(random: Random, weights: Uint8Array): void {
  for (let i = 0; i < weights.length; i += 1) {
    const draw = random.next();
    let k = 0;
    while (draw >= (CUMULATIVE[k] ?? Infinity)) k += 1;
    weights[i] = k;
  }
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
