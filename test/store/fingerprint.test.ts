import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fingerprint } from '#src/store/fingerprint.ts';

type Value = string | number | null;

/** Texts that look alike when written one after the other, and numbers. */
const text = fc.oneof(fc.constantFrom(null, '', 'a', 'aa', '1', 'é', '😀'), fc.string({ unit: 'grapheme' }));
const number = fc.oneof(fc.constantFrom(null, 0, 1, 2, 1_700_000_000_123, 0.5), fc.maxSafeInteger());

/** Two values of one kind, as they stand at one place of two sequences. */
const place: fc.Arbitrary<readonly [Value, Value]> = fc.oneof(fc.tuple(text, text), fc.tuple(number, number));

function digestOf(values: readonly Value[], fingerprint = new Fingerprint()): string {
  for (const one of values) {
    if (typeof one === 'string') fingerprint.text(one);
    else fingerprint.number(one);
  }
  return fingerprint.take();
}

describe('a fingerprint', () => {
  test('is the same for the same sequence, and another for every other one', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 4 }), (places) => {
        const [some, others] = [places.map(([one]) => one), places.map(([, other]) => other)];

        expect(digestOf(some) === digestOf(others)).toBe(JSON.stringify(some) === JSON.stringify(others));
      }),
      { numRuns: 2_000, examples: [[[['a', 'ab'], ['bc', 'c']]], [[['', null]]], [[[1, 12], [12, 1]]]] },
    );
  });

  test('begins anew after each digest, however long the last sequence was', () => {
    const used = new Fingerprint();
    const long = Array.from({ length: 5_000 }, (_, index) => (index % 3 === 0 ? '€'.repeat(index % 50) : index));

    const first = digestOf(long, used);
    const second = digestOf(['a', 1, null], used);

    expect(first).toBe(digestOf(long));
    expect(first).not.toBe(digestOf([...long.slice(0, -1), 0]));
    expect(second).toBe(digestOf(['a', 1, null]));
  });
});
