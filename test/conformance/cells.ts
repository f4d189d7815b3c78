/** What a comparison of two nested values found, leaf by leaf. */
export interface CellComparison {
  /** How many leaves agree, by topic. */
  readonly agreeing: ReadonlyMap<string, number>;
  /** Leaves that do not, as `path: ours, not theirs`. */
  readonly differing: readonly string[];
}

/** Compares cell by cell: a leaf is a number, a text, a list as a whole whatever its order, or an empty object. */
export function compareCells(ours: unknown, theirs: unknown, topicOf: (path: readonly string[]) => string): CellComparison {
  const agreeing = new Map<string, number>();
  const differing: string[] = [];
  const left = cells(ours);
  const right = cells(theirs);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [mine, other] = [left.get(key), right.get(key)];
    const topic = topicOf(key.split('\n'));
    if (mine === other) agreeing.set(topic, (agreeing.get(topic) ?? 0) + 1);
    else differing.push(`${key.replaceAll('\n', ' ')}: ${mine ?? 'nothing'}, not ${other ?? 'nothing'}`);
  }
  return { agreeing, differing };
}

function cells(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return new Map([[path.join('\n'), JSON.stringify(value)]]);
  if (Array.isArray(value)) return new Map([[path.join('\n'), JSON.stringify([...value].sort())]]);
  return new Map(Object.entries(value).flatMap(([key, member]) => [...cells(member, [...path, key])]));
}
