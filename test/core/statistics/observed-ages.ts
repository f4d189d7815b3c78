import { ASKED, FROM_THE_START, OTHERWISE, STILL_WAITING, toObservations, type Cause, type Observation, type Observations } from '#src/core/statistics/observations.ts';

/** Ages of one kind of observation, or pairs of an age of entry and one of leaving. */
type Ages = readonly (number | readonly [enter: number, exit: number])[];

/** Observations by how they leave, each of a subject of its own. */
export function observedAges(ages: { readonly asked?: Ages; readonly otherwise?: Ages; readonly waiting?: Ages }): Observations {
  const rows: Observation[] = [];
  const add = (list: Ages, cause: Cause): void => {
    for (const age of list) {
      const [enter, exit] = typeof age === 'number' ? [FROM_THE_START, age] : age;
      rows.push({ subject: `s${rows.length}`, enter, exit, cause });
    }
  };
  add(ages.asked ?? [], ASKED);
  add(ages.otherwise ?? [], OTHERWISE);
  add(ages.waiting ?? [], STILL_WAITING);
  return toObservations(rows);
}

/** So many times the same. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** The whole numbers from the first to the last. */
export function from(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
