import type { App } from '#src/app.ts';

/** What a check found: fine, worth knowing, or wrong. Whatever is not fine says what to do. */
export type Finding =
  | { readonly verdict: 'ok'; readonly text: string }
  | { readonly verdict: 'note' | 'wrong'; readonly text: string; readonly todo: string };

/** One thing that the doctor looks at: a file under `commands/checks/`. */
export interface Check {
  /** Checks are run in the order of their places: what others rest on comes first. */
  readonly place: number;
  readonly title: string;
  /** Looks and says what it saw. What it throws is itself a finding. */
  run(app: App): Promise<readonly Finding[]>;
}

/** Whether a module's default export is a check. */
export function isCheck(entry: unknown): entry is Check {
  return typeof entry === 'object' && entry !== null && 'title' in entry && 'run' in entry && typeof entry.run === 'function';
}
