import { Z95, beyondBothSides } from './standard-normal.ts';

/**
 * The two-sided 95 % point of Student's t with `degrees` >= 2 of freedom, not necessarily whole:
 * Abramowitz and Stegun 26.7.5, within 1 % there and better with every degree more.
 */
export function t95(degrees: number): number {
  const z = Z95;
  const [z3, z5, z7, z9] = [z ** 3, z ** 5, z ** 7, z ** 9];
  return (
    z +
    (z3 + z) / 4 / degrees +
    (5 * z5 + 16 * z3 + 3 * z) / 96 / degrees ** 2 +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384 / degrees ** 3 +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160 / degrees ** 4
  );
}

/** The probability that a t with `degrees` of freedom lies at least `t` >= 0 from 0, on either side: Wallace's normal deviate (Annals of Mathematical Statistics 30, 1959). */
export function beyondBothSidesOfT(t: number, degrees: number): number {
  return beyondBothSides(((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees)));
}
