import type { Certificate, CertifiedKind, CertifiedWeek, Counted } from '#src/domain/certificate.ts';
import type { CompletenessReader, CompletenessRow } from '#src/domain/completeness.ts';
import type { Gap } from '#src/domain/figure.ts';
import type { Question } from '#src/domain/figures.ts';
import type { ReadScope } from './read-scope.ts';

/** The certificate of some repositories, from completeness as the viewer may see it. */
export async function readCertificate(completeness: CompletenessReader, { viewer, scope: asked, window }: Question, scope: ReadScope): Promise<Certificate> {
  const [rows, gaps, lag] = await Promise.all([completeness.rows(viewer, window), completeness.gaps(viewer, scope.ids, window), completeness.lag(viewer)]);
  const ofScope = new Set(scope.ids);
  const counted = rows.filter(({ repositoryId }) => ofScope.has(repositoryId));
  return {
    scope: asked,
    window,
    storedShare: storedShare(counted),
    repositories: scope.repositories.map((repository) => ({ repository, kinds: kindsOf(counted.filter(({ repositoryId }) => repositoryId === repository.id)) })).filter(({ kinds }) => kinds.length > 0),
    gaps: [...gaps].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.fromAt - a.fromAt),
    lag,
  };
}

const STATES: readonly Gap['state'][] = ['open', 'before-history', 'healed'];

/**
 * The share of what is counted that is stored. What is stored beyond what a source counted (newer than its word) does
 * not make up for what lacks elsewhere.
 */
function storedShare(rows: readonly Pick<Counted, 'expected' | 'stored'>[]): number | null {
  let expected = 0;
  let stored = 0;
  for (const row of rows) {
    expected += row.expected ?? 0;
    stored += Math.min(row.expected ?? 0, row.stored);
  }
  return expected === 0 ? null : stored / expected;
}

/** The rows of one repository by kind; they come in the order of kinds and weeks. */
function kindsOf(rows: readonly CompletenessRow[]): CertifiedKind[] {
  const byKind = new Map<CompletenessRow['kind'], CertifiedWeek[]>();
  for (const { kind, week, expected, stored, healed, openGaps } of rows) byKind.set(kind, [...(byKind.get(kind) ?? []), { ...week, expected, stored, healed, openGaps }]);
  return [...byKind].map(([kind, weeks]) => ({ kind, ...sumOf(weeks), storedShare: storedShare(weeks), weeks }));
}

/** Weeks together; what nobody counted in any of them is not counted. */
function sumOf(weeks: readonly CertifiedWeek[]): Counted {
  const counts = weeks.flatMap(({ expected }) => expected ?? []);
  return {
    expected: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
    stored: weeks.reduce((sum, { stored }) => sum + stored, 0),
    healed: weeks.reduce((sum, { healed }) => sum + healed, 0),
    openGaps: weeks.reduce((sum, { openGaps }) => sum + openGaps, 0),
  };
}
