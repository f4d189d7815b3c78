import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { parsePolicy } from '#src/config/policy.ts';

/** One file a mistake; its leading comment is the exact message. */
const FOLDER = new URL('policy-mistakes/', import.meta.url);

const SECTIONS = ['review', 'access', 'waiting'];

function expectedMessage(text: string): string {
  const lines = text.split('\n');
  return lines.slice(0, lines.findIndex((line) => !line.startsWith('# policy.yaml:'))).map((line) => line.slice(2)).join('\n');
}

function messageOf(text: string): string {
  try {
    parsePolicy(text, 'policy.yaml', { sections: SECTIONS });
  } catch (error) {
    if (error instanceof NarrowsError && error.code === 'bad-policy') return error.message;
    throw error;
  }
  return 'no mistake was found';
}

describe('a mistake in the policy file is named exactly', () => {
  const files = readdirSync(FOLDER);

  test('for dozens of mistakes', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  test.each(files)('%s', (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');

    expect(expectedMessage(text)).not.toBe('');
    expect(messageOf(text)).toBe(expectedMessage(text));
  });
});
