import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The secret of every service that tests start. */
export const SERVICE_SECRET = 'a secret of thirty-two characters';

/** How long a start may take before it counts as failed, ms: the machine may be busy with everything else. */
const START_TIMEOUT_MS = 60_000;

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const project: { BUILD_STAMP: string; sourcesDigest: () => string; readIfThere: (path: string) => string | null } = await import(
  new URL('../../scripts/project.mjs', import.meta.url).href
);

/** Where a service of a test keeps its data, and how it differs from the usual. */
export interface ServicePlace {
  readonly dataDir: string;
  /** Beside the port, the secret and the data directory; nothing of this process's own environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that are loaded into the process before the program. */
  readonly preload?: readonly URL[];
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built program, running as an installation runs it. */
export interface RunningService {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the line that says where it listens, ms. */
  readonly startMs: number;
  readonly ended: Promise<Ending>;
  /** What it has written to standard error. */
  said(): string;
  /** The program's process, to exchange messages with what was preloaded. */
  readonly process: ChildProcess;
  /** What the kernel says the process takes of memory, bytes; null where there is no `/proc`. */
  residentBytes(): number | null;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, as a service manager does. */
  terminate(): Promise<Ending>;
}

const running = new Set<RunningService>();
const folders: string[] = [];

/** A folder of its own under the system's temporary one, gone after `endServices`. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-service-'));
  folders.push(folder);
  return folder;
}

/** Ends whatever this file has started, however its test ended, and removes its folders. */
export async function endServices(): Promise<void> {
  await Promise.all([...running].map((service) => service.kill()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs `narrows start` on a free port. Resolves once it says where it listens and `/healthz` answers 200. */
export async function startService(place: ServicePlace): Promise<RunningService> {
  const startedAt = performance.now();
  const child = spawnStart(place);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(([code, signal]: unknown[]): Ending => ({ code: code as Ending['code'], signal: signal as Ending['signal'] }));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };

  const listening = (async () => {
    for (;;) {
      const url = /listens on (http:\/\/\S+)\n/.exec(said)?.[1];
      if (url !== undefined) return { url, startMs: performance.now() - startedAt };
      if (performance.now() - startedAt > START_TIMEOUT_MS) throw new Error(`The service does not start:\n${said}`);
      await sleep(5);
    }
  })();
  const died = ended.then(({ code, signal }) => {
    throw new Error(`The service ended before it listened (${String(code ?? signal)}):\n${said}`);
  });
  died.catch(() => undefined);
  const { url, startMs } = await Promise.race([listening, died]).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  const service: RunningService = {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    startMs,
    ended,
    process: child,
    said: () => said,
    residentBytes: () => residentBytes(child.pid ?? 0),
    kill,
    terminate() {
      child.kill('SIGTERM');
      return ended;
    },
  };
  running.add(service);
  void ended.then(() => running.delete(service));
  await Promise.race([untilHealthy(url), died]);
  return service;
}

/** Begins to start a service, and kills it so much later, listening or not. */
export async function startAndKill(place: ServicePlace, afterMs: number): Promise<void> {
  const child = spawnStart(place);
  const exited = once(child, 'exit');
  child.stderr?.resume();
  await sleep(afterMs);
  child.kill('SIGKILL');
  await exited;
}

function spawnStart(place: ServicePlace): ChildProcess {
  requireBuild();
  const preload = (place.preload ?? []).flatMap((module) => ['--import', module.href]);
  return spawn(process.execPath, [...preload, MAIN, 'start'], {
    cwd: place.dataDir,
    env: environment(place),
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
}

/** Waits until the service says that it accepts deliveries. */
export async function untilHealthy(url: string): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  while (!(await fetch(`${url}/healthz`).then((answer) => answer.ok, () => false))) {
    if (performance.now() > until) throw new Error(`${url}/healthz does not answer 200.`);
    await sleep(20);
  }
}

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the built program to its end. */
export async function runNarrows(args: readonly string[], place: ServicePlace): Promise<CommandResult> {
  requireBuild();
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: place.dataDir, env: environment(place), stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: await out, err: await err };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function environment({ dataDir, env = {} }: ServicePlace): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    PORT: '0',
    HOST: '127.0.0.1',
    NARROWS_DATA_DIR: dataDir,
    NARROWS_WEBHOOK_SECRET: SERVICE_SECRET,
    ...env,
  };
}

let isBuildChecked = false;

/** Yesterday's program says nothing of today's sources. */
function requireBuild(): void {
  if (isBuildChecked) return;
  if (project.readIfThere(project.BUILD_STAMP) !== project.sourcesDigest()) throw new Error('dist was not built from these sources: npm run build');
  isBuildChecked = true;
}

function residentBytes(pid: number): number | null {
  const path = `/proc/${String(pid)}/status`;
  const kilobytes = existsSync(path) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
