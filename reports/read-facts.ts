import type { IsoWeek } from '#src/core/iso-week.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { REPORT_WEEKS, type ReportFacts, type ReportLinks, type Sending } from './report-facts.ts';

/** The waits that lead, in the order they are shown. */
const METRICS = ['review.first_response', 'review.approval', 'change.merge'] as const;

/** How many of what waits longest are listed. */
const LISTED = 5;

/** What a report is asked for. */
export interface ReportQuestion {
  readonly viewer: Viewer;
  readonly team: { readonly slug: string; readonly name: string };
  readonly week: IsoWeek;
  readonly names: boolean;
  readonly links: ReportLinks;
  readonly sending: Sending;
}

/** Asks the figures for all that a report needs. Throws `NarrowsError('not-found')` for a team that the viewer may not see. */
export async function readReportFacts(figures: Figures, { viewer, team, week, names, links, sending }: ReportQuestion): Promise<ReportFacts> {
  const scope = { kind: 'team', slug: team.slug } as const;
  const window = figures.lastWeeks(scope, REPORT_WEEKS, week.toAt);
  const question = { viewer, scope, window };
  const [flow, before, waiting, ...metrics] = await Promise.all([
    figures.flow(question),
    figures.flow({ ...question, window: figures.lastWeeks(scope, REPORT_WEEKS, week.fromAt) }),
    figures.waiting(question, LISTED),
    ...METRICS.map((id) => figures.metric(id, question)),
  ]);
  if (flow === null) throw new NarrowsError('not-found', `There is no team ${team.slug} that has figures: the policy names its repositories, narrows doctor shows what was delivered.`);
  return {
    team,
    week,
    window,
    reader: { zone: figures.zone(scope), nowAt: sending.at },
    flow,
    bottleneckBefore: before === null || before.n === 0 ? null : before.bottleneck,
    metrics: metrics.filter((metric) => metric !== null),
    waiting,
    names,
    links,
    sending,
  };
}
