import type { PausedWait, PullRequestLife } from '#src/domain/subject.ts';
import { Fingerprint } from './fingerprint.ts';

/** One for the thread: it is empty between two digests. */
const fingerprint = new Fingerprint();

/**
 * The digest of all that was computed of a pull request, so that what did not change is not written
 * again. The policy it was computed under is no part of it: most changes of a policy change few waits.
 */
export function outcomeDigest(life: PullRequestLife, waits: readonly PausedWait[]): string {
  fingerprint.text(life.title);
  fingerprint.text(life.author);
  fingerprint.number(Number(life.isByHuman));
  fingerprint.text(life.ignoredFor);
  fingerprint.number(life.openedAt);
  fingerprint.number(life.endedAt);
  fingerprint.text(life.endedBy);
  fingerprint.number(life.stays.length);
  for (const { phase, enteredAt, leftAt } of life.stays) {
    fingerprint.text(phase);
    fingerprint.number(enteredAt);
    fingerprint.number(leftAt);
  }
  fingerprint.number(life.moving.length);
  for (const { fromAt, toAt } of life.moving) {
    fingerprint.number(fromAt);
    fingerprint.number(toAt);
  }
  fingerprint.number(waits.length);
  for (const wait of waits) addWait(wait);
  return fingerprint.take();
}

/** Not its `seconds`, which follow from the rest. */
function addWait({ wait, pauses }: PausedWait): void {
  fingerprint.text(wait.stage);
  fingerprint.number(wait.round);
  fingerprint.text(wait.waitsOn);
  fingerprint.number(wait.startedAt);
  fingerprint.text(wait.startedFrom);
  fingerprint.number(wait.endedAt);
  fingerprint.text(wait.endedFrom);
  fingerprint.number(wait.pausedSeconds);
  fingerprint.text(wait.outcome);
  fingerprint.text(wait.reason);
  fingerprint.number(pauses.length);
  for (const { fromAt, toAt } of pauses) {
    fingerprint.number(fromAt);
    fingerprint.number(toAt);
  }
}
