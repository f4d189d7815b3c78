import type { ReactElement, ReactNode } from 'react';

import { Link } from './text.tsx';

/** A link in the head of a block. */
export interface BlockLink {
  readonly text: string;
  readonly href: string | null;
}

/** A part of a page with its heading, what the heading means, and links to more of it. */
export interface BlockProps {
  /** Id of the heading, which names tables and pictures below it. */
  readonly id: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly links?: readonly BlockLink[];
  readonly children: ReactNode;
}

/** A block of a page: heading, hairline, content. Links without an address are left out. */
export function Block({ id, title, aside, links = [], children }: BlockProps): ReactElement {
  const shown = links.filter((link) => link.href !== null);
  return (
    <section className="block" aria-labelledby={id}>
      <div className="block-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <p className="aside">{aside}</p>}
        {shown.length > 0 && (
          <p className="block-links">
            {shown.map((link) => (
              <Link key={link.text} href={link.href}>
                {link.text}
                <span className="unseen">, {title}</span>
              </Link>
            ))}
          </p>
        )}
      </div>
      {children}
    </section>
  );
}
