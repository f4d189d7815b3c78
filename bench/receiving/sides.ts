import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SECRET } from './payload.ts';

/** A server in a process of its own. */
export interface RunningSide {
  readonly port: number;
  /** How the process ended by itself; null while it runs. */
  ended(): string | null;
  /** Ends the process and removes what it stored. */
  stop(): Promise<void>;
}

/** One of those that are compared. */
export interface Side {
  readonly label: string;
  start(): Promise<RunningSide>;
}

/** The servers that are compared; the first of them is what the others are held to. */
export const SIDES: readonly Side[] = [
  { label: '@octokit/webhooks middleware, stores nothing', start: () => startServer('octokit-server') },
  { label: 'Probot, stores nothing', start: () => startServer('probot-server') },
  { label: 'Narrows: receiver and inbox', start: () => startStoring((folder) => startServer('narrows-server', folder)) },
  { label: 'Narrows: `narrows start`, folding meanwhile', start: () => startStoring((folder) => startNarrows(folder)) },
];

/** Sources start sources, the build starts what was built. */
const EXTENSION = extname(import.meta.url);

async function startServer(file: string, ...args: string[]): Promise<RunningSide> {
  const child = fork(new URL(`./${file}${EXTENSION}`, import.meta.url), args);
  const port = await Promise.race([
    once(child, 'message').then(([address]: unknown[]) => portOf(address)),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it listened`))),
  ]);
  return { port, ended: () => endOf(child), stop: () => end(child) };
}

/** The whole program as an installation runs it, with what else its environment says. */
export async function startNarrows(folder: string, more: NodeJS.ProcessEnv = {}): Promise<RunningSide> {
  const port = await freePort();
  const main = fileURLToPath(new URL(`../../src/main${EXTENSION}`, import.meta.url));
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1', NARROWS_DATA_DIR: folder, NARROWS_WEBHOOK_SECRET: SECRET, ...more };
  const child = spawn(process.execPath, [...process.execArgv, main, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await answers(`http://127.0.0.1:${port}/healthz`))) {
    if (endOf(child) !== null) throw new Error('narrows start ended before it listened');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, ended: () => endOf(child), stop: () => end(child) };
}

/** Gives a side a folder of its own in the project's tree: the system's own for such things is often memory, where storing costs nothing. */
export async function startStoring(start: (folder: string) => Promise<RunningSide>): Promise<RunningSide> {
  await mkdir('tmp', { recursive: true });
  const folder = await mkdtemp(join('tmp', 'bench-receiving-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const side = await start(folder);
    return { ...side, stop: () => side.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

function endOf({ exitCode, signalCode }: ChildProcess): string | null {
  if (signalCode !== null) return `signal ${signalCode}`;
  return exitCode === null ? null : `exit code ${exitCode}`;
}

async function end(child: ChildProcess): Promise<void> {
  if (endOf(child) !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  else child.kill('SIGKILL');
  await exited;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(address: unknown): number {
  if (isAddress(address)) return address.port;
  throw new Error('a server of the bench listens on no port');
}

function isAddress(address: unknown): address is AddressInfo {
  return typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number';
}
