import type { ReactElement } from 'react';

import { riverScale, riverShapes, type BankLine, type RiverCell, type Segment } from './river-geometry.ts';
import { colourOf } from './tokens.ts';

/** Across of the lying river and of the turned one, in pixels; along they stretch. */
export const RIVER_WIDTH = { lying: 176, turned: 104 } as const;

/** Along, in units of the drawing per cell; the drawing stretches, so only ratios matter. */
const CELL = 100;

/** How a river is drawn. */
export interface RiverProps {
  readonly cells: readonly RiverCell[];
  /** What it shows, in a sentence; null where the numbers stand beside it and the picture only repeats them. */
  readonly label: string | null;
  /** `lying` flows to the right, `turned` downwards. */
  readonly form: 'lying' | 'turned';
  /** Across, in pixels [`RIVER_WIDTH` of the form]. */
  readonly width?: number;
}

/**
 * The river: mirrored steps of one linear scale. It holds no text and stretches along its length;
 * class `river-lying` or `river-turned` gives its size.
 */
export function River({ cells, label, form, width = RIVER_WIDTH[form] }: RiverProps): ReactElement {
  const length = Math.max(1, cells.length) * CELL;
  const shapes = riverShapes(cells, length, width);
  const place: Place = form === 'lying' ? ([along, across]) => [along, across] : ([along, across]) => [across, along];
  const box = place([length, width]);
  return (
    <svg
      className={`river-${form}`}
      viewBox={`0 0 ${String(box[0])} ${String(box[1])}`}
      width={form === 'lying' ? '100%' : width}
      height={form === 'lying' ? width : '100%'}
      preserveAspectRatio="none"
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {shapes.tide.map((water, index) => (
        <path key={`tide${String(index)}`} d={path(water.outline, place)} fill={colourOf(water.isMarked ? 'mark-tide' : 'tide')} />
      ))}
      {shapes.water.map((water, index) => (
        <path key={`water${String(index)}`} d={path(water.outline, place)} fill={colourOf(water.isMarked ? 'mark' : 'water')} />
      ))}
      {shapes.estimates.map((line, index) => (
        <path
          key={`estimate${String(index)}`}
          d={banks(line, width, place)}
          fill="none"
          stroke={colourOf(line.isMarked ? 'mark-edge' : 'water-edge')}
          strokeWidth={1.25}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {shapes.before.map((line, index) => (
        <path
          key={`before${String(index)}`}
          d={banks(line, width, place)}
          fill="none"
          stroke={colourOf(line.onWater ? 'bg' : 'before')}
          strokeWidth={2}
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

/** Counts a key may show, and the least width in pixels at which one can be compared by eye. */
const KEYS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000] as const;
const LEAST_KEY = 8;

/** How many pull requests the key of a river shows, and their width in pixels at its scale; null when nothing stands. */
export function riverKey(cells: readonly RiverCell[], width: number): { readonly count: number; readonly size: number } | null {
  const scale = riverScale(cells, width);
  if (scale === 0) return null;
  const count = KEYS.find((candidate) => candidate * scale >= LEAST_KEY) ?? KEYS.at(-1) ?? 1;
  return { count, size: count * scale };
}

type Point = readonly [number, number];
type Place = (point: Point) => Point;

function path(outline: readonly Segment[], place: Place): string {
  return `${outline.map((segment) => `${segment.command}${segment.points.map((point) => pair(place(point))).join(' ')}`).join('')}Z`;
}

function banks(line: BankLine, width: number, place: Place): string {
  const stroke = (across: number): string => `M${pair(place([line.from, across]))}L${pair(place([line.to, across]))}`;
  return stroke(width / 2 - line.reach) + stroke(width / 2 + line.reach);
}

function pair([x, y]: Point): string {
  return `${rounded(x)} ${rounded(y)}`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
