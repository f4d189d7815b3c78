/** Python's `round(value, 1)`: the nearest tenth, and of two equally near ones (only at quarters) the even one. */
export function tenth(value: number): number {
  const quarters = value * 4;
  if (!Number.isInteger(quarters) || quarters % 2 === 0) return Number(value.toFixed(1));
  const below = Math.floor(value * 10);
  return (below % 2 === 0 ? below : below + 1) / 10;
}

/** Python's `round(value)`: the nearest integer, and of two equally near ones the even one. */
export function integer(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** numpy's `percentile` as it is by default: linear between the two nearest ranks. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) throw new Error('There is no percentile of nothing.');
  return below + (above - below) * (rank - Math.floor(rank));
}
