import type { ReactElement, ReactNode } from 'react';
import { colourOf } from '#src/charts/tokens.ts';

/** What every page of the set-up has. */
export interface SetupFrameView {
  /** The path that a proxy serves this installation below: empty, or `/narrows`. */
  readonly basePath: string;
  readonly stylesheetHref: string;
  /** Renews what goes on by itself; null on pages where nothing does. */
  readonly scriptHref: string | null;
  readonly version: string;
}

/** What every page of the set-up has around its content: no navigation, because there is nowhere to go before it is done. */
export function SetupFrame({ view, title, children }: { readonly view: SetupFrameView; readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Narrows`}</title>
        <link rel="stylesheet" href={view.stylesheetHref} />
        {view.scriptHref !== null && <script defer src={view.scriptHref} />}
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className="header">
          <span className="brand">
            <svg viewBox="0 0 22 16" width={22} height={16} aria-hidden>
              <path d="M0 1C5 1 8 6 11 6S17 1 22 1V15C17 15 14 10 11 10S5 15 0 15Z" fill={colourOf('water')} />
            </svg>
            <strong>Narrows</strong>
            <span className="organization">Set-up</span>
          </span>
        </header>
        <main id="content" className="page setup">
          {children}
        </main>
        <footer className="footer">
          <p>Narrows {view.version}. It reads from GitHub and never writes.</p>
        </footer>
      </body>
    </html>
  );
}
