import type { WaitingItem } from '#src/domain/figures.ts';
import type { WaitingView } from '../frame-view.ts';
import { pullRequestPath } from '../links.ts';

/** A pull request that waits now as a line of a list. It is listed for its reader alone, who may see whom it waits on. */
export function waitingView(item: WaitingItem): WaitingView {
  const { repository, number, title, stage, round, isStandingStill, waitsOn, ageSeconds, workingDays } = item;
  return {
    title,
    href: pullRequestPath(repository.fullName, number),
    repository: repository.fullName,
    number,
    stage,
    round,
    isStandingStill,
    waitsOn: waitsOn.map(({ name }) => name),
    elapsedSeconds: ageSeconds,
    workingDays,
  };
}
