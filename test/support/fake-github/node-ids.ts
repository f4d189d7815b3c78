/** What has an id of GraphQL here, by GitHub's prefix of such ids. */
export type NodeKind = 'R' | 'PR' | 'PRR' | 'PRRC' | 'PRRT' | 'IC' | 'PURC' | 'C' | 'E' | 'T' | 'O' | 'U' | 'BOT' | 'RR';

/** What an id stands for: the kind, and what finds it again. */
export interface NodeKey {
  readonly kind: NodeKind;
  readonly parts: readonly string[];
}

/** An id that is opaque, as GitHub's are: `PR_kwDO` and what finds it again. */
export function nodeId(kind: NodeKind, ...parts: readonly (string | number)[]): string {
  return `${kind}_kwDO${Buffer.from(parts.join(':')).toString('base64url')}`;
}

/** What an id stands for; null for one that was not made here. */
export function readNodeId(id: string): NodeKey | null {
  const match = /^([A-Z]+)_kwDO([\w-]+)$/.exec(id);
  if (match?.[1] === undefined || match[2] === undefined || !isKind(match[1])) return null;
  const parts = Buffer.from(match[2], 'base64url').toString().split(':');
  return nodeId(match[1], ...parts) === id ? { kind: match[1], parts } : null;
}

function isKind(text: string): text is NodeKind {
  return ['R', 'PR', 'PRR', 'PRRC', 'PRRT', 'IC', 'PURC', 'C', 'E', 'T', 'O', 'U', 'BOT', 'RR'].includes(text);
}
