import type { IgnorableChange } from '#src/config/policy-rules.ts';
import type { Account } from '#src/domain/account.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';

/** What the policy's `ignore` looks at of a pull request by this author. */
export function ignorableChange(pr: PullRequest, author: Account): IgnorableChange {
  return { author, labels: heldLabels(pr), baseBranch: pr.baseRef ?? '' };
}

/** The labels it carries after its last event. */
function heldLabels(pr: PullRequest): string[] {
  const held = new Set<string>();
  for (const { kind, detail } of pr.events) {
    if (kind === 'labeled' && detail.label !== undefined) held.add(detail.label);
    if (kind === 'unlabeled' && detail.label !== undefined) held.delete(detail.label);
  }
  return [...held];
}
