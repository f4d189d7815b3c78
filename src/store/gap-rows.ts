import { storableText } from '#src/core/text.ts';
import type { CollectionGap } from '#src/domain/completeness.ts';
import type { CollectionGapTable } from './completeness-tables.ts';

/** The columns of a gap. */
export const GAP_COLUMNS = ['id', 'repository_id', 'kind', 'event', 'from_at', 'to_at', 'missing', 'expected', 'reason', 'found_at', 'healed_at'] as const satisfies readonly (keyof CollectionGapTable)[];

/** The row of a gap. */
export function gapRow(gap: CollectionGap): CollectionGapTable {
  return {
    id: storableText(gap.id),
    repository_id: gap.repositoryId,
    kind: gap.kind,
    event: gap.event === undefined ? null : storableText(gap.event),
    from_at: gap.fromAt,
    to_at: gap.toAt,
    missing: gap.missing,
    expected: gap.expected,
    reason: storableText(gap.reason),
    found_at: gap.foundAt,
    healed_at: gap.healedAt,
  };
}

/** The gap of a row. */
export function gapOf(row: CollectionGapTable): CollectionGap {
  return {
    id: row.id,
    repositoryId: row.repository_id,
    kind: row.kind,
    ...(row.event === null ? {} : { event: row.event }),
    fromAt: row.from_at,
    toAt: row.to_at,
    missing: row.missing,
    expected: row.expected,
    reason: row.reason,
    foundAt: row.found_at,
    healedAt: row.healed_at,
  };
}
