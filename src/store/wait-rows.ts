import type { Stretch } from '#src/core/stretch.ts';
import type { ComputedSubject, Pause, PausedWait, PullRequestLife, SubjectWait } from '#src/domain/subject.ts';
import { PHASES, type PhaseStay } from '#src/domain/wait.ts';
import { numberAt, readNumberRows } from './number-rows.ts';
import type { PullRequestLifeTable, WaitTable } from './schema.ts';

/** The columns of a wait's row. */
export const WAIT_COLUMNS = [
  'stage',
  'repository_id',
  'number',
  'waits_on',
  'round',
  'started_at',
  'started_from',
  'ended_at',
  'ended_from',
  'paused_ms',
  'pauses',
  'outcome',
  'reason',
  'ignored',
] as const satisfies readonly (keyof WaitTable)[];

/** The columns of a life's row. */
export const LIFE_COLUMNS = [
  'repository_id',
  'number',
  'title',
  'author',
  'is_by_human',
  'ignored_for',
  'opened_at',
  'ended_at',
  'ended_by',
  'stays',
  'moving',
  'policy_digest',
  'digest',
] as const satisfies readonly (keyof PullRequestLifeTable)[];

/** A wait as its row. */
export function waitRow({ subject, life }: ComputedSubject, { wait, pauses }: PausedWait): WaitTable {
  return {
    stage: wait.stage,
    repository_id: subject.repositoryId,
    number: subject.number,
    waits_on: wait.waitsOn ?? '',
    round: wait.round,
    started_at: wait.startedAt,
    started_from: wait.startedFrom,
    ended_at: wait.endedAt,
    ended_from: wait.endedFrom,
    paused_ms: Math.round(wait.pausedSeconds * 1000),
    pauses: pauses.length === 0 ? null : JSON.stringify(pauses.map(({ fromAt, toAt }) => [fromAt, toAt])),
    outcome: wait.outcome,
    reason: wait.reason,
    ignored: Number(life?.ignoredFor != null),
  };
}

/** The wait of a row. */
export function waitOf(row: WaitTable): SubjectWait {
  const pausedSeconds = row.paused_ms / 1000;
  const pauses = row.pauses === null ? [] : readNumberRows(row.pauses).map((pause): Pause => ({ fromAt: numberAt(pause, 0), toAt: pause[1] ?? null }));
  return {
    repositoryId: row.repository_id,
    number: row.number,
    pauses,
    wait: {
      stage: row.stage,
      round: row.round,
      waitsOn: row.waits_on === '' ? null : row.waits_on,
      startedAt: row.started_at,
      startedFrom: row.started_from,
      endedAt: row.ended_at,
      endedFrom: row.ended_from,
      pausedSeconds,
      seconds: row.ended_at === null ? null : (row.ended_at - row.started_at) / 1000 - pausedSeconds,
      outcome: row.outcome,
      reason: row.reason,
    },
  };
}

/** A life as its row; `digest` is the outcome's (`outcome-digest.ts`). */
export function lifeRow(life: PullRequestLife, digest: string, policyDigest: string): PullRequestLifeTable {
  return {
    repository_id: life.repositoryId,
    number: life.number,
    title: life.title,
    author: life.author,
    is_by_human: Number(life.isByHuman),
    ignored_for: life.ignoredFor,
    opened_at: life.openedAt,
    ended_at: life.endedAt,
    ended_by: life.endedBy,
    stays: JSON.stringify(life.stays.map(({ phase, enteredAt, leftAt }) => [PHASES.indexOf(phase), enteredAt, leftAt])),
    moving: JSON.stringify(life.moving.map(({ fromAt, toAt }) => [fromAt, toAt])),
    policy_digest: policyDigest,
    digest,
  };
}

/** The life of a row. */
export function lifeOf(row: PullRequestLifeTable): PullRequestLife {
  return {
    repositoryId: row.repository_id,
    number: row.number,
    title: row.title,
    author: row.author,
    isByHuman: row.is_by_human === 1,
    ignoredFor: row.ignored_for,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    stays: readNumberRows(row.stays).map((stay): PhaseStay => {
      const phase = PHASES[numberAt(stay, 0)];
      if (phase === undefined) throw new Error(`the database holds a stay in an unknown phase: ${JSON.stringify(stay)}`);
      return { phase, enteredAt: numberAt(stay, 1), leftAt: stay[2] ?? null };
    }),
    moving: readNumberRows(row.moving).map((stretch): Stretch => ({ fromAt: numberAt(stretch, 0), toAt: numberAt(stretch, 1) })),
  };
}
