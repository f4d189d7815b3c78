import { csvLine } from '#src/core/csv.ts';
import type { Dataset, Row } from './dataset.ts';

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

function jsonLine(columns: readonly string[], row: Row): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))}\n`;
}
