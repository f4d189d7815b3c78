import { describe, expect, test } from '@jest/globals';

import { colourOf, MAIL_TONES, TOKENS, type Token } from '#src/charts/tokens.ts';

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2 contrast of two colours. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

type Row = readonly [token: Token, light: string, dark: string];

/** Contrast on `bg` and on `bg-soft` as the design states it. */
const STATED: readonly Row[] = [
  ['fg', '15.8 / 14.8', '16.0 / 14.7'],
  ['muted', '6.4 / 6.0', '7.5 / 6.8'],
  ['link', '6.1 / 5.7', '7.5 / 6.9'],
  ['line', '1.4 / 1.3', '1.6 / 1.4'],
  ['line-strong', '3.6 / 3.4', '4.3 / 3.9'],
  ['mark', '4.0 / 3.8', '6.2 / 5.7'],
  ['mark-text', '6.4 / 6.0', '9.3 / 8.5'],
  ['water', '3.3 / 3.1', '4.1 / 3.7'],
  ['before', '4.7 / 4.4', '6.3 / 5.8'],
  ['hatch', '3.5 / 3.3', '4.3 / 3.9'],
  ['on-reviewer', '6.8 / 6.4', '5.8 / 5.3'],
  ['on-author', '3.8 / 3.6', '9.6 / 8.8'],
  ['on-goahead', '8.7 / 8.2', '4.4 / 4.1'],
  ['on-machine', '3.5 / 3.3', '13.1 / 12.0'],
];

const ON_BG_ALONE: readonly Row[] = [
  ['mark-tide', '1.5', '1.7'],
  ['mark-edge', '9.4', '13.5'],
  ['tide', '1.5', '1.7'],
  ['water-edge', '9.2', '11.9'],
];

describe('the colour tokens', () => {
  test.each(STATED)('%s has the contrast the design states', (token, light, dark) => {
    const computed = (theme: 'light' | 'dark'): string => `${contrast(TOKENS[token][theme], TOKENS.bg[theme]).toFixed(1)} / ${contrast(TOKENS[token][theme], TOKENS['bg-soft'][theme]).toFixed(1)}`;

    expect([computed('light'), computed('dark')]).toEqual([light, dark]);
  });

  test.each(ON_BG_ALONE)('%s has the contrast on bg that the design states', (token, light, dark) => {
    expect([contrast(TOKENS[token].light, TOKENS.bg.light).toFixed(1), contrast(TOKENS[token].dark, TOKENS.bg.dark).toFixed(1)]).toEqual([light, dark]);
  });

  test.each(['fg', 'muted', 'link', 'mark-text'] as const)('%s is readable text on every ground it stands on', (token) => {
    const least = (['light', 'dark'] as const).flatMap((theme) => (['bg', 'bg-soft'] as const).map((ground) => contrast(TOKENS[token][theme], TOKENS[ground][theme])));

    expect(Math.min(...least)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['water', 'mark', 'before', 'hatch', 'on-reviewer', 'on-author', 'on-goahead', 'on-machine', 'line-strong'] as const)('%s is seen as a graphic on every ground, in mail on both', (token) => {
    const page = (['light', 'dark'] as const).flatMap((theme) => (['bg', 'bg-soft'] as const).map((ground) => contrast(TOKENS[token][theme], TOKENS[ground][theme])));
    const mail = ['#ffffff', '#0d1117'].map((ground) => contrast(MAIL_TONES[token].colour, ground));

    expect(Math.min(...page, ...mail)).toBeGreaterThanOrEqual(3);
    expect(MAIL_TONES[token].opacity).toBe(1);
  });

  test('mail’s mid-tones are those of the design', () => {
    const tones = (['water', 'mark', 'on-reviewer', 'on-author', 'on-goahead', 'on-machine', 'hatch'] as const).map((token) => {
      const { colour } = MAIL_TONES[token];
      return `${token} ${colour} ${contrast(colour, '#ffffff').toFixed(1)} ${contrast(colour, '#0d1117').toFixed(1)}`;
    });

    expect(tones).toEqual([
      'water #6b87a1 3.7 5.1',
      'mark #cc5f26 4.0 4.7',
      'on-reviewer #3f7fd6 4.0 4.7',
      'on-author #b07d1f 3.6 5.2',
      'on-goahead #b65a9a 4.3 4.4',
      'on-machine #2b948b 3.7 5.1',
      'hatch #7d8894 3.6 5.2',
    ]);
  });

  test('are named in charts, not written in', () => {
    expect(colourOf('on-reviewer')).toBe('var(--on-reviewer)');
  });
});
