import type { PolicyRules } from '#src/config/policy-rules.ts';
import { ignoreRuleText } from '#src/domain/left-out.ts';
import type { PausedWait, PullRequestLife } from '#src/domain/subject.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import { clockPauses } from './clock-pauses.ts';
import { ignorableChange } from './ignorable-change.ts';
import { movingTime } from './moving-time.ts';
import { phasesOfLife } from './phases.ts';
import { waitsOfLife } from './pull-request-waits.ts';
import { readLife } from './read-life.ts';
import type { References } from './references.ts';

/** What subjects are computed with. */
export interface ComputeContext {
  readonly references: References;
  /** The reference facts of the subject's organisation. */
  readonly reference: WaitReference;
  readonly rules: PolicyRules;
  readonly staleAfterSeconds: number;
}

/** All that a pull request's facts amount to: its life and its waits, under a policy. */
export function computeSubject(pr: PullRequest, context: ComputeContext): { readonly life: PullRequestLife; readonly waits: readonly PausedWait[] } {
  const { references, reference, rules } = context;
  const life = readLife(pr, reference);
  const ignoredFor = rules.ignoredFor(ignorableChange(pr, references.account(life.author)));
  return {
    waits: waitsOfLife(life, reference).map((wait) => ({ wait, pauses: clockPauses(life, wait) })),
    life: {
      repositoryId: pr.repositoryId,
      number: pr.number,
      title: pr.title,
      author: life.author,
      isByHuman: reference.isHuman(life.author),
      ignoredFor: ignoredFor === null ? null : ignoreRuleText(ignoredFor),
      openedAt: pr.createdAt,
      endedAt: life.end?.at ?? null,
      endedBy: life.end?.outcome ?? null,
      stays: phasesOfLife(life, reference),
      moving: movingTime(pr, reference, context.staleAfterSeconds),
    },
  };
}
