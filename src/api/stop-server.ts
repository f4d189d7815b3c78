import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** How long what is being answered may still take, ms: service managers kill after ten seconds. */
const GRACE_MS = 3_000;

/** How often connections that have had their answer are looked for, ms. */
const SWEEP_MS = 25;

/**
 * Stops a server: no new connection is taken, what has been asked is answered, and every answer ends its connection,
 * so that a sender that never pauses ends too. Connections that have not come to their end in `graceMs` [3000] are
 * cut. Resolves when none is left.
 */
export async function stopServer(server: Server, graceMs: number = GRACE_MS): Promise<void> {
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('connection', 'close');
  });
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, SWEEP_MS);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
