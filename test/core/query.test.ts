import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted, readQuery } from '#src/core/query.ts';

const KNOWN = ['scope', 'weeks', 'to'];

describe('readQuery', () => {
  test('reads what is there, an empty value included', () => {
    expect(readQuery('/reviews?scope=team%3Apayments&weeks=', KNOWN)).toEqual({ scope: 'team:payments', weeks: '' });
  });

  test('reads nothing from an address without a query', () => {
    expect(readQuery('/reviews', KNOWN)).toEqual({});
    expect(readQuery('/reviews?', KNOWN)).toEqual({});
  });

  test('leaves the fragment of an address alone', () => {
    expect(readQuery('/waits?to=2025-11-23#list', KNOWN)).toEqual({ to: '2025-11-23' });
  });

  test.each([
    ['/?weks=4', 'The parameter "weks" is not known. Did you mean "weeks"?'],
    ['/?colour=red', 'The parameter "colour" is not known. There are scope, weeks, to.'],
    ['/?constructor=1', 'The parameter "constructor" is not known. There are scope, weeks, to.'],
    ['/?=1', 'The parameter "" is not known. There are scope, weeks, to.'],
    ['/?to=a&weeks=1&to=a', 'The parameter to is given more than once: give it once.'],
  ])('refuses %s', (address, message) => {
    expect(() => readQuery(address, KNOWN)).toThrow(new NarrowsError('bad-usage', message));
  });

  test('says so where nothing can be asked', () => {
    expect(() => readQuery('/?a=1', [])).toThrow('The parameter "a" is not known. Nothing can be asked here beside the address.');
  });

  test('takes prototype keys for the words they are', () => {
    const query = readQuery('/?__proto__=1', ['__proto__']);

    expect(Object.entries(query)).toEqual([['__proto__', '1']]);
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
  });

  test('gives back whatever was asked, whatever the text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KNOWN), fc.string({ unit: 'grapheme' })), (asked) => {
        expect(readQuery(`/page?${new URLSearchParams(asked).toString()}`, KNOWN)).toEqual({ ...asked });
      }),
    );
  });
});

describe('quoted', () => {
  test('shows controls as what they are and cuts what is long', () => {
    expect(quoted('a"\n\u0000')).toBe('"a\\"\\n\\u0000"');
    expect(quoted('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
    expect(quoted('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
  });
});
