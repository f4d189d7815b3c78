import { workingDays } from '#src/core/calendar.ts';
import { compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { WaitingItem } from '#src/domain/figures.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { PullRequestLife, SubjectWait } from '#src/domain/subject.ts';
import type { Stage } from '#src/domain/wait.ts';
import type { Calendars } from './calendars.ts';
import { ageAt } from './age-at.ts';
import { nameOfTarget, subjectKey } from './wait-list.ts';

/** What a pull request is said to wait for when several waits are open at once: the first of these. */
const SAID_FIRST: readonly Stage[] = ['review.first_response', 'review.rework', 'change.merge_queue', 'change.merge', 'review.approval'];

/** The stages whose open waits the list is made from. */
export const WAITING_STAGES: readonly Stage[] = [...SAID_FIRST, 'review.request_response'];

/** What the list is made from. */
export interface WaitingFacts {
  /** Waits that are open now. */
  readonly waits: readonly SubjectWait[];
  readonly lives: readonly PullRequestLife[];
  readonly repositories: readonly Repository[];
  readonly accounts: AccountDirectory;
  readonly calendars: Calendars;
  readonly staleAfterSeconds: number;
}

/** Pull requests by people that wait for someone now, a line each, the longest first, so many at most. Drafts wait for their author and are not listed. */
export function waitingNow(facts: WaitingFacts, nowAt: number, limit: number): WaitingItem[] {
  const bySubject = new Map<string, SubjectWait[]>();
  for (const wait of facts.waits) {
    const key = subjectKey(wait);
    const known = bySubject.get(key);
    if (known === undefined) bySubject.set(key, [wait]);
    else known.push(wait);
  }
  const repositories = new Map(facts.repositories.map((repository) => [repository.id, repository]));
  return facts.lives
    .filter((life) => life.isByHuman && life.stays.at(-1)?.phase !== 'draft')
    .flatMap((life) => waitingLife(life, bySubject.get(subjectKey(life)) ?? [], repositories, nowAt) ?? [])
    .sort((a, b) => b.ageSeconds - a.ageSeconds || compareText(a.repository.fullName, b.repository.fullName) || a.life.number - b.life.number)
    .slice(0, limit)
    .map((waiting) => waitingItem(waiting, facts, nowAt));
}

/** A pull request that waits, with what it is said to wait for. */
interface WaitingLife {
  readonly life: PullRequestLife;
  readonly repository: Repository;
  readonly said: SubjectWait;
  readonly open: readonly SubjectWait[];
  readonly ageSeconds: number;
}

function waitingLife(life: PullRequestLife, open: readonly SubjectWait[], repositories: ReadonlyMap<string, Repository>, nowAt: number): WaitingLife | null {
  const said = SAID_FIRST.map((stage) => open.find(({ wait }) => wait.stage === stage)).find((wait) => wait !== undefined);
  const repository = repositories.get(life.repositoryId);
  return said === undefined || repository === undefined ? null : { life, repository, said, open, ageSeconds: ageAt(said, nowAt) };
}

function waitingItem({ life, repository, said, open, ageSeconds }: WaitingLife, facts: WaitingFacts, nowAt: number): WaitingItem {
  const asked = open.filter(({ wait }) => wait.stage === 'review.request_response').flatMap(({ wait }) => (wait.waitsOn === null ? [] : [nameOfTarget(wait.waitsOn, facts.accounts)]));
  const team = asked.find(({ kind }) => kind === 'team')?.name ?? null;
  const calendar = facts.calendars.of(team, repository.fullName);
  const movedUntil = life.moving.at(-1)?.toAt ?? -Infinity;
  return {
    repository,
    number: life.number,
    title: life.title,
    stage: said.wait.stage,
    round: said.wait.round,
    startedAt: said.wait.startedAt,
    ageSeconds,
    waitsOn: asked,
    isStandingStill: movedUntil <= nowAt,
    workingDays: calendar === null ? null : workingDays(said.wait.startedAt, nowAt, calendar.calendar),
  };
}
