/** One phase of the river, in pull requests. */
export interface RiverCell {
  readonly value: number;
  /** The interval's ends; null where none is known, and then the estimate is drawn alone. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** The stock of the comparison window; null unless the difference is beyond noise. */
  readonly before: number | null;
  readonly isBottleneck: boolean;
}

/** A straight line along the flat part of a cell, on both banks. */
export interface BankLine {
  readonly isMarked: boolean;
  readonly from: number;
  readonly to: number;
  /** Distance from the middle of the river. */
  readonly reach: number;
}

/** A stretch of water of one colour, as the outline of a mirrored shape. */
export interface Water {
  readonly isMarked: boolean;
  readonly outline: readonly Segment[];
}

/** A move, a straight line or a cubic curve, as pairs (along, across). */
export interface Segment {
  readonly command: 'M' | 'L' | 'C';
  readonly points: readonly (readonly [along: number, across: number])[];
}

/** The shapes of a river, (along, across) in its own units. */
export interface RiverShapes {
  readonly tide: readonly Water[];
  readonly water: readonly Water[];
  readonly estimates: readonly BankLine[];
  /** `onWater` where the line runs over dark water. */
  readonly before: readonly (BankLine & { readonly onWater: boolean })[];
}

/** Part of a cell at each end that belongs to the passage and carries no data. */
export const PASSAGE = 0.1;

/** What is too small to see is drawn this wide. */
export const HAIR = 1.6;

/** Water narrower than this on each side of the middle has no room for the lines of its estimate. */
const LEAST_REACH = 4;

/** Less than this stands for nothing: a scale made of it would leave the range of numbers. */
const NOTHING = 1e-9;

/** Units of width per pull request, so that the widest end fills `width`; 0 when nothing stands. */
export function riverScale(cells: readonly RiverCell[], width: number): number {
  let widest = 0;
  for (const cell of cells) widest = Math.max(widest, cell.upper ?? cell.value, cell.value, cell.before ?? 0);
  return widest < NOTHING ? 0 : width / widest;
}

/** Lays the river out over `length` by `width`, mirrored about `width / 2`, one linear scale from 0 for all cells. */
export function riverShapes(cells: readonly RiverCell[], length: number, width: number): RiverShapes {
  const scale = riverScale(cells, width);
  const cellLength = cells.length === 0 ? 0 : length / cells.length;
  const layout = { cellLength, middle: width / 2, marks: cells.map((cell) => cell.isBottleneck) };
  const reach = (value: number): number => Math.max(HAIR / 2, (value * scale) / 2);
  const flat = (index: number): { from: number; to: number } => ({
    from: (index + (index === 0 ? 0 : PASSAGE)) * cellLength,
    to: (index + (index === cells.length - 1 ? 1 : 1 - PASSAGE)) * cellLength,
  });
  const withInterval = cells.some((cell) => cell.upper !== null);
  return {
    tide: withInterval ? waters(cells.map((cell) => reach(cell.upper ?? cell.value)), layout) : [],
    water: waters(cells.map((cell) => reach(cell.lower ?? cell.value)), layout),
    estimates: cells.flatMap((cell, index) =>
      cell.upper === null || reach(cell.upper) < LEAST_REACH ? [] : [{ isMarked: cell.isBottleneck, reach: reach(cell.value), ...flat(index) }],
    ),
    before: cells.flatMap((cell, index) =>
      cell.before === null
        ? []
        : [{ isMarked: cell.isBottleneck, reach: reach(cell.before), onWater: cell.before < (cell.lower ?? cell.value), ...flat(index) }],
    ),
  };
}

interface Layout {
  readonly cellLength: number;
  readonly middle: number;
  readonly marks: readonly boolean[];
}

/** Neighbours of one colour are one shape, so that no seam shows between them. */
function waters(reaches: readonly number[], layout: Layout): readonly Water[] {
  const shapes: Water[] = [];
  let start = 0;
  for (let index = 1; index <= reaches.length; index += 1) {
    const isMarked = layout.marks[start] ?? false;
    if (index < reaches.length && (layout.marks[index] ?? false) === isMarked) continue;
    shapes.push({ isMarked, outline: outlineOf(reaches, start, index, layout) });
    start = index;
  }
  return shapes;
}

function outlineOf(reaches: readonly number[], start: number, end: number, layout: Layout): readonly Segment[] {
  const upper = bank(reaches, start, end, layout);
  const first = upper[0];
  if (first === undefined) return [];
  const mirrored = reversed(upper).map((segment) => ({
    ...segment,
    points: segment.points.map(([along, across]) => [along, 2 * layout.middle - across] as const),
  }));
  return [...upper, ...mirrored];
}

/** One bank from the middle of the passage before `start` to the middle of the passage after `end - 1`. */
function bank(reaches: readonly number[], start: number, end: number, { cellLength, middle }: Layout): readonly Segment[] {
  const at = (index: number): number => middle - (reaches[index] ?? 0);
  const step = PASSAGE * cellLength;
  const segments: Segment[] = [];
  for (let index = start; index < end; index += 1) {
    const left = index * cellLength;
    const right = left + cellLength;
    const here = at(index);
    if (index === 0) {
      segments.push({ command: 'M', points: [[left, here]] });
    } else {
      const before = at(index - 1);
      if (index === start) segments.push({ command: 'M', points: [[left, (before + here) / 2]] });
      segments.push({
        command: 'C',
        points: [
          [left + step / 4, (before + 3 * here) / 4],
          [left + step / 2, here],
          [left + step, here],
        ],
      });
    }
    if (index === reaches.length - 1) {
      segments.push({ command: 'L', points: [[right, here]] });
      continue;
    }
    const after = at(index + 1);
    segments.push({ command: 'L', points: [[right - step, here]] });
    segments.push({
      command: 'C',
      points: [
        [right - step / 2, here],
        [right - step / 4, (3 * here + after) / 4],
        [right, (here + after) / 2],
      ],
    });
  }
  return segments;
}

/** The same line walked backwards, beginning with a straight line to its end. */
function reversed(segments: readonly Segment[]): readonly Segment[] {
  const back: Segment[] = [];
  const last = segments.at(-1)?.points.at(-1);
  if (last !== undefined) back.push({ command: 'L', points: [last] });
  for (let index = segments.length - 1; index > 0; index -= 1) {
    const segment = segments[index];
    const target = segments[index - 1]?.points.at(-1);
    if (segment === undefined || target === undefined) continue;
    back.push({ command: segment.command, points: [...segment.points.slice(0, -1).toReversed(), target] });
  }
  return back;
}
