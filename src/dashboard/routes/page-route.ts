import type { Request, Response } from 'express';
import type { Clock } from '#src/core/clock.ts';
import type { Policy } from '#src/config/policy.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { FrameView, PageId } from '../frame-view.ts';
import type { SettingsSource } from '../settings-source.ts';
import { frameView, type BarFacts } from '../views/frame.ts';
import type { Site } from '../views/site.ts';

/** What every page is made with. */
export interface PageContext {
  readonly figures: Figures;
  readonly policy: Pick<Policy, 'names' | 'staleAfterSeconds'>;
  readonly clock: Clock;
  readonly site: Site;
  /** Left out where there is nothing to be set, and then there is no such page. */
  readonly settings?: SettingsSource;
}

/** A page of the dashboard. */
export interface PageRoute {
  /** As Express writes it. */
  readonly path: string;
  /** The parameters of its query. */
  readonly parameters: readonly string[];
  /** Writes the answer. Throws `NarrowsError('not-found')` for what is not there or not for this viewer, `bad-usage` for what cannot be read. */
  serve(request: Request, response: Response, viewer: Viewer, context: PageContext): Promise<void>;
}

/** The frame of a page for its viewer. */
export async function frameFor(
  viewer: Viewer,
  { figures, clock, site }: PageContext,
  page: { readonly current: PageId | null; readonly zone: string; readonly bar: Omit<BarFacts, 'scopes'> | null },
): Promise<FrameView> {
  const [heardAt, collecting, scopes] = await Promise.all([figures.heardAt(viewer), figures.collecting(viewer), page.bar === null ? [] : figures.scopes(viewer)]);
  return frameView(site, { current: page.current, zone: page.zone, nowAt: clock.now(), heardAt, collecting, bar: page.bar === null ? null : { ...page.bar, scopes } });
}
