import { workingSeconds, workingStretches } from '#src/core/calendar.ts';
import { difference, type Stretch } from '#src/core/stretch.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { CompletenessReader } from '#src/domain/completeness.ts';
import type { Gap } from '#src/domain/figure.ts';
import type { SubjectFigure } from '#src/domain/figures.ts';
import { ALL_KNOWLEDGE } from '#src/domain/knowledge.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { FactReader, RepositoryPullRequest } from '#src/domain/store.ts';
import type { PullRequestLife, SubjectWait, WaitReader } from '#src/domain/subject.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Calendars, NamedCalendar } from './calendars.ts';
import { waitItem } from './wait-list.ts';

/** What one pull request is read from. */
export interface SubjectFacts {
  readonly reader: Pick<FactReader, 'pullRequests' | 'accounts'>;
  readonly waitReader: WaitReader;
  readonly completeness: Pick<CompletenessReader, 'gaps' | 'ofPullRequest'>;
  readonly calendars: Calendars;
  readonly nowAt: number;
}

/** One pull request taken apart; null when there is none that the viewer may see. */
export async function readSubject(facts: SubjectFacts, viewer: Viewer, fullName: string, number: number): Promise<SubjectFigure | null> {
  const found = await firstOf(facts.reader.pullRequests(viewer, { repository: fullName, number, withGone: true }));
  if (found === null) return null;
  const { repository, pullRequest } = found;
  const key = { repositoryIds: [repository.id], number, withIgnored: true };
  const [waits, [life], accounts] = await Promise.all([facts.waitReader.waits(viewer, key), facts.waitReader.lives(viewer, key), facts.reader.accounts()]);
  if (life === undefined) return null;
  const calendar = facts.calendars.of(null, repository.fullName);
  const titles = new Map([[`${repository.id}#${String(number)}`, life.title]]);
  return {
    repository,
    pullRequest,
    life,
    waits: waits.map((wait) => ({
      ...waitItem(wait, [repository], titles, accounts, facts.nowAt),
      pauses: wait.pauses,
      workingSeconds: workingOf(wait, facts.calendars.of(teamOf(wait), repository.fullName), facts.nowAt),
    })),
    names: namesOf(pullRequest, accounts),
    offHours: offHours({ fromAt: life.openedAt, toAt: life.endedAt ?? facts.nowAt }, calendar),
    calendarOf: calendar?.name ?? null,
    gaps: await gapsOf(facts, viewer, repository, life),
  };
}

/**
 * What is missing of one pull request: its own parts, and deliveries lost while it lived. Where history begins does
 * not matter to it: a listing holds all its life.
 */
async function gapsOf({ completeness, nowAt }: SubjectFacts, viewer: Viewer, repository: Repository, { number, openedAt, endedAt }: PullRequestLife): Promise<Gap[]> {
  const life = { fromAt: openedAt, toAt: (endedAt ?? nowAt) + 1 };
  const [around, own] = await Promise.all([completeness.gaps(viewer, [repository.id], life, ALL_KNOWLEDGE), completeness.ofPullRequest(viewer, repository.id, number)]);
  return [
    ...own.map(({ kind, fromAt, toAt, missing, expected, reason, healedAt }): Gap => ({ repository: repository.fullName, kind, fromAt, toAt, missing, expected, reason, state: healedAt === null ? 'open' : 'healed' })),
    ...around.filter(({ kind, state }) => kind === 'deliveries' && state !== 'before-history'),
  ];
}

async function firstOf(found: AsyncIterable<RepositoryPullRequest>): Promise<RepositoryPullRequest | null> {
  for await (const one of found) return one;
  return null;
}

function teamOf({ wait }: SubjectWait): string | null {
  return wait.waitsOn?.startsWith('%') === true ? wait.waitsOn.slice(1) : null;
}

/** The wait's time that lies in working hours, pauses left out, seconds. */
function workingOf({ wait, pauses }: SubjectWait, calendar: NamedCalendar | null, nowAt: number): number | null {
  if (calendar === null) return null;
  const toAt = wait.endedAt ?? nowAt;
  const ran = difference({ fromAt: wait.startedAt, toAt }, pauses.map((pause) => ({ fromAt: pause.fromAt, toAt: pause.toAt ?? toAt })));
  return ran.reduce((sum, stretch) => sum + workingSeconds(stretch.fromAt, stretch.toAt, calendar.calendar), 0);
}

function offHours(life: Stretch, calendar: NamedCalendar | null): Stretch[] {
  return calendar === null ? [] : difference(life, workingStretches(life.fromAt, life.toAt, calendar.calendar));
}

function namesOf(pr: PullRequest, accounts: AccountDirectory): SubjectFigure['names'] {
  const refs = [pr.author, ...pr.events.flatMap(({ actor, detail }) => [actor, detail.target ?? null])];
  const names = new Map<string, { readonly login: string; readonly isBot: boolean }>();
  for (const ref of refs) {
    if (ref === null || ref.startsWith('%') || ref.startsWith('=')) continue;
    const { login, type } = accounts.account(ref);
    names.set(ref, { login, isBot: type === 'Bot' });
  }
  return names;
}
