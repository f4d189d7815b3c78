import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/**
 * A page as an HTML document. React escapes every text and attribute; nothing here is built from
 * strings, so content from outside can be shown and never runs.
 */
export function renderPage(page: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}
