import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, csvText } from '#src/core/csv.ts';

describe('csvLine', () => {
  test('quotes what would be read otherwise, and leaves a missing value empty', () => {
    expect(csvLine(['plain', 'a,b', 'say "no"', 'two\nlines', null, 0, false, ''])).toBe('plain,"a,b","say ""no""","two\nlines",,0,false,\r\n');
  });
});

describe('csvText', () => {
  test('is read back by any reader of RFC 4180 as it was written', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(',', '"', '\r\n', '""', ' '));

    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), (rows) => {
        const text = csvText(['a', 'b', 'c'], rows);

        expect(parse(text, { record_delimiter: '\r\n', relax_column_count: false })).toEqual([['a', 'b', 'c'], ...rows]);
      }),
    );
  });
});
