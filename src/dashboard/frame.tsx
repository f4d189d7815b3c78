import type { ReactElement, ReactNode } from 'react';

import { momentText } from '#src/wording/date-text.ts';
import { countText } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

import { Bar } from './bar.tsx';
import type { FrameView } from './frame-view.ts';
import { Logo } from './logo.tsx';
import { NAVIGATION } from './navigation.ts';
import { Notices } from './notices.tsx';
import { Foreign, Time } from './text.tsx';

/** What every page has around its content: head, header, bar, notices, footer. */
export function Frame({ view, title, children }: { readonly view: FrameView; readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${plainText(title)} · Narrows`}</title>
        <link rel="stylesheet" href={view.stylesheetHref} />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <Header view={view} />
        {view.bar !== null && <Bar bar={view.bar} zone={view.zone} />}
        <main id="content" className="page">
          <Notices view={view} />
          {children}
        </main>
        <Footer view={view} />
      </body>
    </html>
  );
}

function Header({ view }: { readonly view: FrameView }): ReactElement {
  const current = NAVIGATION.find((entry) => entry.id === view.current);
  return (
    <header className="header">
      <a className="brand" href={`/${view.query}`}>
        <Logo />
        <strong>Narrows</strong>
        {view.organization !== null && (
          <span className="organization">
            <Foreign text={view.organization} instead="organisation" />
          </span>
        )}
      </a>
      <nav className="nav-wide" aria-label="Pages">
        <Pages view={view} />
      </nav>
      <details className="nav-narrow">
        <summary>
          {current?.name ?? 'Pages'}
          <span aria-hidden> ▾</span>
        </summary>
        <nav aria-label="Pages menu">
          <Pages view={view} />
        </nav>
      </details>
    </header>
  );
}

function Pages({ view }: { readonly view: FrameView }): ReactElement {
  return (
    <ul>
      {NAVIGATION.filter(({ id }) => view.without?.includes(id) !== true).map((entry) => (
        <li key={entry.id}>
          <a href={`${entry.path}${view.query}`} {...(entry.id === view.current ? { 'aria-current': 'page' as const } : {})}>
            {entry.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Footer({ view }: { readonly view: FrameView }): ReactElement {
  const facts = view.facts === null ? '' : ` from ${countText(view.facts)} facts`;
  return (
    <footer className="footer">
      <p>
        Computed <Time at={view.computedAt}>{momentText(view.computedAt, view.zone)}</Time>
        {`${facts} · times in ${view.zone} · intervals are 95\u00A0% · Narrows ${view.version}`}
      </p>
    </footer>
  );
}
