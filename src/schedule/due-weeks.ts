import { isoWeekOf, weekAfter, type IsoWeek } from '#src/core/iso-week.ts';
import { slotAfter, type WeeklySlot } from './weekly-slot.ts';

/** A week whose mail is due. */
export interface DueWeek {
  readonly week: IsoWeek;
  readonly dueAt: number;
  /** Whether it goes out so much later than it was due that it should say so. */
  readonly isLate: boolean;
}

/** What decides which weeks are due. */
export interface DueQuestion {
  readonly slot: WeeklySlot;
  /** The zone in which the team's weeks begin. */
  readonly zone: string;
  readonly nowAt: number;
  /** Since when the recipient is known: what was due before is nobody's. */
  readonly knownSinceAt: number;
  /** Since when there are data; null while there are none. A week that ended before is not reported. */
  readonly dataSinceAt: number | null;
}

/** After a longer standstill older weeks are not sent any more: the newer mails show them too. */
const WEEKS_KEPT = 4;

/** A mail that goes out so much later says so, ms. */
const LATE_AFTER_MS = 3_600_000;

/**
 * The weeks whose mail is due now, the oldest first. A week is due at the recipient's first slot after its
 * end, so each is due exactly once, however the recipient's zone and the team's differ.
 */
export function dueWeeks({ slot, zone, nowAt, knownSinceAt, dataSinceAt }: DueQuestion): readonly DueWeek[] {
  if (dataSinceAt === null) return [];
  const current = isoWeekOf(nowAt, zone);
  const due: DueWeek[] = [];
  for (let back = WEEKS_KEPT; back >= 1; back -= 1) {
    const week = weekAfter(current, -back, zone);
    const dueAt = slotAfter(week.toAt, slot);
    if (dueAt > nowAt || dueAt < knownSinceAt || week.toAt <= dataSinceAt) continue;
    due.push({ week, dueAt, isLate: nowAt - dueAt > LATE_AFTER_MS });
  }
  return due;
}
