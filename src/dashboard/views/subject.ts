import { compareText } from '#src/core/text.ts';
import { STAGES, endedAsAsked, type Stage } from '#src/domain/wait.ts';
import type { SubjectFigure } from '#src/domain/figures.ts';
import type { PullRequest, TimelineEvent } from '#src/domain/timeline/event.ts';
import type { FrameView } from '../frame-view.ts';
import { pullRequestPath } from '../links.ts';
import type { EventView, LaneView, SubjectView } from '../subject-view.ts';
import { DEFAULT_WEEKS } from '#src/figures/asked-window.ts';
import { dataQualityHref, repositoryHref } from './hrefs.ts';
import type { Site } from './site.ts';

/** What a pull request's page is made of. */
export interface SubjectFacts {
  readonly frame: FrameView;
  readonly site: Site;
  readonly subject: SubjectFigure;
}

/** The page of one pull request. Facts that are gone stand outside its waits and are left out. */
export function subjectView({ frame, site, subject }: SubjectFacts): SubjectView {
  const { repository, pullRequest, life, names } = subject;
  const { number } = pullRequest;
  const events = standingEvents(pullRequest);
  const ends = endings(subject, events);
  const path = pullRequestPath(repository.fullName, number);
  return {
    frame,
    repository: repository.fullName,
    repositoryHref: repositoryHref(repository.fullName),
    number,
    title: pullRequest.title,
    author: names.get(pullRequest.author)?.login ?? null,
    state: stateOf(pullRequest),
    openedAt: life.openedAt,
    endedAt: life.endedAt,
    githubHref: site.githubUrl === null ? null : `${site.githubUrl}/${repository.fullName}/pull/${String(number)}`,
    stays: life.stays,
    lanes: subject.waits.map((wait) => laneView(wait, frame.computedAt)).sort(compareLanes),
    offHours: subject.offHours,
    calendarOf: subject.calendarOf,
    gaps: subject.gaps,
    dataQualityHref: dataQualityHref({ scope: { kind: 'repository', fullName: repository.fullName }, weeks: DEFAULT_WEEKS, to: null }),
    events: events.map((event) => eventView(event, subject, ends)),
    eventsCsvHref: `${path}?format=csv`,
  };
}

/** The events of a timeline that stand today. */
export function standingEvents({ events }: Pick<PullRequest, 'events'>): readonly TimelineEvent[] {
  return events.filter(({ goneAt }) => goneAt === null);
}

/** The name of whom an event is about: a login, a team's slug or GitHub's words; null for nobody or somebody unknown. */
export function targetOf({ detail: { target } }: TimelineEvent, names: SubjectFigure['names']): string | null {
  if (target === undefined) return null;
  return names.get(target)?.login ?? (/^[%=]/.test(target) ? target.slice(1) : null);
}

function stateOf({ state, mergedAt, draft }: PullRequest): SubjectView['state'] {
  if (mergedAt !== null) return 'merged';
  if (state === 'closed') return 'closed';
  return draft === true ? 'draft' : 'open';
}

function laneView({ wait, waitsOnName, ageSeconds, workingSeconds, pauses }: SubjectFigure['waits'][number], nowAt: number): LaneView {
  return {
    stage: wait.stage,
    round: wait.round,
    waitsOn: waitsOnName,
    startedAt: wait.startedAt,
    endedAt: wait.endedAt,
    pauses: pauses.map(({ fromAt, toAt }) => ({ fromAt, toAt: toAt ?? Math.max(fromAt, nowAt) })),
    outcome: wait.outcome,
    endedAsAsked: endedAsAsked(wait),
    seconds: wait.seconds ?? ageSeconds,
    workingSeconds,
  };
}

const STAGE_ORDER = Object.keys(STAGES);

function compareLanes(a: LaneView, b: LaneView): number {
  return a.startedAt - b.startedAt || STAGE_ORDER.indexOf(a.stage) - STAGE_ORDER.indexOf(b.stage) || compareText(a.waitsOn ?? '', b.waitsOn ?? '') || a.round - b.round;
}

function eventView(event: TimelineEvent, { names }: SubjectFigure, ends: ReadonlyMap<TimelineEvent, readonly Stage[]>): EventView {
  const { detail, actor } = event;
  const person = actor === null ? undefined : names.get(actor);
  return {
    kind: event.kind,
    draft: detail.draft ?? null,
    state: detail.state ?? null,
    target: targetOf(event, names),
    reason: detail.reason ?? null,
    label: detail.label ?? null,
    sha: detail.sha ?? null,
    byBot: person?.isBot ?? false,
    ends: ends.get(event) ?? [],
    at: event.at,
    actor: person?.login ?? null,
    timeFrom: event.atFrom,
  };
}

const RESPONSES = ['reviewed', 'commented', 'review_commented'];

/** Whether an event can be what ended a wait of a stage as asked. */
const ENDS: Partial<Readonly<Record<Stage, (event: TimelineEvent) => boolean>>> = {
  'review.first_response': ({ kind }) => RESPONSES.includes(kind),
  'review.approval': ({ kind, detail }) => kind === 'reviewed' && detail.state === 'APPROVED',
  'review.rework': ({ kind }) => ['pushed', 'force_pushed', 'committed', 'review_requested'].includes(kind),
};

/** Which waits each event ended as asked: of several events at that instant the first. */
function endings({ waits, names, pullRequest }: SubjectFigure, events: readonly TimelineEvent[]): ReadonlyMap<TimelineEvent, readonly Stage[]> {
  const ends = new Map<TimelineEvent, readonly Stage[]>();
  for (const { wait } of waits) {
    const canEnd = ENDS[wait.stage];
    if (canEnd === undefined || !endedAsAsked(wait)) continue;
    const isByAnother = ({ actor }: TimelineEvent): boolean => wait.stage === 'review.rework' || (actor !== pullRequest.author && (actor === null || names.get(actor)?.isBot !== true));
    const ending = events.find((event) => (event.detail.visibleAt ?? event.at) === wait.endedAt && canEnd(event) && isByAnother(event));
    if (ending !== undefined) ends.set(ending, [...(ends.get(ending) ?? []), wait.stage]);
  }
  return ends;
}
