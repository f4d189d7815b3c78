import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { WaitItem } from '#src/domain/figures.ts';
import { askedOne } from '#src/figures/wait-row.ts';
import { count, instant, seconds, stage } from './shapes.ts';

const timeSource = z.enum(['github', 'near', 'delivered', 'audit', 'bound']).describe("Where a time comes from: GitHub's own, the payload's, the delivery's, the audit log's, or inferred from a neighbour.");

/** One wait. */
export const wait = z.strictObject({
  stage,
  subject: z.string().describe('`owner/name#number`.'),
  repository: z.string(),
  number: count,
  title: z.string().nullable(),
  round: count,
  waits_on: z.string().nullable().describe('The team, or the person where the policy names persons.'),
  waits_on_kind: z.enum(['user', 'team']).nullable(),
  started_at: instant,
  started_from: timeSource,
  ended_at: instant.nullable().describe('Null: it still waits.'),
  ended_from: timeSource.nullable(),
  paused_seconds: seconds,
  seconds: seconds.nullable().describe('From start to end less the pauses; null while it waits.'),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
});

/** A wait in the words of the API; persons are named only where `names` is on. */
export function waitBody(item: WaitItem, names: boolean): z.input<typeof wait> {
  const { wait: of, repository, number } = item;
  const waitsOn = askedOne(item, names);
  return {
    stage: of.stage,
    subject: `${repository.fullName}#${String(number)}`,
    repository: repository.fullName,
    number,
    title: item.title,
    round: of.round,
    waits_on: waitsOn?.name ?? null,
    waits_on_kind: waitsOn?.kind ?? null,
    started_at: formatInstant(of.startedAt),
    started_from: of.startedFrom,
    ended_at: of.endedAt === null ? null : formatInstant(of.endedAt),
    ended_from: of.endedFrom,
    paused_seconds: of.pausedSeconds,
    seconds: of.seconds,
    outcome: of.outcome,
    reason: of.reason,
  };
}
