/** The frame of a chart with axes, in pixels of the drawing. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Charts with axes are drawn in two sizes, of which the page shows one; text in them cannot stretch. */
export type ChartForm = 'wide' | 'narrow';

/** Their widths in pixels. */
export const CHART_WIDTH = { wide: 560, narrow: 358 } as const;

/** Where a share (0 to 1) lies above the lower edge. */
export function shareY(share: number, plot: Plot): number {
  return plot.top + (1 - Math.min(1, Math.max(0, share))) * (plot.bottom - plot.top);
}

/** Where an age lies between two ages on a logarithmic axis; outside them at the nearer edge. */
export function ageX(seconds: number, from: number, to: number, plot: Plot): number {
  const part = (Math.log(Math.max(seconds, 1)) - Math.log(from)) / (Math.log(to) - Math.log(from));
  return plot.left + Math.min(1, Math.max(0, part)) * (plot.right - plot.left);
}

/**
 * Moves labels apart so that none overlaps: each at least `gap` below the one before, all within
 * `[top, bottom]`, as near to where they belong as one pass down and one up allow. `wanted` is in
 * order from the top.
 */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): readonly number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, top, (placed.at(-1) ?? -Infinity) + gap));
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const limit = (placed[index + 1] ?? bottom + gap) - gap;
    placed[index] = Math.min(placed[index] ?? limit, limit);
  }
  return placed;
}

/** A number of pixels as an attribute: two decimals at most. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
