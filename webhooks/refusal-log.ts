import type { Clock } from '#src/core/clock.ts';
import { NarrowsError, type ErrorCode } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';

/** Of the refusals of one kind at most one in this time is written, milliseconds. */
const QUIET_MS = 10_000;

/** The line last written about one kind of refusal, and how many came since. */
interface LastLine {
  readonly reference: string;
  readonly writtenAt: number;
  readonly suppressed: number;
}

/**
 * Logs refusals without letting whoever sends them fill the disk: of each code the first one, then at most one in ten
 * seconds, with the number left out since the line before. Returns the reference to answer with: that of the line
 * which tells of this refusal, or of the one that stands for it.
 */
export function refusalLog(log: Pick<Log, 'warn' | 'error'>, clock: Clock, newReference: () => string): (error: unknown) => string {
  const last = new Map<ErrorCode, LastLine>();
  return (error) => {
    const known = error instanceof NarrowsError ? error : new NarrowsError('internal', 'The receiver failed.', { cause: error });
    const at = clock.now();
    const before = last.get(known.code);
    if (before !== undefined && at >= before.writtenAt && at - before.writtenAt < QUIET_MS) {
      last.set(known.code, { ...before, suppressed: before.suppressed + 1 });
      return before.reference;
    }
    const reference = newReference();
    last.set(known.code, { reference, writtenAt: at, suppressed: 0 });
    const fields = { code: known.code, reference, suppressed: before?.suppressed ?? 0, reason: known.message, ...(known.cause === undefined ? {} : { err: known.cause }) };
    if (known.kind.level === 'error') log.error(fields, 'webhook not stored');
    else log.warn(fields, 'webhook refused');
    return reference;
  };
}
