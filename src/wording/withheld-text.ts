import type { Withheld } from '#src/domain/figure.ts';
import { counted } from './number-text.ts';

/** Why a figure is not shown: `withheld: 9 waits, an estimate needs 10.` or `withheld: fewer than 3 people`. */
export function withheldText(withheld: Withheld): string {
  switch (withheld.why) {
    case 'few-waits':
      return `withheld: ${counted(withheld.n, 'wait')}, an estimate needs ${String(withheld.needed)}.`;
    case 'few-people':
      return `withheld: fewer than ${String(withheld.fewest)} people`;
  }
}

/** What a link to the waits behind a withheld figure says: `Show the 9 waits`. */
export function showWaitsText(n: number): string {
  return `Show the ${counted(n, 'wait')}`;
}
