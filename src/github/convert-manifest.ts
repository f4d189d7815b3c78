import { z } from 'zod';
import { apiAddress } from './api-address.ts';
import { exchange, type ExchangeLimits } from './exchange.ts';

const id = z.union([z.int().positive().transform(String), z.string().regex(/^\d+$/)]);

/** What GitHub gives once, in exchange for the code. */
const conversion = z.object({
  id,
  slug: z.string().regex(/^[\w.-]{1,100}$/),
  pem: z.string().min(1),
  webhook_secret: z.string().nullish(),
  client_id: z.string().nullish(),
  client_secret: z.string().nullish(),
});

/** A new App, as GitHub gives it away: it is told once. */
export interface NewApp {
  readonly id: string;
  readonly slug: string;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}

/** What became of a code. `expired`: GitHub does not know it, because it is over an hour old, was used or was never given. */
export type Conversion =
  | { readonly outcome: 'converted'; readonly app: NewApp }
  | { readonly outcome: 'expired' }
  /** `reason` is a status or the network's word, never anything of the answer. */
  | { readonly outcome: 'failed'; readonly reason: string };

/** How GitHub is asked. */
export interface ConversionParts {
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly limits?: ExchangeLimits;
}

const LIMITS: ExchangeLimits = { timeoutMs: 20_000, maxBytes: 1_048_576 };

/** How GitHub writes the code. */
const CODE = /^[\w-]{1,200}$/;

/**
 * Exchanges the code that GitHub sent the browser back with for the App and its secrets. Needs no credential. Asked
 * once and never again by itself: an answer that is lost cannot be had twice.
 */
export async function convertManifest(code: string, { apiUrl, userAgent, signal, limits = LIMITS }: ConversionParts): Promise<Conversion> {
  if (!CODE.test(code)) return { outcome: 'expired' };
  const url = `${apiAddress(apiUrl).rest}/app-manifests/${code}/conversions`;
  const headers = { accept: 'application/vnd.github+json', 'user-agent': userAgent, 'x-github-api-version': '2022-11-28' };
  const exchanged = await exchange({ method: 'POST', url, headers, body: null }, limits, signal);
  if (exchanged.outcome === 'broken') return { outcome: 'failed', reason: exchanged.reason };
  if (exchanged.outcome !== 'answer') return { outcome: 'failed', reason: exchanged.outcome };
  const { status, text } = exchanged.answer;
  if (status === 404 || status === 422) return { outcome: 'expired' };
  if (status !== 201) return { outcome: 'failed', reason: `status ${String(status)}` };
  const parsed = conversion.safeParse(jsonOrNull(text));
  if (!parsed.success) return { outcome: 'failed', reason: 'an answer that is no App' };
  const { id: appId, slug, pem, webhook_secret: webhookSecret = null, client_id: clientId = null, client_secret: clientSecret = null } = parsed.data;
  return { outcome: 'converted', app: { id: appId, slug, privateKey: pem, webhookSecret, clientId, clientSecret } };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
