import { createPrivateKey } from 'node:crypto';
import type { Options } from '#src/config/options.ts';
import type { Log } from '#src/core/log.ts';
import { programVersion } from '#src/core/program-version.ts';
import { apiAddress } from './api-address.ts';
import { AppClient } from './app-client.ts';
import { appCredential } from './app-credential.ts';
import type { Random } from './backoff.ts';
import { Channel, type ChannelParts } from './channel.ts';
import { tokenCredential } from './credential.ts';
import type { GitHub, GitHubApp } from './github.ts';
import { InstallationClient } from './installation-client.ts';
import { Turnstile } from './turnstile.ts';
import { systemWaitingClock, type WaitingClock } from './waiting-clock.ts';

/** What Narrows may ask GitHub with: as an App with its installations, or with somebody's personal token. */
export type GitHubAccess = { readonly kind: 'app'; readonly app: GitHubApp } | { readonly kind: 'token'; readonly github: GitHub };

/** The settings that access rests on. */
export type GitHubOptions = Pick<Options, 'githubAppId' | 'githubPrivateKey' | 'githubToken' | 'githubApiUrl'>;

/** What the client works with. */
export interface GitHubParts {
  readonly random: Random;
  readonly log: Log;
  /** The machine's by default; tests give one that they move. */
  readonly clock?: WaitingClock;
  /** For a whole answer, ms [60,000]: GitHub gives up after ten seconds, the rest is for large answers over slow lines. */
  readonly timeoutMs?: number;
  /** Of one answer, unpacked [64 MiB]: a logged delivery of 25 MiB fits, a mistake does not fill the memory. */
  readonly maxBytes?: number;
}

const TIMEOUT_MS = 60_000;

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Requests that one credential has under way at most. GitHub asks for one at a time; queries, which may keep it busy
 * for seconds, keep to that. Two of REST hide the way there and back, and more could not empty the hourly pot faster.
 */
const AT_ONCE = { rest: 2, graphql: 1 } as const;

/** Requests of this process under way, all credentials together: GitHub allows 100. */
const AT_ONCE_TOGETHER = 80;

/** Opens the way to GitHub that the settings name; null where they name none. Nothing is asked yet. */
export function openGitHub(options: GitHubOptions, { random, log, clock = systemWaitingClock, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES }: GitHubParts): GitHubAccess | null {
  const address = apiAddress(options.githubApiUrl);
  const parts: ChannelParts = {
    address,
    clock,
    random,
    log,
    userAgent: `narrows/${programVersion()}`,
    exchangeLimits: { timeoutMs, maxBytes },
    atOnce: AT_ONCE,
    gate: new Turnstile(AT_ONCE_TOGETHER),
  };
  const { githubAppId: id, githubPrivateKey: privateKey, githubToken: token } = options;
  if (id !== null && privateKey !== null) return { kind: 'app', app: new AppClient(appCredential({ id, privateKey: createPrivateKey(privateKey) }, clock), parts) };
  if (token !== null) return { kind: 'token', github: new InstallationClient(new Channel(tokenCredential(token), parts), address) };
  return null;
}
