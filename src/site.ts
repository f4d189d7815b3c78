import type { Router } from 'express';
import { apiRouter } from './api/api-router.ts';
import { loadRoutes } from './api/load-routes.ts';
import type { App } from './app.ts';
import { programVersion } from './core/program-version.ts';
import { dashboardRouter } from './dashboard/dashboard-router.ts';
import { weeklyMailOf } from './mailing.ts';
import type { Sample } from './sample.ts';
import { settingsSource } from './settings.ts';
import { PREVIEW_PATH, reportPreviewRouter } from '#reports/preview-router.ts';

/** What is served to whoever sits at this machine. */
export interface Site {
  readonly readers: readonly Router[];
  /** Where a weekly mail is shown. */
  readonly previewPath: string;
}

/**
 * Puts together pages, API and the preview of the weekly mail. Until readers can be told apart, who reads is the
 * operator. A service that shows nothing does not load this: it is half of the program's memory.
 * `connectHref` leads from sample data to where GitHub is connected.
 */
export async function openSite(app: App, sample: Sample | null, connectHref: string | null = null): Promise<Site> {
  const { policy, clock, log } = app;
  const figures = await app.pooledFigures();
  const version = programVersion();
  const viewerOf = (): App['operator'] => app.operator;
  return {
    previewPath: PREVIEW_PATH,
    readers: [
      reportPreviewRouter({ mail: await weeklyMailOf(app), defaultTeam: policy.teams[0]?.slug ?? null }),
      apiRouter({ figures, policy, clock, version, routes: await loadRoutes(), viewerOf }),
      dashboardRouter({
        figures,
        policy,
        clock,
        log,
        version,
        viewerOf,
        organization: null,
        sample: sample === null ? null : { recordedFrom: sample.recordedFrom, connectHref },
        settings: settingsSource(app),
        githubUrl: sample === null ? 'https://github.com' : null,
      }),
    ],
  };
}
