import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { TOKENS, type Token, type TokenColour } from '#src/charts/tokens.ts';

/** The style sheet of all pages: its path holds a digest of its text, so it may be cached for ever. */
export interface Stylesheet {
  /** `/assets/narrows-0123456789ab.css` */
  readonly path: string;
  readonly text: string;
}

/** In the order of the cascade. */
const PARTS = ['base', 'frame', 'river', 'figures', 'tables', 'subject', 'explanation', 'settings', 'print'];

/** Reads the style sheet's parts and puts the tokens before them. Once, at start. */
export function readStylesheet(): Stylesheet {
  const parts = PARTS.map((part) => readFileSync(new URL(`./style/${part}.css`, import.meta.url), 'utf8'));
  const text = [tokenRules(), ...parts].join('\n');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `/assets/narrows-${digest}.css`, text };
}

/** The tokens as custom properties: light, and dark on a screen that asks for it; paper is always light. */
export function tokenRules(): string {
  const light = `:root{color-scheme:light;${properties('light')}}`;
  const dark = `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${properties('dark')}}}`;
  return `${light}\n${dark}\n`;
}

function properties(theme: keyof TokenColour): string {
  return Object.keys(TOKENS)
    .filter((name): name is Token => Object.hasOwn(TOKENS, name))
    .map((name) => `--${name}:${TOKENS[name][theme]};`)
    .join('');
}
