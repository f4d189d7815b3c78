import type { IncomingHttpHeaders } from 'node:http';
import type { Options } from '#src/config/options.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';

/** The settings that say who can reach an installation. */
export type ReachOptions = Pick<Options, 'host' | 'publicUrl' | 'trustProxy' | 'webhookSecret'>;

/**
 * Why nobody may read over HTTP, as the end of "nobody may read here, because …"; null where whoever sits at
 * this machine may. Until readers can be told apart, an installation that GitHub delivers to, or that more than
 * this machine can reach, is shut.
 */
export function shutBecause({ host, publicUrl, trustProxy, webhookSecret }: ReachOptions): string | null {
  if (webhookSecret !== null) return 'GitHub delivers to this installation (it has a webhook secret)';
  if (!isLoopbackAddress(host)) return `it listens on ${host}, which other machines reach (HOST)`;
  if (publicUrl !== null) return 'it has a public address (NARROWS_PUBLIC_URL is set)';
  if (trustProxy !== 0) return 'a proxy stands before it (NARROWS_TRUST_PROXY is set)';
  return null;
}

/** What proxies add, each in its own way: a request that carries one was not made here. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-server', 'x-real-ip', 'cf-connecting-ip'];

/**
 * Whether a request was made by whoever sits at this machine, as far as its headers tell: it names this machine
 * itself (a page elsewhere whose name was made to lead here does not, which is what DNS rebinding does), and no
 * proxy has passed it on.
 */
export function isFromThisMachine(headers: IncomingHttpHeaders): boolean {
  return isLoopbackHost(headers.host) && !FORWARDED.some((name) => name in headers);
}
