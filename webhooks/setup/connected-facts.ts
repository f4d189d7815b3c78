import type { CollectingState } from '#src/domain/completeness.ts';
import type { WaitFigure } from '#src/domain/figure.ts';
import type { GitHubInstallation } from '#src/github/github.ts';
import type { GitHubPlace } from '#src/github/web-addresses.ts';

/** What is known of a connected App, its installations and what has come of them. */
export interface ConnectedFacts {
  readonly app: { readonly slug: string; readonly place: Pick<GitHubPlace, 'webUrl'>; readonly delivers: boolean };
  /** As GitHub said last; null while it has not answered yet. */
  readonly installations: readonly GitHubInstallation[] | null;
  /** What the App itself asks for; null where nothing is missing anywhere, or nobody could say. */
  readonly asks: Readonly<Record<string, string>> | null;
  /** Why GitHub could not be asked the last time, in a sentence; null where it could. */
  readonly problem: string | null;
  /** How far the first collection has come; null before it began, and once it is done. */
  readonly collecting: CollectingState | null;
  /** Pull requests stored by the first collection, and how many there are in the repositories begun. */
  readonly pullRequests: { readonly done: number; readonly total: number };
  /** Repositories that are collected from. */
  readonly repositories: number;
  /** Which weeks the figure is of. */
  readonly weeks: number;
  /** How long pull requests wait for a first response; null where nothing is known yet. */
  readonly firstResponse: WaitFigure | null;
  /** Whether this machine may read the pages of the dashboard. */
  readonly hasPages: boolean;
  /** Epoch ms, and the zone of dates. */
  readonly nowAt: number;
  readonly zone: string;
}
