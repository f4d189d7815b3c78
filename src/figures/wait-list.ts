import type { AccountDirectory } from '#src/domain/account.ts';
import type { Page, WaitItem } from '#src/domain/figures.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { SubjectWait } from '#src/domain/subject.ts';
import { GHOST } from '#src/domain/account.ts';
import { compareText } from '#src/core/text.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import { ageAt } from './observable.ts';

/** One page of waits, the oldest first. A cursor is the key of the last wait of the page before, so that pages neither skip nor repeat while waits come and go. */
export function pageOfWaits(waits: readonly SubjectWait[], cursor: string | null, limit: number): Page<SubjectWait> {
  const keyed = waits.map((wait) => ({ wait, key: keyOf(wait) })).sort((a, b) => compareText(a.key, b.key));
  const after = cursor === null ? null : Buffer.from(cursor, 'base64url').toString('utf8');
  const rest = after === null ? keyed : keyed.filter(({ key }) => key > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(({ wait }) => wait), next: rest.length > limit && last !== undefined ? Buffer.from(last.key).toString('base64url') : null };
}

/** Start first, padded so that text order is time order. */
function keyOf({ repositoryId, number, wait }: SubjectWait): string {
  return [String(wait.startedAt).padStart(15, '0'), repositoryId, String(number).padStart(10, '0'), wait.stage, wait.waitsOn ?? '', String(wait.round).padStart(6, '0')].join(' ');
}

/** A wait with its names. */
export function waitItem(
  wait: SubjectWait,
  repositories: readonly Repository[],
  titles: ReadonlyMap<string, string | null>,
  accounts: AccountDirectory,
  nowAt: number,
): WaitItem {
  const { repositoryId, number } = wait;
  const repository = repositories.find(({ id }) => id === repositoryId) ?? { id: repositoryId, fullName: repositoryId, deletedAt: null };
  const { waitsOn } = wait.wait;
  return {
    ...wait,
    repository,
    title: titles.get(`${repositoryId}#${String(number)}`) ?? null,
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
