import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A step of an SMTP transaction as the server sees it, in order. */
export const SERVER_STEPS = ['connected', 'sender', 'recipient', 'data-begun', 'data-half', 'data-ended', 'accepted', 'answered'] as const;

export type ServerStep = (typeof SERVER_STEPS)[number];

/** What the server answers instead of taking a mail. */
export interface Refusal {
  readonly code: number;
  readonly at: 'sender' | 'recipient' | 'data';
}

/** A mail that the server took: once its last line has come, whether or not anyone waits for the answer. */
export interface TakenMail {
  readonly recipient: string;
  readonly message: string;
}

/** A real SMTP server that keeps what it takes and looks for no duplicates. */
export interface MailServer {
  readonly url: string;
  readonly port: number;
  readonly taken: TakenMail[];
  /** Called at each step before the server goes on. */
  onStep: (step: ServerStep) => void | Promise<void>;
  /** Given, nothing is taken. */
  refusal: Refusal | null;
  /** Whether the connection is cut after the last line came, without an answer. */
  hangsUp: boolean;
  stop(): Promise<void>;
}

/** Starts a server on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const state: Omit<MailServer, 'url' | 'port' | 'stop'> = { taken: [], onStep: () => undefined, refusal: null, hangsUp: false };
  const sockets = new Set<{ destroy(): void }>();
  const refuse = (at: Refusal['at']): Error | null =>
    state.refusal?.at === at ? Object.assign(new Error('refused for the test'), { responseCode: state.refusal.code }) : null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, callback) => void Promise.resolve(state.onStep('connected')).then(() => callback()),
    onMailFrom: (_address, _session, callback) => void Promise.resolve(state.onStep('sender')).then(() => callback(refuse('sender'))),
    onRcptTo: (_address, _session, callback) => void Promise.resolve(state.onStep('recipient')).then(() => callback(refuse('recipient'))),
    onData(stream, session, callback) {
      void state.onStep('data-begun');
      const chunks: Buffer[] = [];
      let hasEnded = false;
      stream.on('data', (chunk: Buffer) => {
        if (chunks.length === 0) void state.onStep('data-half');
        chunks.push(chunk);
      });
      stream.on('error', () => undefined);
      stream.on('end', () => {
        hasEnded = true;
        void Promise.resolve(state.onStep('data-ended')).then(async () => {
          const refusal = refuse('data');
          if (refusal !== null) {
            callback(refusal);
            return;
          }
          state.taken.push({ recipient: session.envelope.rcptTo[0]?.address ?? '', message: Buffer.concat(chunks).toString('utf8') });
          await state.onStep('accepted');
          if (state.hangsUp) for (const socket of sockets) socket.destroy();
          else callback();
          await state.onStep('answered');
        });
      });
      stream.on('close', () => {
        if (!hasEnded) callback(new Error('The client went away.'));
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(state, {
    port,
    url: `smtp://127.0.0.1:${port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
