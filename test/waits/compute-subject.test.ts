import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { accountDirectory } from '#src/domain/account.ts';
import { isReadByWaits } from '#src/domain/event-kind.ts';
import { computeSubject } from '#src/waits/compute-subject.ts';
import { References } from '#src/waits/references.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';

const rules = policyRules({ ...DEFAULT_POLICY, ignore: { labels: ['wontfix'], authors: [], baseBranches: [] } });
const references = new References(accountDirectory([]), { teams: [], memberships: [], memberListings: [] }, rules);
const context = { references, reference: REFERENCE, rules, staleAfterSeconds: 86_400 };

describe('what a pull request amounts to', () => {
  test('does not depend on events of kinds that no wait reads', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const part = { ...pr, events: pr.events.filter(({ kind }) => isReadByWaits(kind)) };

        expect(computeSubject(part, context)).toEqual(computeSubject(pr, context));
      }),
      { numRuns: 1_000 },
    );
  });

  test('depends on the labels it carries after its last event', () => {
    const [pr] = fc.sample(arbitraryPullRequest, 1);
    if (pr === undefined) throw new Error('No pull request was generated.');
    const labelled = (kind: string, at: number) => ({ kind, id: null, actor: '#2', at, atFrom: 'github' as const, detail: { label: 'wontfix' }, knownAt: at, knownBy: null, goneAt: null });
    const end = (pr.events.at(-1)?.at ?? pr.createdAt) + 1;

    const carrying = computeSubject({ ...pr, events: [...pr.events, labelled('labeled', end)] }, context);
    const rid = computeSubject({ ...pr, events: [...pr.events, labelled('labeled', end), labelled('unlabeled', end + 1)] }, context);

    expect(carrying.life.ignoredFor).not.toBeNull();
    expect(rid.life.ignoredFor).toBeNull();
  });
});
