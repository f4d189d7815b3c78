import type { Response } from 'express';
import type { ReactElement } from 'react';
import { csvText, type CsvCell } from '#src/core/csv.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted, type Query } from '#src/core/query.ts';
import { renderPage } from '../render-page.ts';

/** The forms a page has: itself, and its table as CSV. */
export type Format = 'html' | 'csv';

/** Reads `format`: `csv`, or nothing for the page itself. */
export function askedFormat(query: Query): Format {
  const format = query['format'] ?? '';
  if (format === '' || format === 'html') return 'html';
  if (format === 'csv') return format;
  throw new NarrowsError('bad-usage', `The parameter format is ${quoted(format)}, which is not csv.`);
}

/** Writes a page. */
export function sendPage(response: Response, page: ReactElement): void {
  response.type('html').send(renderPage(page));
}

/** Writes a table as CSV, to be saved under a name; the name is the program's own. */
export function sendCsv(response: Response, name: string, columns: readonly string[], rows: Iterable<readonly CsvCell[]>): void {
  response.type('text/csv').attachment(`${name}.csv`).send(csvText(columns, rows));
}
