import type { CollectionLag } from '#src/domain/completeness.ts';
import type { Gap } from '#src/domain/figure.ts';
import { NBSP } from './characters.ts';
import { dateText, type Reader } from './date-text.ts';
import { ageText } from './duration-text.ts';
import { counted } from './number-text.ts';

/** A share that is nearly all, to a tenth and never rounded up to all: `99.6 %`, `over 99.9 %`, `100 %`. */
export function storedShareText(share: number): string {
  if (share >= 1) return `100${NBSP}%`;
  if (share > 0.999) return `over${NBSP}99.9${NBSP}%`;
  return `${(Math.floor(share * 1000) / 10).toFixed(1)}${NBSP}%`;
}

/** What is stored and what is missing, in one sentence: `99.6 % of what GitHub lists is stored; 1 open gap since 3 Nov.` */
export function completenessSentence(storedShare: number | null, gaps: readonly Gap[], reader: Reader): string {
  const open = gaps.filter(({ state }) => state === 'open');
  const since = Math.min(...open.map(({ fromAt }) => fromAt));
  const gapText = open.length === 0 ? 'no gap is open' : `${counted(open.length, 'open gap')} since ${dateText(since, reader)}`;
  if (storedShare === null) return `GitHub has not been asked yet how much there is; ${gapText}.`;
  return storedShare === 1 ? `All that GitHub lists is stored; ${gapText}.` : `${storedShareText(storedShare)} of what GitHub lists is stored; ${gapText}.`;
}

/** How far behind the collection is, a sentence each; nothing where nothing is collected from GitHub. */
export function lagSentences({ logCheckedUntilAt, sweptUntilAt, repositories, neverSwept }: CollectionLag, nowAt: number): string[] {
  const ago = (at: number): string => `${ageText(Math.max(0, nowAt - at) / 1000)} ago`;
  if (repositories === 0 && logCheckedUntilAt === null) return ['Nothing is collected from GitHub yet.'];
  const log = logCheckedUntilAt === null ? 'The deliveries log of GitHub was never compared.' : `The deliveries log of GitHub was compared ${ago(logCheckedUntilAt)}.`;
  if (repositories === 0) return [log];
  const swept = sweptUntilAt === null ? '' : `All changes up to ${ago(sweptUntilAt)} are known${neverSwept === 0 ? '' : ` of ${counted(repositories - neverSwept, 'repository', 'repositories')}`}.`;
  const never = neverSwept === 0 ? '' : `${counted(neverSwept, 'repository was', 'repositories were')} never swept.`;
  return [log, swept, never].filter((text) => text !== '');
}

/** What can be done about a gap. */
export function gapAdvice({ state, kind = 'deliveries', missing }: Gap): string {
  if (state === 'healed') return 'Nothing: it was healed.';
  if (state === 'before-history') return 'To reach further back: narrows backfill --since DATE.';
  switch (kind) {
    case 'deliveries':
      return missing === null ? 'What listings tell comes back with the sweeps. Keep Narrows running: the log of GitHub reaches back three days.' : 'What the log of GitHub still holds is fetched within minutes. What it has forgotten stays missing.';
    case 'pull_requests':
      return missing === null ? 'See the reason; what was missed is collected once GitHub answers again.' : 'It is listed again within the hour. If it stays: narrows backfill.';
    default:
      return 'If the facts lost it: narrows replay reads the kept listings again. If it stays, GitHub counts more than it shows.';
  }
}
