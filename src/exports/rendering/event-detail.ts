import { formatInstant } from '#src/core/instant.ts';
import { GHOST, type AccountDirectory } from '#src/domain/account.ts';
import type { EventDetail } from '#src/domain/timeline/event.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';

/** What kind of thing a target is, where it is someone who can be asked. */
export type TargetKind = 'user' | 'team' | 'bot';

/** An event's detail as it is exported: the keys in their order, instants as text, what is unknown left out. */
export function exportedDetail(detail: EventDetail, accounts: AccountDirectory): Readonly<Record<string, unknown>> {
  const entries: readonly (readonly [string, unknown])[] = [
    ['draft', detail.draft],
    ['author_date', instantText(detail.authorDate)],
    ['committer_date', instantText(detail.committerDate)],
    ['sha', detail.sha],
    ['state', detail.state],
    ['target', detail.target === undefined ? undefined : targetName(detail.target, accounts)],
    ['target_kind', detail.target === undefined ? undefined : targetKind(detail.target, accounts)],
    ['reason', detail.reason],
    ['review_id', detail.reviewId],
    ['visible_at', instantText(detail.visibleAt)],
    ['before', detail.before],
    ['after', detail.after],
    ['label', detail.label],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A target's name: an account's newest login, a team's slug, or its words. */
export function targetName(target: TargetRef, accounts: AccountDirectory): string {
  return isAccount(target) ? accounts.account(target).login : target.slice(1);
}

/** Whether a target is a person, a team or a bot; undefined for what cannot be asked. */
export function targetKind(target: TargetRef, accounts: AccountDirectory): TargetKind | undefined {
  if (target.startsWith('%')) return 'team';
  if (!isAccount(target)) return undefined;
  return accounts.account(target).type === 'Bot' ? 'bot' : 'user';
}

function isAccount(target: TargetRef): boolean {
  return target === GHOST || target.startsWith('#') || target.startsWith('@');
}

function instantText(at: number | undefined): string | undefined {
  return at === undefined ? undefined : formatInstant(at);
}
