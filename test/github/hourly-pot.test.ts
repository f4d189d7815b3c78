import { describe, expect, test } from '@jest/globals';
import { HourlyPot } from '#src/github/hourly-pot.ts';

const RESET = 3_600_000;
const reading = (remaining: number, resetsAt = RESET) => ({ resource: 'core', limit: 100, remaining, resetsAt });

describe('an hourly pot', () => {
  test('is open while nothing is known of it', () => {
    const pot = new HourlyPot();

    expect([pot.reading(0), pot.readyAt(1, 0)]).toEqual([null, 0]);
  });

  test('counts off what is on its way', () => {
    const pot = new HourlyPot();
    pot.learn(reading(10));
    pot.take(7);

    expect([pot.reading(0)?.remaining, pot.readyAt(3, 0), pot.readyAt(4, 0)]).toEqual([3, 0, RESET + 2_000]);
  });

  test('believes the smallest rest of an hour, in whatever order answers come', () => {
    const pot = new HourlyPot();
    const [first, second] = [pot.take(1), pot.take(1)];

    second(reading(8), 0);
    first(reading(9), 0);

    expect(pot.reading(0)?.remaining).toBe(8);
  });

  test('believes the newer hour', () => {
    const pot = new HourlyPot();
    pot.learn(reading(0));
    pot.learn(reading(99, 2 * RESET));
    pot.learn(reading(0));

    expect(pot.reading(0)).toEqual({ limit: 100, remaining: 99, resetsAt: 2 * RESET });
  });

  test('takes a request without an answer for counted', () => {
    const pot = new HourlyPot();
    pot.learn(reading(10));

    pot.take(4)(null, 0);

    expect(pot.reading(0)?.remaining).toBe(6);
  });

  test('lets a request through that costs more than the whole pot when that is full', () => {
    const pot = new HourlyPot();
    pot.learn(reading(100));

    expect(pot.readyAt(500, 0)).toBe(0);
  });

  test('is full after its reset, and what is on its way still counts', () => {
    const pot = new HourlyPot();
    pot.learn(reading(0));
    pot.take(1);

    expect([pot.reading(RESET + 1_999)?.remaining, pot.reading(RESET + 2_000)?.remaining]).toEqual([0, 99]);
  });
});
