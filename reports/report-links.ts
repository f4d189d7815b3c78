import { DateTime } from 'luxon';
import type { IsoWeek } from '#src/core/iso-week.ts';
import type { ReportLinks } from './report-facts.ts';

/** Where a report's links may lead to. */
export interface LinkPlaces {
  /** The address of the installation without a slash at its end, `''` on its own pages; null where readers reach none. */
  readonly publicUrl: string | null;
  /** `https://github.com` */
  readonly githubUrl: string;
}

/** The links of a team's report. Without an address of the installation pull requests lead to GitHub, and the rest nowhere. */
export function reportLinks({ publicUrl, githubUrl }: LinkPlaces, slug: string, week: IsoWeek, zone: string): ReportLinks {
  const lastDay = DateTime.fromMillis(week.toAt - 1, { zone }).toFormat('yyyy-MM-dd');
  const scope = `scope=${encodeURIComponent(`team:${slug}`)}`;
  return {
    flow: publicUrl === null ? null : `${publicUrl}/?${scope}&to=${lastDay}`,
    waiting: publicUrl === null ? null : `${publicUrl}/?${scope}`,
    pullRequest: (repository, number) => {
      const path = repository.split('/').map(encodeURIComponent).join('/');
      return publicUrl === null ? `${githubUrl}/${path}/pull/${String(number)}` : `${publicUrl}/pull-requests/${path}/${String(number)}`;
    },
  };
}
