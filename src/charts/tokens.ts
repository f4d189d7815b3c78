/** A colour in its two themes, as `#rrggbb`. */
export interface TokenColour {
  readonly light: string;
  readonly dark: string;
}

/**
 * Every colour of pages and charts, by what it means. Contrast on `bg` and on `bg-soft` is at least
 * 4.5 for text and 3 for graphics; pale areas (`tide`, `mark-tide`, `bg-mark`, `line`) carry no
 * meaning alone. Pages have them as custom properties; pictures get the values written in.
 */
export const TOKENS = {
  bg: { light: '#ffffff', dark: '#0d1117' },
  'bg-soft': { light: '#f6f8fa', dark: '#151b23' },
  'bg-mark': { light: '#fff3ea', dark: '#2a1a11' },
  fg: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#57606b', dark: '#9aa4af' },
  link: { light: '#0a5fc4', dark: '#5aa6ff' },
  line: { light: '#d8dee4', dark: '#2f3742' },
  'line-strong': { light: '#7d8894', dark: '#6e7985' },
  mark: { light: '#d4581a', dark: '#e5752f' },
  'mark-text': { light: '#a63d08', dark: '#ff9d68' },
  'mark-tide': { light: '#f6c9ad', dark: '#5e3115' },
  'mark-edge': { light: '#7d2c05', dark: '#ffd0b3' },
  water: { light: '#7391ae', dark: '#587894' },
  tide: { light: '#c3d3e2', dark: '#2c3f52' },
  'water-edge': { light: '#2f4a63', dark: '#b9d0e6' },
  before: { light: '#6b7580', dark: '#8b96a2' },
  hatch: { light: '#808a95', dark: '#6e7985' },
  'on-reviewer': { light: '#2456b8', dark: '#5b8de6' },
  'on-author': { light: '#a97a1c', dark: '#dcb358' },
  'on-goahead': { light: '#7a2f63', dark: '#c4528c' },
  'on-machine': { light: '#2a9894', dark: '#9fe3de' },
} as const satisfies Record<string, TokenColour>;

/** The name of a colour. */
export type Token = keyof typeof TOKENS;

/** The four colours that answer who moves next. */
export type MoverToken = 'on-reviewer' | 'on-author' | 'on-goahead' | 'on-machine';

/** A token where a colour is asked for, in an SVG attribute or a style sheet: `var(--water)`. */
export function colourOf(token: Token): string {
  return `var(--${token})`;
}

/** A tone for a picture whose ground is unknown: mail is read on white and on `#0d1117`. */
export interface MailTone {
  readonly colour: string;
  /** 1 unless the area is pale. */
  readonly opacity: number;
}

const opaque = (colour: string): MailTone => ({ colour, opacity: 1 });

/** What the tokens become in a mail's transparent pictures: mid-tones that hold 3 on both grounds. */
export const MAIL_TONES: Readonly<Record<Token, MailTone>> = {
  bg: opaque('#ffffff'),
  'bg-soft': { colour: '#7d8894', opacity: 0.12 },
  'bg-mark': { colour: '#cc5f26', opacity: 0.12 },
  fg: opaque('#7d8894'),
  muted: opaque('#7d8894'),
  link: opaque('#3f7fd6'),
  line: { colour: '#7d8894', opacity: 0.35 },
  'line-strong': opaque('#7d8894'),
  mark: opaque('#cc5f26'),
  'mark-text': opaque('#cc5f26'),
  'mark-tide': { colour: '#cc5f26', opacity: 0.5 },
  'mark-edge': opaque('#cc5f26'),
  water: opaque('#6b87a1'),
  tide: { colour: '#6b87a1', opacity: 0.35 },
  'water-edge': opaque('#6b87a1'),
  before: opaque('#7d8894'),
  hatch: opaque('#7d8894'),
  'on-reviewer': opaque('#3f7fd6'),
  'on-author': opaque('#b07d1f'),
  'on-goahead': opaque('#b65a9a'),
  'on-machine': opaque('#2b948b'),
};
