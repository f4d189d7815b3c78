/** What figures are asked about. A team is named by its slug, a repository by its current full name. */
export type Scope =
  | { readonly kind: 'organization' }
  | { readonly kind: 'team'; readonly slug: string }
  | { readonly kind: 'repository'; readonly fullName: string };

/** Everything the viewer may see. */
export const ORGANIZATION: Scope = { kind: 'organization' };

/** Reads `''`, `organization`, `team:payments` or `repository:owner/name`; null for anything else. */
export function parseScope(text: string): Scope | null {
  if (text === '' || text === 'organization') return ORGANIZATION;
  const team = /^team:([\w.-]+)$/.exec(text)?.[1];
  if (team !== undefined) return { kind: 'team', slug: team };
  const fullName = /^repository:([\w.-]+\/[\w.-]+)$/.exec(text)?.[1];
  return fullName === undefined ? null : { kind: 'repository', fullName };
}

/** A scope as addresses and commands write it. */
export function formatScope(scope: Scope): string {
  switch (scope.kind) {
    case 'organization':
      return 'organization';
    case 'team':
      return `team:${scope.slug}`;
    case 'repository':
      return `repository:${scope.fullName}`;
  }
}
