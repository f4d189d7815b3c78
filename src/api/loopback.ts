import { isIP } from 'node:net';

/** Whether a `Host` header names this machine by itself: `localhost`, 127.0.0.0/8 or `[::1]`, with or without a port. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return bracketed === '::1';
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return isLoopbackName(name) || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Whether an address that is listened on (the option `HOST`) is reached from this machine alone. */
export function isLoopbackAddress(address: string): boolean {
  const name = address.toLowerCase();
  return isLoopbackName(name) || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}
