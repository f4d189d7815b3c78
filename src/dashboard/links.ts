/**
 * An address as it may stand in `href`: a path or query of this site, or an http(s) address. Null
 * for anything else (`javascript:`, `data:`, `//host`), which then becomes plain text.
 */
export function safeHref(href: string): string | null {
  if (/^[?#]/.test(href) || /^\/(?![/\\])/.test(href)) return hasControls(href) ? null : href;
  if (!/^https?:\/\//i.test(href) || hasControls(href) || !URL.canParse(href)) return null;
  return href;
}

/** The path of a pull request's page: `/pull-requests/OWNER/NAME/NUMBER`. */
export function pullRequestPath(repository: string, number: number): string {
  const [owner = '', ...name] = repository.split('/');
  return `/pull-requests/${encodeURIComponent(owner)}/${encodeURIComponent(name.join('/'))}/${String(number)}`;
}

// Browsers drop tabs and line ends inside an address, so "java\nscript:" would come back to life.
function hasControls(href: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return /[\u0000-\u001F\u007F]/.test(href);
}
