import { policyDigest, type Policy } from '#src/config/policy.ts';
import { policyRules, type PolicyRules } from '#src/config/policy-rules.ts';
import type { AccountRef } from '#src/domain/account.ts';
import type { FactReader } from '#src/domain/store.ts';
import type { AccountAnswer, ComputedSubject, DirtyPullRequest, DirtySubject, WaitWriter } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import { computeSubject } from '#src/waits/compute-subject.ts';
import { References } from '#src/waits/references.ts';

/** Subjects computed and written together: few enough that their facts stay in the processor's caches. */
const SUBJECTS_AT_ONCE = 100;

/** What recomputing needs. */
export interface RecomputeOptions {
  readonly waitWriter: WaitWriter;
  readonly reader: Pick<FactReader, 'accounts' | 'repositories'>;
  readonly policy: Policy;
  /** Who may read what waits are computed from: everything, given by the composition root. */
  readonly viewer: Viewer;
}

/**
 * Computes the waits of marked subjects again. What a wait rests on beside its own facts (who is human,
 * who an old login was, who belonged to a team, the policy) is checked first: when one of these answers
 * changed, everything that may rest on it is marked. So waits are a function of facts and policy in
 * whatever order these came.
 */
export class Recomputer {
  readonly #options: RecomputeOptions;
  readonly #rules: PolicyRules;
  readonly #digest: string;
  #isPolicyUsed = false;
  #checked: { readonly mark: number; readonly references: References } | null = null;

  constructor(options: RecomputeOptions) {
    this.#options = options;
    this.#rules = policyRules(options.policy);
    this.#digest = policyDigest(options.policy);
  }

  /** Computes one batch. Resolves to how many subjects were computed; 0 means that none is marked. */
  async batch(): Promise<number> {
    const { waitWriter } = this.#options;
    const references = await this.#checkedReferences();
    const dirty = await waitWriter.dirty(SUBJECTS_AT_ONCE);
    if (dirty.length === 0) return 0;
    const owners = await this.#owners();
    const answers = new Map<AccountRef, AccountAnswer>();
    await waitWriter.put(this.#computed(dirty, references, (subject) => references.of(owners.get(subject.repositoryId) ?? '', answers)), answers, this.#digest);
    return dirty.length;
  }

  /** Computes until nothing is marked. Resolves to how many subjects were computed. */
  async all(): Promise<number> {
    let total = 0;
    for (;;) {
      const count = await this.batch();
      if (count === 0) return total;
      total += count;
    }
  }

  async #checkedReferences(): Promise<References> {
    const { waitWriter, reader } = this.#options;
    if (!this.#isPolicyUsed) {
      await waitWriter.usePolicy(this.#digest);
      this.#isPolicyUsed = true;
    }
    const mark = await waitWriter.referenceMark();
    if (this.#checked?.mark === mark) return this.#checked.references;
    const references = new References(await reader.accounts(), await waitWriter.teamFacts(), this.#rules);
    await waitWriter.checkAnswers((ref) => references.answer(ref));
    this.#checked = { mark, references };
    return references;
  }

  /** The login of each repository's owner. */
  async #owners(): Promise<ReadonlyMap<string, string>> {
    const repositories = await this.#options.reader.repositories(this.#options.viewer);
    return new Map(repositories.map(({ id, fullName }) => [id, fullName.split('/')[0] ?? '']));
  }

  *#computed(dirty: readonly DirtyPullRequest[], references: References, referenceOf: (subject: DirtySubject) => WaitReference): Generator<ComputedSubject> {
    const { staleAfterSeconds } = this.#options.policy;
    for (const { subject, pullRequest } of dirty) {
      const facts = pullRequest();
      const context = { references, reference: referenceOf(subject), rules: this.#rules, staleAfterSeconds };
      yield facts === null ? { subject, life: null, waits: [] } : { subject, ...computeSubject(facts, context) };
    }
  }
}
