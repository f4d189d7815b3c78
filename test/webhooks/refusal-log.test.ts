import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { refusalLog } from '#webhooks/refusal-log.ts';

function aLog() {
  const lines: { level: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const clock = standingClock(1_000_000);
  let references = 0;
  const write = refusalLog(
    { warn: (fields) => void lines.push({ level: 'warn', fields }), error: (fields) => void lines.push({ level: 'error', fields }) },
    clock,
    () => `reference-${++references}`,
  );
  return { lines, clock, write };
}

const wrong = new NarrowsError('signature-wrong', 'wrong');

describe('the log of refusals', () => {
  test('holds the first of a kind and leaves out the next ten seconds of it', () => {
    const { lines, clock, write } = aLog();

    write(wrong);
    clock.set(1_009_999);
    write(wrong);
    write(wrong);
    clock.set(1_010_000);
    write(wrong);

    expect(lines.map(({ fields }) => fields['suppressed'])).toEqual([0, 2]);
  });

  test('gives what is left out the reference of the line that stands for it', () => {
    const { lines, write } = aLog();

    const references = [write(wrong), write(wrong)];

    expect(references).toEqual(['reference-1', 'reference-1']);
    expect(lines.map(({ fields }) => fields['reference'])).toEqual(['reference-1']);
  });

  test('keeps every kind apart: many wrong signatures do not hide a full disk', () => {
    const { lines, write } = aLog();

    write(wrong);
    write(new NarrowsError('storage-full', 'full'));

    expect(lines.map(({ level, fields }) => [level, fields['code']])).toEqual([
      ['warn', 'signature-wrong'],
      ['error', 'storage-full'],
    ]);
  });

  test('holds an error that is none of ours as internal, with its cause', () => {
    const { lines, write } = aLog();
    const cause = new TypeError('x is not a function');

    write(cause);

    expect(lines).toMatchObject([{ level: 'error', fields: { code: 'internal', err: cause } }]);
  });

  test('goes on when the clock is set back', () => {
    const { lines, clock, write } = aLog();

    write(wrong);
    clock.set(5_000);
    write(wrong);

    expect(lines).toHaveLength(2);
  });
});
