import { Fragment, type ReactElement, type ReactNode } from 'react';

import { momentText } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { Sentence } from '#src/wording/sentence.ts';

import { safeHref } from './links.ts';

/** A sentence with its marked words in the accent. */
export function Words({ sentence }: { readonly sentence: Sentence }): ReactElement {
  return (
    <>
      {sentence.map((phrase, index) => (
        <Fragment key={index}>{phrase.isMarked ? <span className="mark-text">{phrase.text}</span> : phrase.text}</Fragment>
      ))}
    </>
  );
}

/** A text from outside: one line, set apart so that its direction changes nothing around it. */
export function Foreign({ text, instead }: { readonly text: string; readonly instead?: string }): ReactElement {
  return <bdi>{plainText(text, instead)}</bdi>;
}

/** A link, or its text alone where the address is missing or not one to follow. */
export function Link({ href, className, children }: { readonly href: string | null; readonly className?: string; readonly children: ReactNode }): ReactElement {
  const safe = href === null ? null : safeHref(href);
  if (safe === null) return <span {...(className === undefined ? {} : { className })}>{children}</span>;
  const away = /^https?:/i.test(safe) ? { rel: 'noreferrer' } : {};
  return (
    <a href={safe} {...away} {...(className === undefined ? {} : { className })}>
      {children}
    </a>
  );
}

/** A figure: plain to look at, a link to its explanation where there is one. */
export function Figure({ href, children }: { readonly href: string | null; readonly children: ReactNode }): ReactElement {
  return (
    <Link href={href} className="figure">
      {children}
    </Link>
  );
}

/** An instant in the words of the page, with UTC for machines and on hover. */
export function Time({ at, children }: { readonly at: number; readonly children: ReactNode }): ReactElement {
  return (
    <time dateTime={new Date(at).toISOString()} title={`${momentText(at, 'UTC')} UTC`}>
      {children}
    </time>
  );
}
