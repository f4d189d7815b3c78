import { TOKENS, type Token } from '#src/charts/tokens.ts';

/** The family of every text: whatever the reader's system has. */
export const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif';

/** What a class colours, and its token. */
const DARK: readonly (readonly [className: string, property: string, token: Token])[] = [
  ['g', 'background-color', 'bg'],
  ['f', 'color', 'fg'],
  ['m', 'color', 'muted'],
  ['k', 'color', 'link'],
  ['x', 'color', 'mark-text'],
  ['l', 'border-color', 'line'],
];

/** The light colour of a token, as it stands in the elements themselves: some programs read no style sheet. */
export function light(token: Token): string {
  return TOKENS[token].light;
}

/**
 * The one style sheet of a mail. Text and ground turn dark together, on the elements that carry the light
 * colours, so that never one turns without the other. On a narrow screen the margins shrink.
 */
export const MAIL_STYLE = [
  `@media (prefers-color-scheme:dark){${DARK.map(([name, property, token]) => `.${name}{${property}:${TOKENS[token].dark}!important}`).join('')}}`,
  '@media (max-width:480px){.p{padding:24px 16px!important}}',
].join('');
