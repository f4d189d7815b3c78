import { describe, expect, test } from '@jest/globals';
import { HeldBytes } from '#webhooks/held-bytes.ts';

describe('held bytes', () => {
  test('are taken up to the limit and not one more', () => {
    const held = new HeldBytes(10);

    expect([held.take(4), held.take(6), held.take(1)]).toEqual([true, true, false]);
  });

  test('that were refused are not held, and those released make room again', () => {
    const held = new HeldBytes(10);

    held.take(8);

    expect(held.take(3)).toBe(false);
    expect(held.take(2)).toBe(true);
    held.release(8);
    expect(held.take(8)).toBe(true);
  });
});
