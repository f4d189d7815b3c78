import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';

/** Where a browser reaches the set-up: at this machine, or at the public address. */
export interface Caller {
  /** `http://127.0.0.1:3000`, `https://narrows.example.com/below`; without a slash at the end. */
  readonly baseUrl: string;
  /** The path in it; empty, or `/below`. */
  readonly basePath: string;
}

/** What tells where a request was made to. */
export interface CallerOptions {
  readonly publicUrl: string | null;
  /** Whether a request was made by whoever sits at this machine, as far as its headers tell. */
  readonly isFromThisMachine: (headers: IncomingHttpHeaders) => boolean;
}

/**
 * Where a request was made to; null for another name than this machine's own and the public one. A page elsewhere
 * whose name was made to lead here (DNS rebinding) has another.
 */
export function callerOf(request: Request, { publicUrl, isFromThisMachine }: CallerOptions): Caller | null {
  const { host } = request;
  if (publicUrl !== null) {
    const { host: publicHost, pathname } = new URL(publicUrl);
    if (host.toLowerCase() === publicHost) return { baseUrl: publicUrl, basePath: pathname.replace(/\/+$/, '') };
  }
  return isFromThisMachine(request.headers) ? { baseUrl: `${request.protocol}://${host}`, basePath: '' } : null;
}

/**
 * Whether a form was sent by a page of this very site, as far as browsers tell: `Sec-Fetch-Site` where they send it,
 * otherwise `Origin`. A browser that says neither is not refused here; the form's own token is.
 */
export function isOwnForm(headers: IncomingHttpHeaders, { baseUrl }: Pick<Caller, 'baseUrl'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin === undefined || origin === 'null' || origin === new URL(baseUrl).origin;
}

/** The value of a cookie; null where there is none. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return null;
}
