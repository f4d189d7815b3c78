import { Heading, Link, Text } from '@react-email/components';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import type { Sentence } from '#src/wording/sentence.ts';
import { light } from './mail-style.ts';

/** The tone of a text: its class turns it in the dark, its colour stands in the element. */
const TONES = {
  plain: { className: 'f', color: light('fg') },
  muted: { className: 'm', color: light('muted') },
  marked: { className: 'x', color: light('mark-text') },
} as const;

/** How a paragraph is set. */
interface ParagraphProps {
  readonly children: ReactNode;
  readonly tone?: keyof typeof TONES;
  readonly size?: 'body' | 'small' | 'figure';
  readonly style?: CSSProperties;
}

const SIZES = { body: ['14px', '20px'], small: ['12px', '16px'], figure: ['20px', '28px'] } as const;

/** A paragraph. */
export function Paragraph({ children, tone = 'plain', size = 'body', style }: ParagraphProps): ReactElement {
  const [fontSize, lineHeight] = SIZES[size];
  const { className, color } = TONES[tone];
  return (
    <Text className={className} style={{ color, fontSize, lineHeight, margin: 0, ...style }}>
      {children}
    </Text>
  );
}

/** A stretch of a text in a tone of its own. */
export function Tone({ children, tone, style }: { readonly children: ReactNode; readonly tone: keyof typeof TONES; readonly style?: CSSProperties }): ReactElement {
  const { className, color } = TONES[tone];
  return (
    <span className={className} style={{ color, ...style }}>
      {children}
    </span>
  );
}

/** The title of a section, with what it says of itself beside it. */
export function Title({ children, note }: { readonly children: ReactNode; readonly note?: string }): ReactElement {
  return (
    <Heading as="h2" className="f" style={{ color: light('fg'), fontSize: '16px', lineHeight: '24px', fontWeight: 600, margin: '0 0 8px' }}>
      {children}
      {note !== undefined && (
        <Tone tone="muted" style={{ fontSize: '14px', fontWeight: 400 }}>
          {' '}
          {note}
        </Tone>
      )}
    </Heading>
  );
}

/** A link; those inside sentences, and those that stand alone, are underlined. */
export function MailLink({ href, children, isBare = false }: { readonly href: string; readonly children: ReactNode; readonly isBare?: boolean }): ReactElement {
  return (
    <Link href={href} className="k" target="_self" style={{ color: light('link'), textDecorationLine: isBare ? 'none' : 'underline' }}>
      {children}
    </Link>
  );
}

/** A sentence with its marked words in the accent. */
export function Phrases({ sentence }: { readonly sentence: Sentence }): ReactElement {
  return <>{sentence.map(({ text, isMarked }, index) => (isMarked ? <Tone key={index} tone="marked">{text}</Tone> : text))}</>;
}
