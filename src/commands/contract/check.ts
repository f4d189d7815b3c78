import type { App } from '#src/app.ts';
import type { GitHubReach } from './github-reach.ts';

/**
 * What a check found: fine, worth knowing, wrong, or not to be said from here, which is neither good nor bad. Whatever
 * is worth knowing or wrong says what to do.
 */
export type Finding =
  | { readonly verdict: 'ok' | 'unknown'; readonly text: string; readonly todo?: never }
  | { readonly verdict: 'note' | 'wrong'; readonly text: string; readonly todo: string };

/** What a check looks at. */
export interface Examined {
  readonly app: App;
  /** Whether GitHub answers at all, asked once for all checks: where it does not, none of them waits for it again. */
  github(): Promise<GitHubReach>;
}

/** One thing that the doctor looks at: a file under `commands/checks/`. */
export interface Check {
  /** Checks are run in the order of their places: what others rest on comes first. */
  readonly place: number;
  readonly title: string;
  /** Looks and says what it saw. What it throws is itself a finding. */
  run(examined: Examined): Promise<readonly Finding[]>;
}

/** Whether a module's default export is a check. */
export function isCheck(entry: unknown): entry is Check {
  return typeof entry === 'object' && entry !== null && 'title' in entry && 'run' in entry && typeof entry.run === 'function';
}
