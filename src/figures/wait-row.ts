import type { CsvCell } from '#src/core/csv.ts';
import { formatInstant } from '#src/core/instant.ts';
import type { WaitItem } from '#src/domain/figures.ts';

/** The columns of a list of waits, as `narrows export waits` has them. */
export const WAIT_COLUMNS = [
  'stage',
  'subject',
  'repository',
  'round',
  'waits_on',
  'started_at',
  'started_from',
  'ended_at',
  'ended_from',
  'paused_seconds',
  'seconds',
  'outcome',
] as const;

/** Whom a wait waits on. */
export interface AskedOne {
  readonly kind: 'user' | 'team';
  /** The login or the slug; null for a person where persons are not named. */
  readonly name: string | null;
}

/**
 * Whom a wait waits on, as far as it leaves the installation: teams always, persons only where the policy's
 * `names` is on. Null in stages that wait on nobody in particular.
 */
export function askedOne({ wait, waitsOnName }: Pick<WaitItem, 'wait' | 'waitsOnName'>, names: boolean): AskedOne | null {
  if (wait.waitsOn === null) return null;
  const kind = wait.waitsOn.startsWith('%') ? 'team' : 'user';
  return { kind, name: kind === 'team' || names ? waitsOnName : null };
}

/** A wait as a row of a list, in the order of `WAIT_COLUMNS`. */
export function waitRow(item: Pick<WaitItem, 'wait' | 'waitsOnName' | 'repository' | 'number'>, names: boolean): CsvCell[] {
  const { wait, repository, number } = item;
  return [
    wait.stage,
    `${repository.fullName}#${String(number)}`,
    repository.fullName,
    wait.round,
    askedOne(item, names)?.name ?? null,
    formatInstant(wait.startedAt),
    wait.startedFrom,
    wait.endedAt === null ? null : formatInstant(wait.endedAt),
    wait.endedFrom,
    wait.pausedSeconds,
    wait.seconds,
    wait.outcome,
  ];
}
