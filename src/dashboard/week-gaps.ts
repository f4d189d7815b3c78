import type { WeekGap } from '#src/charts/week-dots.tsx';
import type { Gap } from '#src/domain/figure.ts';

import type { WeekView } from './frame-view.ts';

/**
 * The weeks that open gaps touch, whole weeks counted from the left: a week's figure carries the
 * mark whichever of its days is missing. Touching stretches are one.
 */
export function weekGaps(weeks: readonly WeekView[], gaps: readonly Gap[]): readonly WeekGap[] {
  const touched = weeks.map((week) => gaps.some((gap) => touches(gap, week)));
  const stretches: WeekGap[] = [];
  let from: number | null = null;
  for (let index = 0; index <= touched.length; index += 1) {
    if (touched[index] === true) {
      from ??= index;
    } else if (from !== null) {
      stretches.push({ from, to: index });
      from = null;
    }
  }
  return stretches;
}

function touches(gap: Gap, week: WeekView): boolean {
  return gap.state !== 'healed' && gap.fromAt < week.toAt && (gap.toAt === null || gap.toAt > week.fromAt);
}
