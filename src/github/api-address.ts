/** Where GitHub's two APIs are. */
export interface ApiAddress {
  /** Without a slash at its end: `https://api.github.com`, `https://github.example.com/api/v3`. */
  readonly rest: string;
  readonly graphql: string;
}

/** The end of REST's root on an Enterprise Server; GraphQL stands beside it. */
const ENTERPRISE_END = '/v3';

/** The addresses that belong to a base as an operator writes it. Throws `TypeError` for what is no URL. */
export function apiAddress(base: string): ApiAddress {
  const { origin, pathname } = new URL(base);
  const rest = `${origin}${pathname.replace(/\/+$/, '')}`;
  return { rest, graphql: `${rest.endsWith(`/api${ENTERPRISE_END}`) ? rest.slice(0, -ENTERPRISE_END.length) : rest}/graphql` };
}

/**
 * The path of a URL below the root of REST, with its query: `/repositories/7/pulls?page=2`. Null for any other host,
 * protocol, port or place on it: our credential goes nowhere else.
 */
export function pathBelow({ rest }: ApiAddress, url: string): string | null {
  if (!URL.canParse(url, `${rest}/`)) return null;
  const target = new URL(url, `${rest}/`);
  const root = new URL(rest);
  const folder = root.pathname.replace(/\/+$/, '');
  if (target.origin !== root.origin || target.username !== '' || target.password !== '') return null;
  if (!target.pathname.startsWith(`${folder}/`)) return null;
  return `${target.pathname.slice(folder.length)}${target.search}`;
}

/** The URL of a path below the root of REST, with parameters added to those it has; null for a path that leads elsewhere. */
export function restUrl(address: ApiAddress, path: string, parameters: Readonly<Record<string, string | number | boolean>>): string | null {
  if (!path.startsWith('/') || pathBelow(address, `${address.rest}${path}`) === null) return null;
  const url = new URL(`${address.rest}${path}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return url.href;
}

/** One entry of a `Link` header: its address, and its parameters with a semicolon before each. */
const LINK = /<([^<>]*)>((?:;[^,;]*)*)/g;

/** The address of the next page in a `Link` header; null where there is none. */
export function nextLink(header: string | null): string | null {
  for (const [, url = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    if (/;\s*rel\s*=\s*"?next"?\s*(?:;|$)/i.test(parameters)) return url;
  }
  return null;
}
