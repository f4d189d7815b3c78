import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '#src/core/json.ts';

describe('parseJson', () => {
  test('keeps integers beyond 2^53 as their digits and leaves smaller ones numbers', () => {
    const value = parseJson('{"a":9007199254740993,"b":-9007199254740993,"c":9007199254740991,"d":12}');

    expect(value).toEqual({ a: '9007199254740993', b: '-9007199254740993', c: 9007199254740991, d: 12 });
  });

  test('does not touch digits inside strings, whatever they are escaped with', () => {
    const text = '{"a":"12345678901234567890","b":"\\"9007199254740993","c":"\\\\","d":9007199254740993}';

    expect(parseJson(text)).toEqual({ a: '12345678901234567890', b: '"9007199254740993', c: '\\', d: '9007199254740993' });
  });

  test('leaves fractions and exponents numbers', () => {
    expect(parseJson('[1234567890123456.5,1234567890123456e3,0.12345678901234567]')).toEqual([1234567890123456.5, 1234567890123456e3, 0.12345678901234567]);
  });

  test('reads a number of a thousand digits as its digits', () => {
    const digits = '7'.repeat(1000);

    expect(parseJson(`{"n":${digits}}`)).toEqual({ n: digits });
  });

  test('reads what is nested a hundred thousand deep', () => {
    const depth = 100_000;

    expect(() => parseJson('['.repeat(depth) + ']'.repeat(depth))).not.toThrow();
  });

  test('makes __proto__ an ordinary key', () => {
    const value = parseJson('{"__proto__":{"polluted":true},"n":9007199254740993}');

    expect(Object.keys(value as object)).toContain('__proto__');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('agrees with JSON.parse on everything without long integers', () => {
    fc.assert(fc.property(fc.json().filter((text) => !/\d{16}/.test(text)), (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
  });

  test('throws SyntaxError on what is not JSON', () => {
    expect(() => parseJson('{"a":1234567890123456789,}')).toThrow(SyntaxError);
  });

  test('refuses at once a string of quotes that never ends, behind a long integer', () => {
    expect(() => parseJson(`[1234567890123456,"${'\\"'.repeat(200_000)}`)).toThrow(SyntaxError);
  });

  test('reads a string of millions of escapes beside a long integer', () => {
    const text = `[9007199254740993,"${'\\"'.repeat(6_000_000)}"]`;

    expect(parseJson(text)).toEqual(['9007199254740993', '"'.repeat(6_000_000)]);
  });
});
