import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonSlice } from '#src/github/json-slice.ts';

describe('a slice of JSON', () => {
  test.each([
    ['{"a":{"b":[1, {"c":"}"}] }}', ['a', 'b'], '[1, {"c":"}"}]'],
    [' { "a" : 1.50 , "b" : 2 } ', ['a'], '1.50'],
    ['{"a\\u0062":null}', ['ab'], 'null'],
    ['{"a":1,"a":2}', ['a'], '2'],
    ['{"x":{"a":1},"a":"\\\\"}', ['a'], '"\\\\"'],
    ['{"a":1}', ['b'], null],
    ['{"a":1}', ['a', 'b'], null],
    ['[1]', ['a'], null],
    ['{}', ['a'], null],
  ])('of %s', (text, path, expected) => {
    expect(jsonSlice(text, path)).toBe(expected);
  });

  test('means what the member means, in any JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), fc.constantFrom(0, 2, '\t'), (object, index, indent) => {
        const names = Object.keys(object);
        const name = names[index % names.length]!;

        const slice = jsonSlice(JSON.stringify({ before: [object], in: object }, null, indent), ['in', name]);

        expect(JSON.parse(slice ?? 'undefined')).toEqual(JSON.parse(JSON.stringify(object[name])));
      }),
    );
  });

  test('reads a long text in a moment', () => {
    const long = JSON.stringify({ request: { payload: { body: '\\"'.repeat(2_000_000) } } });

    expect(jsonSlice(long, ['request', 'payload'])).toHaveLength(long.length - '{"request":{"payload":}}'.length);
  });
});
