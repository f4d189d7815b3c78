/** Rows of numbers as a column holds them: JSON, what is unknown null. */
export type NumberRow = readonly (number | null)[];

/** Reads rows of numbers from a column. Throws for anything else: nobody but the store writes such a column. */
export function readNumberRows(text: string): readonly NumberRow[] {
  const rows: unknown = JSON.parse(text);
  if (Array.isArray(rows) && rows.every(isNumberRow)) return rows;
  throw new Error('a column that should hold rows of numbers holds something else');
}

function isNumberRow(row: unknown): row is NumberRow {
  return Array.isArray(row) && row.every((value) => value === null || typeof value === 'number');
}

/** A number of a row that is always there. */
export function numberAt(row: NumberRow, place: number): number {
  const value = row[place];
  if (value === null || value === undefined) throw new Error(`a row of numbers lacks its number at place ${String(place)}`);
  return value;
}
