import { NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import type { GitHubApp, GitHubInstallation } from '#src/github/github.ts';
import type { WaitingClock } from '#src/github/waiting-clock.ts';

/** How often GitHub is asked while somebody may be installing the App right now, and afterwards, ms. */
const SOON_MS = 3_000;
const LATER_MS = 60_000;

/** Somebody may be installing for so long after they were expected, or after the watch was told to look, ms. */
const SOON_FOR_MS = 15 * 60_000;

/** What the watch works with. */
export interface InstallationWatchOptions {
  readonly app: Pick<GitHubApp, 'installations'>;
  readonly clock: WaitingClock;
  readonly log: Log;
  /** Whether somebody is expected to install the App now: then it is asked often from the beginning. */
  readonly isExpected: boolean;
  /** Hears of the installations when they are seen first, and whenever one has come, gone or changed what it grants. */
  readonly onChange: (installations: readonly GitHubInstallation[]) => void;
}

/** What was seen of the App's installations last. */
export interface SeenInstallations {
  /** Null while GitHub has not answered yet. */
  readonly installations: readonly GitHubInstallation[] | null;
  /** Why GitHub could not be asked the last time, in a sentence; null where it could. */
  readonly problem: string | null;
}

/**
 * Watches for the App being installed, where no webhook may tell of it: often while somebody may be about it, then
 * every minute, and not at all once every installation can be collected from.
 */
export class InstallationWatch {
  readonly #options: InstallationWatchOptions;
  readonly #ended = new AbortController();
  #seen: SeenInstallations = { installations: null, problem: null };
  #soonUntilAt: number;
  #wake = new AbortController();
  readonly #running: Promise<void>;

  /** Begins at once. */
  constructor(options: InstallationWatchOptions) {
    this.#options = options;
    this.#soonUntilAt = options.isExpected ? options.clock.now() + SOON_FOR_MS : -Infinity;
    this.#running = this.#run();
  }

  get seen(): SeenInstallations {
    return this.#seen;
  }

  /** Asks now, and often for a while. */
  look(): void {
    this.#soonUntilAt = this.#options.clock.now() + SOON_FOR_MS;
    this.#wake.abort();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      await this.#ask(signal);
      await clock.wait(this.#pauseMs(), AbortSignal.any([signal, this.#wake.signal])).catch(() => undefined);
    }
  }

  #pauseMs(): number {
    if (this.#options.clock.now() < this.#soonUntilAt) return SOON_MS;
    const { installations, problem } = this.#seen;
    const isSettled = problem === null && installations !== null && installations.length > 0 && installations.every(isUsable);
    return isSettled ? Infinity : LATER_MS;
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { app, log, onChange } = this.#options;
    try {
      const installations = await app.installations(signal);
      const isNew = signatureOf(installations) !== signatureOf(this.#seen.installations ?? []);
      this.#seen = { installations, problem: null };
      if (isNew) onChange(installations);
    } catch (error) {
      if (signal.aborted) return;
      if (this.#seen.problem === null) log.warn({ err: error }, 'the installations of the App could not be listed');
      this.#seen = { ...this.#seen, problem: error instanceof NarrowsError ? error.message : 'GitHub did not answer.' };
    }
  }
}

function isUsable({ suspendedAt, permissions }: GitHubInstallation): boolean {
  return suspendedAt === null && permissions['pull_requests'] !== undefined;
}

/** What of installations decides whether and what can be collected. */
function signatureOf(installations: readonly GitHubInstallation[]): string {
  return JSON.stringify(installations.map(({ id, permissions, suspendedAt }) => [id, Object.entries(permissions).sort(), suspendedAt]));
}
