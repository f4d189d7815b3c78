import type { PolicyRules } from '#src/config/policy-rules.ts';
import { ignoreRuleText, type LeftOut } from '#src/domain/left-out.ts';
import type { FactReader } from '#src/domain/store.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { ignorableChange } from '#src/waits/ignorable-change.ts';

/**
 * What other rules than those in use would leave out: every pull request is read for it. Of the rules in use the store
 * knows it, from the same rule asked about the same facts when waits were computed.
 */
export async function leftOutUnder(rules: Pick<PolicyRules, 'ignoredFor'>, reader: Pick<FactReader, 'pullRequests' | 'accounts'>, viewer: Viewer): Promise<readonly LeftOut[]> {
  const accounts = await reader.accounts();
  const found = new Map<string, LeftOut>();
  for await (const { repository, pullRequest } of reader.pullRequests(viewer, {})) {
    const rule = rules.ignoredFor(ignorableChange(pullRequest, accounts.account(pullRequest.author)));
    if (rule === null) continue;
    const key = `${repository.id} ${ignoreRuleText(rule)}`;
    found.set(key, { ...rule, repositoryId: repository.id, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}
