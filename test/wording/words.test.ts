import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { PHASES, STAGES, isStage } from '#src/domain/wait.ts';
import { eventText, type EventWords } from '#src/wording/event-text.ts';
import { phaseWords, RIVER_ORDER } from '#src/wording/phase-words.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { ageHead, stageWords, withinText } from '#src/wording/stage-words.ts';

describe('names', () => {
  test('every phase of the definitions is in the river but drafts and the end', () => {
    const rest = PHASES.filter((phase) => !RIVER_ORDER.some((one) => one === phase));

    expect(rest.toSorted()).toEqual(['draft', 'ended']);
    expect(new Set(RIVER_ORDER).size).toBe(RIVER_ORDER.length);
  });

  test('no phase or stage is called narrow', () => {
    const words = [...PHASES.map(phaseWords), ...Object.keys(STAGES).filter(isStage).map(stageWords)];

    expect(words.filter((one) => /narrow/i.test(Object.values(one).join(' ')))).toEqual([]);
  });

  test('of ages are those of the definitions', () => {
    expect([14_400, 86_400, 259_200, 604_800].map((age) => `${ageHead(age)}: ${withinText(age)}`.replaceAll('\u00A0', '_'))).toEqual(['4_h: within 4_h', '1_day: within a day', '3_days: within 3_days', '7_days: within 7_days']);
  });
});

describe('an event', () => {
  const none: EventWords = { kind: 'opened', draft: null, state: null, target: null, reason: null, label: null, sha: null, byBot: false, ends: [] };

  test.each([
    [{ kind: 'opened', draft: true }, 'opened as a draft'],
    [{ kind: 'opened', draft: false }, 'opened'],
    [{ kind: 'ready_for_review' }, 'ready for review'],
    [{ kind: 'review_requested', target: 'payments-reviewers' }, 'review requested: payments-reviewers'],
    [{ kind: 'review_request_removed', target: 'platform-security' }, 'review request removed: platform-security'],
    [{ kind: 'reviewed', state: 'CHANGES_REQUESTED', ends: ['review.first_response'] }, 'changes requested; first response'],
    [{ kind: 'reviewed', state: 'APPROVED', ends: ['review.first_response', 'review.approval'] }, 'approved; first response; first approval'],
    [{ kind: 'reviewed', state: 'toString' }, 'reviewed'],
    [{ kind: 'commented', byBot: true }, 'commented (a bot: does not count as a response)'],
    [{ kind: 'pushed', byBot: true }, 'pushed'],
    [{ kind: 'pushed', ends: ['review.rework', 'change.lead'] }, 'pushed; end of rework'],
    [{ kind: 'committed', sha: '0123456789abcdef' }, 'commit 0123456'],
    [{ kind: 'removed_from_merge_queue', reason: 'failed checks' }, 'removed from the merge queue: failed checks'],
    [{ kind: 'labeled', label: 'bug' }, 'labeled: bug'],
    [{ kind: '\u202Egnihtemos_desrever' }, 'gnihtemos desrever'],
  ] satisfies readonly (readonly [Partial<EventWords>, string])[])('%j reads "%s"', (changes, text) => {
    expect(eventText({ ...none, ...changes })).toBe(text);
  });
});

describe('text from outside', () => {
  test.each([
    ['fix: \u202Ecod.exe', 'fix: cod.exe'],
    ['a\u2066b\u2069c', 'abc'],
    ['two\nlines\u0000', 'two lines'],
    ['  ', 'no title'],
    ['\u200B\u3164\u2060', 'no title'],
    ['\u202E', 'no title'],
    ['שלום world', 'שלום world'],
    ['👩\u200D🚀', '👩\u200D🚀'],
    ['\uD800x', '\uFFFDx'],
  ])('%j is shown as %j', (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  test('is one line that reorders nothing and is never empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = plainText(text);

        expect(shown).not.toBe('');
        // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
        expect(shown).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});
