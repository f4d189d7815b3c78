import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import { accountRef } from './accounts.ts';
import type { AccountPayload } from './schemas.ts';

/** An account as a target. */
export function accountTarget(account: AccountPayload): TargetRef {
  return accountRef(account);
}

/** A team as a target: by slug, which every channel gives. */
export function teamTarget(slug: string): TargetRef {
  return `%${slug}`;
}

/** Anything else as a target, by its words. */
export function textTarget(text: string): TargetRef {
  return `=${text}`;
}
