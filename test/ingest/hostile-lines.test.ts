import { describe, expect, test } from '@jest/globals';
import { lineDelivery, type LineContext } from '#src/ingest/import/line-delivery.ts';

const CONTEXT: LineContext = { repository: 'acme/widgets', takenAt: 1000, receivedAt: 2000 };

describe('a line of an import', () => {
  test('that is a delivery keeps integers beyond 2^53', () => {
    const reading = lineDelivery('{"event":"push","payload":{"id":9007199254740993}}', CONTEXT);

    expect('delivery' in reading && new TextDecoder().decode(reading.delivery.body)).toContain('9007199254740993');
  });

  test('that is nested a hundred thousand deep is refused, with the reason', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

    expect(lineDelivery(`{"event":"push","payload":{"a":${deep}}}`, CONTEXT)).toEqual({ problem: expect.stringContaining('nested') });
  });
});
