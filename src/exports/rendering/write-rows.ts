import type { Cell, Dataset, Row } from './dataset.ts';

/** How an export is written. */
export type ExportFormat = 'csv' | 'ndjson';

/** Rows are handed on in pieces of about this many characters. */
const PIECE = 1 << 16;

/** The text of an export in pieces: CSV (RFC 4180, with a header line) or one JSON object a line. */
export async function* exportText(dataset: Pick<Dataset, 'columns'>, rows: AsyncIterable<Row>, format: ExportFormat): AsyncGenerator<string> {
  let piece = format === 'csv' ? csvLine(dataset.columns) : '';
  for await (const row of rows) {
    piece += format === 'csv' ? csvLine(row) : jsonLine(dataset.columns, row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** One record of RFC 4180: fields with a quote, a comma or a line break are quoted; the line ends in CR LF. */
export function csvLine(row: Row): string {
  return `${row.map(csvField).join(',')}\r\n`;
}

function csvField(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonLine(columns: readonly string[], row: Row): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))}\n`;
}
