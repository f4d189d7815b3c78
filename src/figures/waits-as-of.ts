import type { Policy } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import type { FactReader } from '#src/domain/store.ts';
import type { AllTeamFacts, PullRequestLife, SubjectWait } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { asOf } from '#src/waits/as-of.ts';
import { computeSubject } from '#src/waits/compute-subject.ts';
import { References } from '#src/waits/references.ts';

/** What computing from the facts needs. */
export interface FactsAsOf {
  readonly reader: FactReader;
  readonly teamFacts: AllTeamFacts;
  readonly policy: Policy;
}

/** A pull request's waits and life as they stood at an instant. */
export interface SubjectAsOf {
  readonly waits: readonly SubjectWait[];
  readonly life: PullRequestLife;
}

/**
 * Waits and lives as they stood at an instant: computed from the facts with event time up to it, with
 * everything known today about them. Pull requests opened later are left out.
 */
export async function* subjectsAsOf(facts: FactsAsOf, viewer: Viewer, at: number): AsyncGenerator<SubjectAsOf> {
  const rules = policyRules(facts.policy);
  const references = new References(await facts.reader.accounts(), facts.teamFacts, rules);
  const { staleAfterSeconds } = facts.policy;
  for await (const { repository, pullRequest } of facts.reader.pullRequests(viewer, {})) {
    const then = asOf(pullRequest, at);
    if (then === null) continue;
    const reference = references.of(repository.fullName.split('/')[0] ?? '', new Map());
    const { life, waits } = computeSubject(then, { references, reference, rules, staleAfterSeconds });
    const about = { repositoryId: repository.id, number: pullRequest.number };
    yield { life, waits: waits.map((wait) => ({ ...about, ...wait })) };
  }
}
