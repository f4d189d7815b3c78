import type { Stretch } from '#src/core/stretch.ts';
import { isSharedKind } from '#src/domain/event-kind.ts';
import type { PullRequest, TimelineEvent } from '#src/domain/timeline/event.ts';
import type { PhaseStay, WaitReference } from '#src/domain/wait.ts';

/**
 * When a pull request moved (`definitions.md` 5): the instants with an event of a shared kind, or a push,
 * by a human in the `staleAfterSeconds` before them, the instant of the event included. In order and
 * without overlap; the last stretch ends where the pull request stands still unless something happens
 * until then. Someone whom nobody names counts as a human, since no machine is known to have done it.
 */
export function movingTime(pr: PullRequest, reference: WaitReference, staleAfterSeconds: number): Stretch[] {
  const instants: number[] = [];
  for (const event of pr.events) if (isMove(event, reference)) instants.push(event.detail.visibleAt ?? event.at);
  for (const { at, actor } of pr.arrivals) if (isByHuman(actor, reference)) instants.push(at);
  instants.sort((a, b) => a - b);

  const moving: { fromAt: number; toAt: number }[] = [];
  for (const at of instants) {
    const last = moving.at(-1);
    const toAt = at + staleAfterSeconds * 1000;
    if (last !== undefined && at <= last.toAt) last.toAt = toAt;
    else moving.push({ fromAt: at, toAt });
  }
  return moving;
}

/** Commits move it when they arrive, not when they were dated. */
function isMove({ kind, goneAt, actor }: TimelineEvent, reference: WaitReference): boolean {
  if (goneAt !== null || kind === 'committed') return false;
  return (isSharedKind(kind) || kind === 'pushed') && isByHuman(actor, reference);
}

function isByHuman(actor: string | null, reference: WaitReference): boolean {
  return actor === null || reference.isHuman(reference.identity(actor));
}

/** The parts of stays that lie in moving time: what stood there while it moved. They are no visits, so no flow is counted on them. */
export function staysWhileMoving(stays: readonly PhaseStay[], moving: readonly Stretch[]): PhaseStay[] {
  const parts: PhaseStay[] = [];
  for (const { phase, enteredAt, leftAt } of stays) {
    for (const { fromAt, toAt } of moving) {
      const from = Math.max(enteredAt, fromAt);
      const to = Math.min(leftAt ?? Infinity, toAt);
      if (from < to) parts.push({ phase, enteredAt: from, leftAt: to });
    }
  }
  return parts;
}
