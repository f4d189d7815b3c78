import { Router } from 'express';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery } from '#src/core/query.ts';
import { mailHtml } from './mail.tsx';
import { pictureData } from './picture-file.ts';
import type { WeeklyMail } from './weekly-mail.ts';
import type { WeeklyReport } from './weekly.ts';

/** Where a team's mail is shown as it would be sent: `?team=SLUG&week=YYYY-Www`. */
export const PREVIEW_PATH = '/reports/weekly/preview';

/** A mail carries its styles in its elements and its pictures as data; nothing else loads, and nothing runs. */
const PREVIEW_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
} as const;

/** What the preview is made of. */
export interface PreviewOptions {
  /** Its links should lead to this site: `publicUrl` `''`. */
  readonly mail: WeeklyMail;
  /** The team that is shown where none is asked for; null: then one must be. */
  readonly defaultTeam: string | null;
}

/** The preview of a team's mail. What it throws is answered by whoever mounts it. */
export function reportPreviewRouter({ mail, defaultTeam }: PreviewOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PREVIEW_PATH, async (request, response) => {
    const { team, week } = readQuery(request.url, ['team', 'week']);
    const slug = team ?? defaultTeam;
    if (slug === null) throw new NarrowsError('bad-usage', 'The parameter team is missing: name a team of the policy file.');
    const { slug: known } = mail.team(slug);
    const report = await mail.report({ team: known, week: mail.week(known, week ?? null), recipient: null, isLate: false });
    response.set(PREVIEW_HEADERS).type('html').send(await previewPage(report));
  });
  return router;
}

/** A report as one page that is complete in itself. */
export async function previewPage(report: WeeklyReport): Promise<string> {
  return mailHtml(report, pictureData);
}
