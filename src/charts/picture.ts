import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { MAIL_TONES, type Token } from './tokens.ts';

/** The size of a picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A chart as an SVG document of a fixed size that needs no style sheet and no font: the tokens are
 * replaced by the mid-tones that hold on a light and on a dark ground, the ground itself stays
 * transparent. For mail, where it is turned into a PNG.
 */
export function mailPicture(chart: ReactElement, { width, height }: PictureSize): string {
  const drawing = createElement('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${String(width)} ${String(height)}` }, chart);
  return renderToStaticMarkup(drawing).replace(/var\(--([a-z-]+)\)/g, (_, name: string) => toneOf(name));
}

function toneOf(name: string): string {
  if (!isToken(name)) throw new Error(`The chart names the colour ${name}, which is no token.`);
  const { colour, opacity } = MAIL_TONES[name];
  if (opacity === 1) return colour;
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `rgba(${String(red)},${String(green)},${String(blue)},${String(opacity)})`;
}

function isToken(name: string): name is Token {
  return Object.hasOwn(MAIL_TONES, name);
}
