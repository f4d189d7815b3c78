import { Z95 } from './standard-normal.ts';

/** A pointwise 95 % band around a share. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % interval of a share 0 < F < 1 on the scale log(-log(1 - F)), which keeps it between 0 and
 * 1 and close to its level in small samples (Kalbfleisch and Prentice, The Statistical Analysis of
 * Failure Time Data, 2nd ed., 1.4.1): 1 - (1 - F)^exp(±z se / ((1 - F) |log(1 - F)|)).
 */
export function logLogBand(share: number, variance: number, z: number = Z95): Band {
  const log = Math.log1p(-share);
  const spread = Math.exp((z * Math.sqrt(variance)) / ((1 - share) * -log));
  return { low: -Math.expm1(log / spread), high: -Math.expm1(log * spread) };
}

/**
 * The upper 97.5 % bound of a probability of which y at risk gave no case: 1 - 0.025^(1/y), the
 * exact (Clopper-Pearson) one; 1 where nobody was at risk.
 */
export function noneOf(y: number): number {
  return y <= 0 ? 1 : -Math.expm1(Math.log(0.025) / y);
}
