import { appendFileSync } from 'node:fs';

/** Whether suites run at the sizes that the issues name (`npm run verify`) instead of their small ones. */
export const isVerifying: boolean = process.env['NARROWS_VERIFY'] === '1';

/** A size that depends on it: the small one in `npm test`, the full one in `npm run verify`. */
export function size(small: number, full: number): number {
  return isVerifying ? full : small;
}

/**
 * Records a figure that a suite has measured, for `docs/conformance.md`: `npm run verify` names the file
 * in NARROWS_FIGURES, `npm test` does not and then nothing is written. The expectation says in words
 * what the suite has held the value to: `all 519`, `0 of 1,000`. A name stands once in its section.
 */
export function recordFigure(section: string, name: string, value: number | string, expectation: string): void {
  const file = process.env['NARROWS_FIGURES'];
  if (file === undefined || file === '') return;
  appendFileSync(file, `${JSON.stringify({ section, name, value, expectation })}\n`);
}
