import type { Stock } from '#src/domain/figures.ts';
import { RIVER_PHASES } from './flow-figure.ts';

/** The stocks there are figures of: the river's phases that can be known, and what stands beside it. */
export const STOCKS = [...RIVER_PHASES, 'drafts', 'bots', 'standing-still'] as const satisfies readonly Stock[];

/** Whether a text names a stock there are figures of. */
export function isStock(text: string): text is (typeof STOCKS)[number] {
  return STOCKS.some((stock) => stock === text);
}
