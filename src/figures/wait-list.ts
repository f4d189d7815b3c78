import type { AccountDirectory } from '#src/domain/account.ts';
import type { Page, WaitItem } from '#src/domain/figures.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { SubjectKey, SubjectWait } from '#src/domain/subject.ts';
import { GHOST } from '#src/domain/account.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import { instantKey, keyedPage } from './keyed-page.ts';
import { ageAt } from './age-at.ts';

/** One page of waits, the oldest first. */
export function pageOfWaits(waits: readonly SubjectWait[], cursor: string | null, limit: number): Page<SubjectWait> {
  return keyedPage(waits, keyOf, cursor, limit);
}

function keyOf({ repositoryId, number, wait }: SubjectWait): string {
  return [instantKey(wait.startedAt), repositoryId, String(number).padStart(10, '0'), wait.stage, wait.waitsOn ?? '', String(wait.round).padStart(6, '0')].join(' ');
}

/** What a pull request is found by in memory. */
export function subjectKey({ repositoryId, number }: SubjectKey): string {
  return `${repositoryId}#${String(number)}`;
}

/** A wait with its names. */
export function waitItem(
  wait: SubjectWait,
  repositories: readonly Repository[],
  titles: ReadonlyMap<string, string | null>,
  accounts: AccountDirectory,
  nowAt: number,
): WaitItem {
  const { repositoryId } = wait;
  const repository = repositories.find(({ id }) => id === repositoryId) ?? { id: repositoryId, fullName: repositoryId, deletedAt: null };
  const { waitsOn } = wait.wait;
  return {
    ...wait,
    repository,
    title: titles.get(subjectKey(wait)) ?? null,
    waitsOnName: waitsOn === null ? null : nameOfTarget(waitsOn, accounts).name,
    ageSeconds: ageAt(wait, wait.wait.endedAt ?? nowAt),
  };
}

/** The name of whoever is waited on. */
export function nameOfTarget(target: TargetRef, accounts: AccountDirectory): { readonly name: string; readonly kind: 'user' | 'team' } {
  if (target.startsWith('%')) return { name: target.slice(1), kind: 'team' };
  const isAccount = target === GHOST || target.startsWith('#') || target.startsWith('@');
  return { name: isAccount ? accounts.account(target).login : target.slice(1), kind: 'user' };
}
