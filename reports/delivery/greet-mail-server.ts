import { createTransport } from 'nodemailer';

/** Hosts to which a password may go unencrypted: this machine. */
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Connects to a mail server and signs in as for a mail, and leaves again. Resolves to why that failed, in words of our
 * own; null where it did not. What the server says is never shown: at a sign-in it may repeat what it was told.
 */
export async function greetMailServer(url: string, patienceMs: number): Promise<string | null> {
  const { protocol, username, hostname } = new URL(url);
  const { options } = createTransport(url);
  const transport = createTransport({
    ...options,
    requireTLS: protocol === 'smtp:' && username !== '' && !HERE.includes(hostname),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    logger: false,
  });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return reasonOf(error);
  } finally {
    transport.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EAUTH: 'it refuses user and password',
  EDNS: 'its name leads nowhere',
  ECONNECTION: 'it cannot be connected to',
  ESOCKET: 'it cannot be connected to, or its certificate is not valid',
  ETIMEDOUT: 'it does not answer in time',
  ETLS: 'it does not encrypt',
};

function reasonOf(error: unknown): string {
  const code = field(error, 'code');
  const status = field(error, 'responseCode');
  const words = (typeof code === 'string' ? REASONS[code] : undefined) ?? 'it does not speak SMTP as expected';
  const known = [code, status].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
  return known === '' ? words : `${words} (${known})`;
}

function field(error: unknown, name: 'code' | 'responseCode'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
