/** Where a GitHub is: its API, and its pages. Neither has a slash at its end. */
export interface GitHubPlace {
  /** `https://api.github.com`, `https://github.example.com/api/v3` */
  readonly apiUrl: string;
  /** `https://github.com`, `https://github.example.com` */
  readonly webUrl: string;
}

/** The usual GitHub. */
export const GITHUB_COM: GitHubPlace = { apiUrl: 'https://api.github.com', webUrl: 'https://github.com' };

/** The GitHub whose API this is. Throws `TypeError` for what is no URL. */
export function placeOfApi(apiUrl: string): GitHubPlace {
  const { protocol, host, origin, pathname } = new URL(apiUrl);
  const api = apiUrl.replace(/\/+$/, '');
  if (pathname.replace(/\/+$/, '') !== '') return { apiUrl: api, webUrl: `${origin}${pathname.replace(/\/api\/v3\/*$/, '').replace(/\/+$/, '')}` };
  return { apiUrl: api, webUrl: `${protocol}//${host.replace(/^api\./, '')}` };
}

/** The GitHub whose pages are there, as somebody writes it (`github.example.com`); null for what is no such address. Unencrypted only on this machine. */
export function placeOfWeb(written: string): GitHubPlace | null {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(text)) return null;
  const { protocol, host, hostname, origin, pathname, search, hash, username, password } = new URL(text);
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const isBare = /^\/*(?:api\/v3\/*)?$/.test(pathname) && `${search}${hash}${username}${password}` === '';
  if (!isBare || !(protocol === 'https:' || (protocol === 'http:' && isHere))) return null;
  if (/^(?:(?:www|api)\.)?github\.com$/.test(host)) return GITHUB_COM;
  if (host.endsWith('.ghe.com')) return { apiUrl: `https://api.${host.replace(/^api\./, '')}`, webUrl: `https://${host.replace(/^api\./, '')}` };
  return { apiUrl: `${origin}/api/v3`, webUrl: origin };
}

/** Where a new App is made from a manifest: under an organisation, or with null under the person who is signed in. */
export function newAppUrl({ webUrl }: Pick<GitHubPlace, 'webUrl'>, organization: string | null, state: string): string {
  const owner = organization === null ? '' : `/organizations/${encodeURIComponent(organization)}`;
  return `${webUrl}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`;
}

/** The public page of an App. */
export function appUrl({ webUrl }: Pick<GitHubPlace, 'webUrl'>, slug: string): string {
  return webUrl === GITHUB_COM.webUrl || webUrl.endsWith('.ghe.com') ? `${webUrl}/apps/${slug}` : `${webUrl}/github-apps/${slug}`;
}

/** Where an App is installed. */
export function installUrl(place: Pick<GitHubPlace, 'webUrl'>, slug: string): string {
  return `${appUrl(place, slug)}/installations/new`;
}

/** Where an owner looks after an installation: repositories, permissions that wait for a yes, suspension. */
export function installationUrl({ webUrl }: Pick<GitHubPlace, 'webUrl'>, { id, account, accountType }: { readonly id: string; readonly account: string; readonly accountType: 'Organization' | 'User' }): string {
  const owner = accountType === 'User' ? '' : `/organizations/${encodeURIComponent(account)}`;
  return `${webUrl}${owner}/settings/installations/${encodeURIComponent(id)}`;
}
