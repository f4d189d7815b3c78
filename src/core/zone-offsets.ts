import { IANAZone } from 'luxon';
import { NarrowsError } from './errors.ts';
import type { Stretch } from './stretch.ts';

const DAY_MS = 86_400_000;

/** A stretch of time in which a zone's clocks differ from UTC by one amount. */
export interface OffsetStretch extends Stretch {
  /** Local time less UTC, milliseconds. */
  readonly offsetMs: number;
}

/**
 * What the zone database says of a zone, day by day: asked once for each UTC day and kept, because the
 * question is slow and the answer never changes. No zone has changed its clocks twice in one UTC day.
 */
export class ZoneOffsets {
  readonly #zone: IANAZone;
  readonly #days = new Map<number, readonly OffsetStretch[]>();

  /** Throws `NarrowsError('bad-policy')` for a name that the zone database does not hold. */
  constructor(zone: string) {
    if (!IANAZone.isValidZone(zone)) {
      throw new NarrowsError('bad-policy', `The time zone ${JSON.stringify(zone)} is not in the zone database: use a name such as Europe/Berlin.`);
    }
    this.#zone = IANAZone.create(zone);
  }

  /** The stretches of a UTC day, given by its number since 1970: one, or two around a change of the clocks. */
  ofDay(day: number): readonly OffsetStretch[] {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const stretches = this.#ask(day * DAY_MS, (day + 1) * DAY_MS);
    this.#days.set(day, stretches);
    return stretches;
  }

  #ask(fromAt: number, toAt: number): readonly OffsetStretch[] {
    const offsetMs = this.#offsetMs(fromAt);
    const later = this.#offsetMs(toAt - 1);
    if (offsetMs === later) return [{ fromAt, toAt, offsetMs }];
    let before = fromAt;
    let after = toAt - 1;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#offsetMs(middle) === offsetMs) before = middle;
      else after = middle;
    }
    return [
      { fromAt, toAt: after, offsetMs },
      { fromAt: after, toAt, offsetMs: later },
    ];
  }

  #offsetMs(at: number): number {
    return Math.round(this.#zone.offset(at) * 60_000);
  }
}
