/** A stretch of one day in which people work: minutes since its midnight, the end not included. */
export interface WorkingSpan {
  readonly startMinute: number;
  readonly endMinute: number;
}

const SPAN = /^(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})$/;

const MINUTES_A_DAY = 1440;

/**
 * Reads the hours of one day: `09:00-17:00`, several with commas between, `off` for none. Null for
 * anything else: minutes above 59, an end before its start (a night is two days), spans out of order.
 */
export function parseWorkingHours(text: string): readonly WorkingSpan[] | null {
  if (text.trim() === 'off') return [];
  const spans = text.split(',').map((part) => parseSpan(part.trim()));
  const inOrder = spans.every((span, index) => span !== null && span.startMinute >= (spans[index - 1]?.endMinute ?? 0));
  return inOrder ? spans.filter((span) => span !== null) : null;
}

function parseSpan(text: string): WorkingSpan | null {
  const [, startHour, startPart, endHour, endPart] = SPAN.exec(text) ?? [];
  const startMinute = minuteOfDay(startHour, startPart);
  const endMinute = minuteOfDay(endHour, endPart);
  return startMinute === null || endMinute === null || endMinute <= startMinute ? null : { startMinute, endMinute };
}

function minuteOfDay(hour: string | undefined, minute: string | undefined): number | null {
  if (hour === undefined || minute === undefined || Number(minute) > 59) return null;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= MINUTES_A_DAY ? minutes : null;
}
