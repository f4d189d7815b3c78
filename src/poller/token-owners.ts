import type { Policy } from '#src/config/policy.ts';
import { compareText } from '#src/core/text.ts';

/**
 * The owners that the policy names outright: `octo` of `octo/*`. A personal token sees far more than anyone means to
 * collect, so that with one only what these own is.
 */
export function ownersNamed({ repositories }: Pick<Policy, 'repositories'>): readonly string[] {
  const owners = repositories.include.map((pattern) => pattern.split('/')[0] ?? '').filter((owner) => /^[\w.-]+$/.test(owner));
  return [...new Map(owners.map((owner) => [owner.toLowerCase(), owner])).values()].sort(compareText);
}
