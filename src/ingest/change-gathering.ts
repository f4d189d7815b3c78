import type { FactChanges, PullRequestChange } from '#src/domain/source.ts';
import { repositoryKey } from '#src/domain/repository.ts';
import { joinEvidence } from '#src/domain/timeline/evidence.ts';

/** Gathers the changes of many deliveries: evidence about one pull request is joined, the rest is laid side by side. */
export class ChangeGathering {
  readonly #pullRequests = new Map<string, PullRequestChange>();
  readonly #lists: { [Key in Exclude<keyof FactChanges, 'pullRequests'>]-?: Required<FactChanges>[Key][number][] } = {
    accounts: [],
    repositories: [],
    pushes: [],
    teams: [],
    memberships: [],
    teamRepositories: [],
    collaborators: [],
    memberListings: [],
    teamRepositoryListings: [],
    teamListings: [],
  };

  add(changes: FactChanges): void {
    for (const change of changes.pullRequests ?? []) this.#addPullRequest(change);
    this.#lists.accounts.push(...(changes.accounts ?? []));
    this.#lists.repositories.push(...(changes.repositories ?? []));
    this.#lists.pushes.push(...(changes.pushes ?? []));
    this.#lists.teams.push(...(changes.teams ?? []));
    this.#lists.memberships.push(...(changes.memberships ?? []));
    this.#lists.teamRepositories.push(...(changes.teamRepositories ?? []));
    this.#lists.collaborators.push(...(changes.collaborators ?? []));
    this.#lists.memberListings.push(...(changes.memberListings ?? []));
    this.#lists.teamRepositoryListings.push(...(changes.teamRepositoryListings ?? []));
    this.#lists.teamListings.push(...(changes.teamListings ?? []));
  }

  /** Everything gathered so far. */
  gathered(): Required<FactChanges> {
    return { ...this.#lists, pullRequests: [...this.#pullRequests.values()] };
  }

  #addPullRequest(change: PullRequestChange): void {
    const key = `${repositoryKey(change.repository)}#${String(change.number)}`;
    const known = this.#pullRequests.get(key);
    const joined = known === undefined ? change : { ...known, evidence: joinEvidence(known.evidence, change.evidence) };
    this.#pullRequests.set(key, joined);
  }
}
