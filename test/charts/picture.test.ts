import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from '@jest/globals';
import { createElement } from 'react';

import { mailPicture } from '#src/charts/picture.ts';
import { River } from '#src/charts/river.tsx';
import { WeekDots } from '#src/charts/week-dots.tsx';

const cells = [
  { value: 17, lower: 14, upper: 20, before: null, isBottleneck: true },
  { value: 8, lower: 6, upper: 10, before: null, isBottleneck: false },
];

/** Red, green, blue and alpha (0 to 255) of one pixel of the drawn picture. */
function pixelOf(svg: string, x: number, y: number): readonly number[] {
  const image = new Resvg(svg).render();
  const start = (y * image.width + x) * 4;
  return [...image.pixels.subarray(start, start + 4)];
}

describe('a picture for mail', () => {
  const river = mailPicture(createElement(River, { cells, form: 'lying', label: null, width: 84 }), { width: 552, height: 84 });

  test('names colours, not tokens, and holds neither text nor style', () => {
    expect(river).not.toMatch(/var\(|<text|style/);
    expect(river).toContain('#cc5f26');
  });

  test('draws the river at its size: dark water in the middle, pale beside it, nothing outside', () => {
    const image = new Resvg(river).render();

    expect([image.width, image.height]).toEqual([552, 84]);
    expect(pixelOf(river, 100, 42)).toEqual([0xcc, 0x5f, 0x26, 255]);
    expect(pixelOf(river, 450, 42)).toEqual([0x6b, 0x87, 0xa1, 255]);
    expect(pixelOf(river, 450, 2)).toEqual([0, 0, 0, 0]);
    expect(pixelOf(river, 450, 22)[3]).toBe(Math.round(0.35 * 255));
  });

  test('draws week dots that are laid out in per cent', () => {
    const dots = mailPicture(createElement(WeekDots, { weeks: [{ value: 0.5, low: null, high: null, isOver: true }], largest: 1, before: null, gaps: [], colour: 'on-machine', label: 'weeks', height: 52 }), { width: 258, height: 52 });

    expect(pixelOf(dots, 129, 28)).toEqual([0x2b, 0x94, 0x8b, 255]);
  });

  test('refuses a colour that is no token', () => {
    expect(() => mailPicture(createElement('rect', { fill: 'var(--purple)' }), { width: 1, height: 1 })).toThrow('purple');
  });
});
