/** An observed wait left the window's view while it still waited: it is censored. */
export const STILL_WAITING = 0;

/** An observed wait ended as its stage asks. */
export const ASKED = 1;

/** An observed wait ended in any other way: this competes with the asked end and is no censoring. */
export const OTHERWISE = 2;

/** Why an observation leaves. */
export type Cause = typeof STILL_WAITING | typeof ASKED | typeof OTHERWISE;

/** The age at which a wait that starts inside the window enters: below every age, so that it is at risk at age 0 too. */
export const FROM_THE_START = -1;

/**
 * The part of one wait that lies inside a window: it is at risk at the ages in (enter, exit], in
 * seconds of age, and leaves at `exit` for the reason `cause`.
 */
export interface Observation {
  /** What the wait belongs to; observations of one subject are not independent. */
  readonly subject: string;
  /** The age at the window's start, or `FROM_THE_START`. */
  readonly enter: number;
  /** Greater than `enter`. */
  readonly exit: number;
  readonly cause: Cause;
}

/**
 * Observations by column, entry i of each column describing one; columns because a year of an
 * organisation is some hundred thousand of them. Subjects are numbered from 0 to `subjects` - 1.
 */
export interface Observations {
  readonly n: number;
  readonly enter: Float64Array;
  readonly exit: Float64Array;
  readonly cause: Uint8Array;
  readonly subject: Uint32Array;
  readonly subjects: number;
}

/** Collects observations row by row into columns. */
export function toObservations(rows: readonly Observation[]): Observations {
  const enter = new Float64Array(rows.length);
  const exit = new Float64Array(rows.length);
  const cause = new Uint8Array(rows.length);
  const subject = new Uint32Array(rows.length);
  const numbers = new Map<string, number>();
  rows.forEach((row, i) => {
    let number = numbers.get(row.subject);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(row.subject, number);
    }
    enter[i] = row.enter;
    exit[i] = row.exit;
    cause[i] = row.cause;
    subject[i] = number;
  });
  return { n: rows.length, enter, exit, cause, subject, subjects: numbers.size };
}
