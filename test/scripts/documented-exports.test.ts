import { describe, expect, test } from '@jest/globals';
import { Linter, type ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { z } from 'zod';

const loaded: unknown = await import(new URL('../../scripts/lint/documented-exports.js', import.meta.url).href);
const { documentedExports } = z.object({ documentedExports: z.custom<NonNullable<ESLint.Plugin['rules']>[string]>((rule) => typeof rule === 'object') }).parse(loaded);

function complaints(code: string): number[] {
  const messages = new Linter().verify(
    code,
    [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { narrows: { rules: { 'documented-exports': documentedExports } } }, rules: { 'narrows/documented-exports': 'error' } }],
    'a.ts',
  );
  return messages.map(({ line, ruleId }) => (ruleId === null ? -1 : line));
}

describe('the lint rule for documented exports', () => {
  test.each([
    ['a function', 'export function f() {}'],
    ['a constant', 'export const a = 1;'],
    ['an interface', 'export interface I { a: 1 }'],
    ['a type', 'export type T = { a: 1 };'],
    ['a class', 'export class C {}'],
    ['the default export', 'export default {};'],
    ['the default export of something', 'const a = {};\nexport default a;'],
    ['the default export of something imported', "import a from './a.ts';\nexport default a;"],
    ['one with a line comment only', '// a\nexport const a = 1;'],
    ['one with a plain block comment only', '/* a */\nexport const a = 1;'],
    ['one whose comment belongs to the statement before', '/** b */ const b = 1;\nexport const a = b;'],
  ])('complains of %s without a doc comment', (_name, code) => {
    expect(complaints(code)).toEqual([code.split('\n').length]);
  });

  test.each([
    ['a function with one', '/** Does. */\nexport function f() {}'],
    ['a default export with one', '/** Is. */\nexport default {};'],
    ['a type that a documented list gives', "/** All. */\nexport const A = ['a'] as const;\nexport type T = (typeof A)[number];\nexport type K = keyof typeof A;"],
    ['a default export of what has one', '/** Is. */\nconst entry = {};\nexport default entry;'],
    ['a default export of a function that has one', '/** Does. */\nfunction entry() {}\nexport default entry;'],
    ['what is not exported', 'const a = 1; function f() {}'],
    ['what is passed on', "export { a } from './b.ts';"],
  ])('is content with %s', (_name, code) => {
    expect(complaints(code)).toEqual([]);
  });
});
