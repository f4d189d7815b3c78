/** A value of a CSV field; null is an empty field, an object is its JSON. */
export type CsvCell = string | number | boolean | null | Readonly<Record<string, unknown>>;

/** A header line and records as RFC 4180 has them: every line ends in CR LF. */
export function csvText(columns: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  let text = csvLine(columns);
  for (const row of rows) text += csvLine(row);
  return text;
}

/** One record of RFC 4180: a field with a quote, a comma or a line break is quoted. */
export function csvLine(row: readonly CsvCell[]): string {
  return `${row.map(field).join(',')}\r\n`;
}

function field(cell: CsvCell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
