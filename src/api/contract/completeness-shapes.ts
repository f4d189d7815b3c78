import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { Certificate, CertifiedKind, CertifiedWeek, Counted } from '#src/domain/certificate.ts';
import { formatScope } from '#src/domain/scope.ts';
import { count, countedKind, gap, gapBody, instant, share, window, windowBody } from './shapes.ts';

const counts = {
  expected: count.nullable().describe('How many a second source says there are: list totals, listings, the deliveries log. Null where none has said it.'),
  stored: count.describe('How many are facts.'),
  healed: count.describe('Of the stored, those that came only after they were missed.'),
  open_gaps: count,
};

/** A week of UTC of a kind of thing in a repository. */
export const certifiedWeek = z.strictObject({ from: instant, to: instant, ...counts });

/** A kind of thing in a repository. */
export const certifiedKind = z.strictObject({
  kind: countedKind,
  ...counts,
  stored_share: share.nullable().describe('Of what is counted, in the weeks in which it is.'),
  weeks: z.array(certifiedWeek),
});

/** What the figures of a scope and a window do not see. */
export const certificateAnswer = z.strictObject({
  scope: z.string(),
  window,
  stored_share: share.nullable().describe('Of all that a second source counts; null where nothing is counted.'),
  lag: z.strictObject({
    log_checked_until: instant.nullable().describe('Up to when the deliveries log of GitHub was compared; null: never.'),
    swept_until: instant.nullable().describe('Up to when all changes of every repository swept are known; null: never.'),
    repositories: count.describe('That are collected from.'),
    never_swept: count,
  }),
  repositories: z.array(z.strictObject({ repository: z.string(), kinds: z.array(certifiedKind) })),
  gaps: z.array(gap).describe('Open ones, history that begins inside the window, healed ones.'),
});

/** A certificate in the words of the API. */
export function certificateBody({ scope, window: of, storedShare, repositories, gaps, lag }: Certificate): z.input<typeof certificateAnswer> {
  return {
    scope: formatScope(scope),
    window: windowBody(of),
    stored_share: storedShare,
    lag: {
      log_checked_until: instantOf(lag.logCheckedUntilAt),
      swept_until: instantOf(lag.sweptUntilAt),
      repositories: lag.repositories,
      never_swept: lag.neverSwept,
    },
    repositories: repositories.map(({ repository, kinds }) => ({ repository: repository.fullName, kinds: kinds.map(kindBody) })),
    gaps: gaps.map(gapBody),
  };
}

function kindBody(of: CertifiedKind): z.input<typeof certifiedKind> {
  return { kind: of.kind, ...countsBody(of), stored_share: of.storedShare, weeks: of.weeks.map(weekBody) };
}

function weekBody(of: CertifiedWeek): z.input<typeof certifiedWeek> {
  return { ...windowBody(of), ...countsBody(of) };
}

function countsBody({ expected, stored, healed, openGaps }: Counted): { readonly expected: number | null; readonly stored: number; readonly healed: number; readonly open_gaps: number } {
  return { expected, stored, healed, open_gaps: openGaps };
}

function instantOf(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}
