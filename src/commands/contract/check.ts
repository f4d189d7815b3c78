import type { App } from '#src/app.ts';
import type { Finding } from './finding.ts';
import type { GitHubReach } from './github-reach.ts';

/** What a check looks at. */
export interface Examined {
  readonly app: App;
  /** Whether GitHub answers at all, asked once for all checks: where it does not, none of them waits for it again. */
  readonly github: () => Promise<GitHubReach>;
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
