import type { Gap } from '#src/domain/figure.ts';
import { DAY_MS } from './healing.ts';

/** Deliveries of one repository, event and day of UTC that were lost. */
export interface LossesOfDay {
  readonly repositoryId: string | null;
  readonly event: string | null;
  readonly dayAt: number;
  readonly isHealed: boolean;
  readonly count: number;
  /** The first and the end of the last of them. */
  readonly fromAt: number;
  readonly toAt: number;
  /** Why, where it is the same for all of them; else null. */
  readonly reason: string | null;
}

/** A gap of a repository that is still named by its id. */
export type JoinedLosses = Omit<Gap, 'repository'> & { readonly repositoryId: string | null };

/**
 * Joins losses of days that follow one another into one gap: a failing network loses many deliveries, and is one
 * thing to say. How many there should be is what the log names on those days.
 */
export function joinLosses(losses: readonly LossesOfDay[], logged: readonly { readonly repositoryId: string | null; readonly dayAt: number; readonly count: number }[]): JoinedLosses[] {
  const groups = new Map<string, LossesOfDay[]>();
  for (const loss of [...losses].sort((a, b) => a.dayAt - b.dayAt)) {
    const key = JSON.stringify([loss.repositoryId, loss.isHealed]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [loss]);
    else group.push(loss);
  }
  return [...groups.values()].flatMap((group) => runs(group).map((run) => gapOfRun(run, logged)));
}

/** Losses in order, cut where a day has none. */
function runs(losses: readonly LossesOfDay[]): LossesOfDay[][] {
  const found: LossesOfDay[][] = [];
  for (const loss of losses) {
    const run = found.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || loss.dayAt - last.dayAt > DAY_MS) found.push([loss]);
    else run.push(loss);
  }
  return found;
}

function gapOfRun(run: readonly LossesOfDay[], logged: readonly { readonly repositoryId: string | null; readonly dayAt: number; readonly count: number }[]): JoinedLosses {
  const repositoryId = run[0]?.repositoryId ?? null;
  const days = new Set(run.map(({ dayAt }) => dayAt));
  const expected = logged.filter((day) => day.repositoryId === repositoryId && days.has(day.dayAt)).reduce((sum, { count }) => sum + count, 0);
  const [reason, ...others] = new Set(run.map((loss) => loss.reason));
  return {
    repositoryId,
    kind: 'deliveries',
    fromAt: Math.min(...run.map(({ fromAt }) => fromAt)),
    toAt: Math.max(...run.map(({ toAt }) => toAt)),
    state: run[0]?.isHealed === true ? 'healed' : 'open',
    missing: run.reduce((sum, { count }) => sum + count, 0),
    expected: expected === 0 ? null : expected,
    ...(typeof reason === 'string' && others.length === 0 ? { reason } : {}),
  };
}
