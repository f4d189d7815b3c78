import { errorFunction } from 'simple-statistics';
import { uniform, type Random } from './random.ts';

/** The two-sided 95 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** The probability that a standard normal number lies at least `z` >= 0 from 0, on either side; good to 2e-7, and 0 from about z = 5.5 on. */
export function beyondBothSides(z: number): number {
  return Math.max(0, Math.min(1, 1 - errorFunction(z / Math.SQRT2)));
}

/** One standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958). */
export function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}
