/** What of a pull request a rule of the policy can look at. */
export type LeftOutBy = 'author' | 'label' | 'base-branch';

/** What puts a pull request outside all figures: the first rule of the policy that does, as it is written there. */
export interface IgnoreRule {
  readonly by: LeftOutBy;
  /** The login, the label or the pattern of branches. */
  readonly rule: string;
}

/** How many pull requests of a repository a rule leaves out; one that several rules leave out is the first one's. */
export interface LeftOut extends IgnoreRule {
  readonly repositoryId: string;
  readonly count: number;
}

const KINDS: readonly LeftOutBy[] = ['author', 'label', 'base-branch'];

/** A rule as it stands in a pull request's life: `label:dependencies`. */
export function ignoreRuleText({ by, rule }: IgnoreRule): string {
  return `${by}:${rule}`;
}

/** Reads such a text; null for what an older program wrote, which named no rule. */
export function ignoreRuleOf(text: string): IgnoreRule | null {
  const by = KINDS.find((kind) => text.startsWith(`${kind}:`));
  return by === undefined ? null : { by, rule: text.slice(by.length + 1) };
}
