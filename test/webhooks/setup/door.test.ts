import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { isSameText, meantCode, oneTimeCode } from '#webhooks/setup/code.ts';
import { Door } from '#webhooks/setup/door.ts';
import { WrongTries } from '#webhooks/setup/wrong-tries.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE_MS = 60_000;

describe('a code', () => {
  test('has 130 bits in letters that are not mistaken for others, and is another one each time', () => {
    const codes = Array.from({ length: 200 }, () => oneTimeCode(randomBytes));

    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}$/);
    expect(new Set(codes).size).toBe(200);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });

  test('is meant however it is typed', () => {
    expect(meantCode(' 7k2m-oOiL 0101')).toBe('7K2M00110101');
    expect(isSameText(meantCode('7K2M'), meantCode('7k 2m'))).toBe(true);
    expect(isSameText('7K2M', '7K2N')).toBe(false);
    expect(isSameText('', '7')).toBe(false);
  });
});

describe('a session', () => {
  const opened = (): { door: Door; clock: ReturnType<typeof standingClock>; id: string } => {
    const clock = standingClock(NOON);
    const door = new Door({ clock, random: randomBytes });
    const opening = door.open(door.code, '127.0.0.1');
    if (opening.outcome !== 'opened') throw new Error(opening.outcome);
    return { door, clock, id: opening.session.id };
  };

  test('is its cookie’s alone', () => {
    const { door, id } = opened();

    expect(door.session(id)?.id).toBe(id);
    expect(door.session(null)).toBeNull();
    expect(door.session(`${id.slice(0, -1)}!`)).toBeNull();
  });

  test('ends half an hour after its last request, and four hours after it began', () => {
    const { door, clock, id } = opened();

    for (let minutes = 0; minutes < 239; minutes += 29) {
      expect(door.session(id)).not.toBeNull();
      clock.set(clock.now() + 29 * MINUTE_MS);
    }
    expect(door.session(id)).toBeNull();

    const other = opened();
    other.clock.set(NOON + 30 * MINUTE_MS);
    expect(other.door.session(other.id)).toBeNull();
    expect(other.door.open(other.door.code, '127.0.0.1').outcome).toBe('used');
  });

  test('closed is closed, and the code with it', () => {
    const { door, id } = opened();

    door.close();

    expect(door.session(id)).toBeNull();
    expect(door.open(door.code, '127.0.0.1').outcome).toBe('used');
  });
});

describe('wrong codes', () => {
  test('are heard five times a minute from one address, and do not keep another waiting', () => {
    const tries = new WrongTries();
    for (let count = 0; count < 5; count += 1) tries.note('192.0.2.1', NOON + count * 1_000);

    expect(tries.waitMs('192.0.2.1', NOON + 10_000)).toBe(50_000);
    expect(tries.waitMs('192.0.2.2', NOON + 10_000)).toBe(0);
    expect(tries.waitMs('192.0.2.1', NOON + MINUTE_MS)).toBe(0);
  });

  test('of a thousand addresses are remembered and no more', () => {
    const tries = new WrongTries();
    for (let count = 0; count < 5; count += 1) tries.note('192.0.2.1', NOON);
    for (let address = 0; address < 1_000; address += 1) tries.note(`10.0.${String(address >> 8)}.${String(address & 255)}`, NOON);

    expect(tries.waitMs('192.0.2.1', NOON)).toBe(0);
  });
});
