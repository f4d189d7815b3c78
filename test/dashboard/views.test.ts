import { describe, expect, test } from '@jest/globals';
import type { PageQuestion } from '#src/dashboard/page-question.ts';
import { carriedQuery, lastDay } from '#src/dashboard/page-question.ts';
import { flowView } from '#src/dashboard/views/flow.ts';
import { FIGURE_COLUMNS, figureRow } from '#src/dashboard/views/figure-row.ts';
import { frameView, type FrameFacts } from '#src/dashboard/views/frame.ts';
import { reviewsView } from '#src/dashboard/views/reviews.ts';
import type { Site } from '#src/dashboard/views/site.ts';
import { staysView } from '#src/dashboard/views/stays.ts';
import { subjectView } from '#src/dashboard/views/subject.ts';
import { waitsView } from '#src/dashboard/views/waits.ts';
import type { WaitFigure } from '#src/domain/figure.ts';
import type { FlowFigure, MetricFigure, SubjectFigure, WaitItem } from '#src/domain/figures.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import type { Wait } from '#src/domain/wait.ts';
import { aPullRequest, hours, OPENED_AT, type PullRequestInShort } from '#test/support/a-pull-request.ts';
import { APPROVAL, DAY, FIRST_RESPONSE } from './example-figures.ts';
import { aFrame } from './example-frame.ts';

const WINDOW = { fromAt: Date.UTC(2025, 8, 1), toAt: Date.UTC(2025, 10, 24) };
const REPOSITORY = { id: '1', fullName: 'acme/widgets', deletedAt: null };
const VIEWER = { sees: 'repositories', repositoryIds: ['1'] } as const;

function aQuestion(changes: Partial<PageQuestion> = {}): PageQuestion {
  return { viewer: VIEWER, scope: { kind: 'team', slug: 'payments' }, window: WINDOW, weeks: 12, to: null, carried: '?scope=team%3Apayments', ...changes };
}

function aMetric(figure: WaitFigure, changes: Partial<MetricFigure> = {}): MetricFigure {
  const words = { title: 'Title', definition: 'Definition.', unit: 's', population: 'Population.', exclusions: 'Exclusions.', bias: 'Bias.', source: 'definitions.md 3' };
  return {
    metric: { id: figure.stage, stage: figure.stage, ...words },
    scope: { kind: 'team', slug: 'payments' },
    window: WINDOW,
    figure,
    finishedOnly: { n: 9, p50: 60, p75: 120, p90: 180 },
    weeks: [{ ...WINDOW, withinDay: { value: 0.5, interval: { low: 0.4, high: 0.6 } }, ended: 3, isOver: false }],
    curve: null,
    explanation: { method: 'Method.', contributing: figure.n, leftOut: [{ reason: 'a reason', count: 2 }], factsUntilAt: null },
    ...changes,
  };
}

const FLOW: FlowFigure = {
  scope: ORGANIZATION,
  window: WINDOW,
  phases: [{ phase: 'awaiting_review', standing: { value: 2.5, interval: null }, share: 1, arrivalsPerWeek: 3, departuresPerWeek: 4, netArrivals: -12, weekly: [2, 3], change: null }],
  bottleneck: ['awaiting_review'],
  beside: [{ what: 'drafts', standing: { value: 0.5, interval: { low: 0.1, high: 0.9 } }, now: 1 }],
  enteringPerWeek: 5,
  mergedPerWeek: 3,
  closedPerWeek: 1,
  standing: 2.5,
  now: 4,
  n: 20,
  gaps: [],
};

function aWait(changes: Partial<Wait> & Pick<Wait, 'stage'>): Wait {
  const ends = { endedAt: hours(5), endedFrom: 'github', seconds: 5 * 3600, outcome: 'responded' } as const;
  return { round: 1, waitsOn: null, startedAt: OPENED_AT, startedFrom: 'github', pausedSeconds: 0, reason: null, ...ends, ...changes };
}

function anItem(wait: Wait, changes: Partial<WaitItem> = {}): WaitItem {
  return { wait, pauses: [], repositoryId: '1', repository: REPOSITORY, number: 7, title: 'A title', waitsOnName: null, ageSeconds: 1234, ...changes };
}

const SITE: Site = { version: '1.0.0', organization: 'acme', sample: null, githubUrl: 'https://github.com', stylesheetHref: '/assets/x.css' };

describe('the frame', () => {
  const NOW = Date.UTC(2025, 10, 24, 8, 30, 59, 999);
  const SCOPES = [{ scope: ORGANIZATION, name: 'All' }, { scope: { kind: 'team', slug: 'payments' } as const, name: 'Payments' }];
  const facts = (changes: Partial<FrameFacts> = {}, question = aQuestion()): FrameFacts => ({ current: 'flow', zone: 'UTC', nowAt: NOW, heardAt: NOW, collecting: null, bar: { path: '/', own: {}, question, scopes: SCOPES }, ...changes });

  test('stands still within a minute', () => {
    expect(frameView(SITE, facts())).toEqual(frameView(SITE, facts({ nowAt: NOW - 59_999 })));
    expect(frameView(SITE, facts()).computedAt).toBe(Date.UTC(2025, 10, 24, 8, 30));
  });

  test('says that GitHub was not heard from once that is three hours ago, but never of a sample', () => {
    const silent = facts({ heardAt: NOW - 3 * 3_600_000 - 1 });

    expect(frameView(SITE, facts({ heardAt: NOW - 3 * 3_600_000 })).staleSinceAt).toBeNull();
    expect(frameView(SITE, silent).staleSinceAt).toBe(silent.heardAt);
    expect(frameView({ ...SITE, sample: { recordedFrom: 'a/b', connectHref: null } }, silent).staleSinceAt).toBeNull();
    expect(frameView(SITE, facts({ heardAt: null })).staleSinceAt).toBeNull();
  });

  test('offers the scopes there are, and the one shown where it is gone', () => {
    const gone = frameView(SITE, facts({}, aQuestion({ scope: { kind: 'repository', fullName: 'acme/gone' } })));

    expect(frameView(SITE, facts()).bar?.scopes).toEqual([
      { value: '', label: 'All', isChosen: false },
      { value: 'team:payments', label: 'Payments', isChosen: true },
    ]);
    expect(gone.bar?.scopes.at(-1)).toEqual({ value: 'repository:acme/gone', label: 'repository:acme/gone', isChosen: true });
  });

  test('offers four windows, and the one shown where it is another', () => {
    const choices = (weeks: number) => frameView(SITE, facts({}, aQuestion({ weeks }))).bar?.windows.map(({ value, isChosen }) => (isChosen ? `[${value}]` : value));

    expect(choices(12)).toEqual(['4', '[12]', '26', '52']);
    expect(choices(8)).toEqual(['4', '[8]', '12', '26', '52']);
  });

  test('carries the page’s own parameters and a pinned end through its form and its links', () => {
    const { bar } = frameView(SITE, facts({ bar: { path: '/waits', own: { stage: 'review.rework' }, question: aQuestion({ to: '2025-11-23' }), scopes: SCOPES } }));

    expect(bar).toMatchObject({
      action: '/waits',
      carried: [{ name: 'stage', value: 'review.rework' }, { name: 'to', value: '2025-11-23' }],
      permanentHref: '/waits?stage=review.rework&scope=team%3Apayments&to=2025-11-23',
      csvHref: '/waits?stage=review.rework&format=csv&scope=team%3Apayments&to=2025-11-23',
    });
  });
});

describe('the carried query', () => {
  test('leaves out what is a default', () => {
    expect(carriedQuery(ORGANIZATION, 12, null)).toBe('');
    expect(carriedQuery({ kind: 'repository', fullName: 'a/b' }, 4, '2025-11-23')).toBe('?scope=repository%3Aa%2Fb&weeks=4&to=2025-11-23');
  });

  test('names the last day of a window in its zone', () => {
    expect(lastDay(Date.UTC(2025, 10, 24), 'UTC')).toBe('2025-11-23');
    expect(lastDay(Date.UTC(2025, 10, 23, 23), 'Europe/Berlin')).toBe('2025-11-23');
  });
});

describe('the page Flow', () => {
  const facts = { frame: aFrame(), question: aQuestion(), flow: FLOW, glances: [aMetric(FIRST_RESPONSE)], waiting: [], staleAfterSeconds: 30 * DAY };

  test('leads from every figure to what stands behind it', () => {
    const view = flowView(facts);

    expect(view.phases.map(({ phase, href }) => [phase, href])).toEqual([['awaiting_review', '/stays?stock=awaiting_review&scope=team%3Apayments']]);
    expect(view.beside.map(({ what, before, href }) => [what, before, href])).toEqual([['drafts', null, '/stays?stock=drafts&scope=team%3Apayments']]);
    expect(view.glances.map(({ title, href }) => [title, href])).toEqual([['First response', '/waits?stage=review.first_response&scope=team%3Apayments']]);
    expect(view.staleAfterDays).toBe(30);
  });

  test('has the weeks of a glance with their intervals', () => {
    expect(flowView(facts).glances[0]?.weeks).toEqual([{ ...WINDOW, share: 0.5, interval: { low: 0.4, high: 0.6 }, ended: 3, isOver: false }]);
  });

  test('has no river where nothing stood in it', () => {
    const nothing = FLOW.phases.map((phase) => ({ ...phase, standing: { value: 0, interval: null } }));

    expect(flowView({ ...facts, flow: { ...FLOW, phases: nothing } }).phases).toEqual([]);
  });
});

describe('the page Reviews', () => {
  const repositories = [
    { repository: { ...REPOSITORY, id: '1', fullName: 'acme/quick' }, figure: FIRST_RESPONSE },
    { repository: { ...REPOSITORY, id: '2', fullName: 'acme/withheld' }, figure: { ...FIRST_RESPONSE, within: [] } },
    { repository: { ...REPOSITORY, id: '3', fullName: 'acme/slow' }, figure: { ...FIRST_RESPONSE, within: FIRST_RESPONSE.within.map((one) => ({ ...one, share: { value: 0.1, interval: null } })) } },
  ];

  test('orders repositories by their share within a day, the withheld last', () => {
    const { repositories: rows } = reviewsView({ frame: aFrame(), question: aQuestion(), metrics: [aMetric(FIRST_RESPONSE)], repositories, waiting: [] });

    expect(rows.map(({ name, href }) => [name, href])).toEqual([
      ['acme/slow', '/waits?stage=review.first_response&scope=repository%3Aacme%2Fslow'],
      ['acme/quick', '/waits?stage=review.first_response&scope=repository%3Aacme%2Fquick'],
      ['acme/withheld', '/waits?stage=review.first_response&scope=repository%3Aacme%2Fwithheld'],
    ]);
  });

  test('has the curve of its headline, ends that were not asked as one', () => {
    const curve = { points: [{ ageSeconds: 60, asked: 0.2, low: 0.1, high: 0.3, otherwise: 0.05 }], atRisk: [{ ageSeconds: 0, count: 9 }] };

    const view = reviewsView({ frame: aFrame(), question: aQuestion(), metrics: [aMetric(FIRST_RESPONSE, { curve }), aMetric(APPROVAL)], repositories: [], waiting: [] });

    expect(view.curve).toEqual({ stage: 'review.first_response', asked: 'responded', points: [{ ageSeconds: 60, asked: 0.2, low: 0.1, high: 0.3, others: [0.05] }], others: ['end without one'], atRisk: curve.atRisk });
  });

  test('says a gap that two figures touch once', () => {
    const gap = { repository: null, fromAt: 1, toAt: 2, state: 'open', missing: null, expected: null } as const;

    const view = reviewsView({ frame: aFrame(), question: aQuestion(), metrics: [aMetric({ ...FIRST_RESPONSE, gaps: [gap] }), aMetric({ ...APPROVAL, gaps: [{ ...gap }] })], repositories: [], waiting: [] });

    expect(view.quality.gaps).toEqual([gap]);
  });
});

describe('the waits behind a figure', () => {
  const item = anItem(aWait({ stage: 'review.request_response', waitsOn: '#5' }), { waitsOnName: 'ada' });
  const waiting = anItem(aWait({ stage: 'review.request_response', waitsOn: '#5', endedAt: null, endedFrom: null, seconds: null, outcome: null, round: 2 }), { waitsOnName: 'ada' });
  const team = anItem(aWait({ stage: 'review.request_response', waitsOn: '%makers' }), { waitsOnName: 'makers' });
  const facts = { frame: aFrame(), question: aQuestion(), stage: 'review.request_response', metric: aMetric(FIRST_RESPONSE), page: { items: [item, waiting, team], next: 'abc' }, cursor: null, names: false } as const;

  test('name a person only while they are waited for, a team always', () => {
    expect(waitsView(facts).waits.map(({ waitsOn }) => waitsOn)).toEqual([null, 'ada', 'makers']);
    expect(waitsView({ ...facts, names: true }).waits.map(({ waitsOn }) => waitsOn)).toEqual(['ada', 'ada', 'makers']);
  });

  test('have the length they had, or so far', () => {
    expect(waitsView(facts).waits.map(({ seconds, outcome, endedAsAsked }) => [seconds, outcome, endedAsAsked])).toEqual([[18_000, 'responded', true], [1234, null, false], [18_000, 'responded', true]]);
  });

  test('lead on to the next page and out as CSV', () => {
    const view = waitsView(facts);

    expect([view.isFirstPage, view.nextHref, view.csvHref]).toEqual([true, '/waits?stage=review.request_response&cursor=abc&scope=team%3Apayments', '/waits?stage=review.request_response&format=csv&scope=team%3Apayments']);
    expect(waitsView({ ...facts, page: { items: [], next: null }, cursor: 'abc' })).toMatchObject({ isFirstPage: false, nextHref: null });
  });

  test('stand without an estimate where no metric measures their stage', () => {
    expect(waitsView({ ...facts, metric: null }).explanation).toBeNull();
  });
});

describe('the stays behind a stock', () => {
  const facts = { frame: aFrame(), question: aQuestion(), flow: FLOW, page: { items: [], next: null }, cursor: null, staleAfterSeconds: 30 * DAY };

  test('have the stock of the river with its share, and one beside it without', () => {
    expect(staysView({ ...facts, stock: 'awaiting_review' })).toMatchObject({ standing: { value: 2.5 }, share: 1 });
    expect(staysView({ ...facts, stock: 'drafts' })).toMatchObject({ standing: { value: 0.5 }, share: null });
  });

  test('lead on and out as CSV', () => {
    const view = staysView({ ...facts, stock: 'drafts', page: { items: [], next: 'abc' } });

    expect([view.nextHref, view.csvHref]).toEqual(['/stays?stock=drafts&cursor=abc&scope=team%3Apayments', '/stays?stock=drafts&format=csv&scope=team%3Apayments']);
  });
});

describe('a row of figures as CSV', () => {
  test('has a field for each column, empty where a figure is withheld or not reached', () => {
    const row = figureRow(aMetric({ ...FIRST_RESPONSE, within: [], endWithout: null, p75: null }));

    expect(row).toHaveLength(FIGURE_COLUMNS.length);
    expect(Object.fromEntries(FIGURE_COLUMNS.map((column, index) => [column, row[index]]))).toMatchObject({ metric: 'review.first_response', scope: 'team:payments', n: 548, within_1d: null, end_without: null, p50_seconds: 18_720, p75_seconds: null, p90_seconds: null });
  });
});

describe('the page of a pull request', () => {
  function aSubject(short: PullRequestInShort, waits: readonly Wait[] = [], changes: Partial<SubjectFigure> = {}): SubjectFigure {
    const pullRequest = aPullRequest(short);
    const { createdAt, closedAt, number } = pullRequest;
    return {
      repository: REPOSITORY,
      pullRequest,
      life: { repositoryId: '1', number, title: null, author: '#1', isByHuman: true, ignoredFor: null, openedAt: createdAt, endedAt: closedAt, endedBy: null, stays: [], moving: [] },
      waits: waits.map((wait) => ({ ...anItem(wait), workingSeconds: null, pauses: [] })),
      names: new Map([['#1', { login: 'ada', isBot: false }], ['#2', { login: 'grace', isBot: false }], ['#9', { login: 'helper[bot]', isBot: true }]]),
      offHours: [],
      calendarOf: null,
      gaps: [],
      ...changes,
    };
  }

  const viewOf = (subject: SubjectFigure) => subjectView({ frame: aFrame(), site: SITE, subject });

  test.each([
    ['open', {}],
    ['draft', { draft: true, events: [['converted_to_draft', hours(1)]] }],
    ['merged', { events: [['merged', hours(2)], ['closed', hours(2)]] }],
    ['closed', { events: [['closed', hours(2)]] }],
    ['closed', { draft: true, events: [['converted_to_draft', hours(1)], ['closed', hours(2)]] }],
  ] as const)('is %s', (state, short) => {
    expect(viewOf(aSubject(short as PullRequestInShort)).state).toBe(state);
  });

  test('marks the event that ended each wait as asked: the first of that instant by someone it may be', () => {
    const at = hours(5);
    const events = [
      ['commented', at, { actor: '#9', id: '1' }],
      ['commented', at, { actor: '#1', id: '2' }],
      ['reviewed', at, { actor: '#2', id: '3', state: 'APPROVED' }],
      ['review_commented', at, { actor: '#2', id: '4' }],
    ] as const;
    const waits = [aWait({ stage: 'review.first_response' }), aWait({ stage: 'review.approval', outcome: 'approved' }), aWait({ stage: 'review.rework', outcome: 'merged' })];

    const view = viewOf(aSubject({ events }, waits));

    expect(view.events.map(({ kind, actor, byBot, ends }) => [kind, actor, byBot, ends])).toEqual([
      ['opened', 'ada', false, []],
      ['commented', 'helper[bot]', true, []],
      ['commented', 'ada', false, []],
      ['reviewed', 'grace', false, ['review.first_response', 'review.approval']],
      ['review_commented', 'grace', false, []],
    ]);
  });

  test('takes an inline comment for a response when its review made it visible', () => {
    const events = [['review_commented', hours(1), { actor: '#2', id: '4', visibleAt: hours(5) }]] as const;

    expect(viewOf(aSubject({ events }, [aWait({ stage: 'review.first_response' })])).events.at(-1)?.ends).toEqual(['review.first_response']);
  });

  test('leaves out what is gone', () => {
    const subject = aSubject({ events: [['commented', hours(1), { actor: '#2', id: '1' }]] });
    const pullRequest = { ...subject.pullRequest, events: subject.pullRequest.events.map((event) => (event.kind === 'commented' ? { ...event, goneAt: hours(2) } : event)) };

    expect(viewOf({ ...subject, pullRequest }).events.map(({ kind }) => kind)).toEqual(['opened']);
  });

  test('names people, teams and things as what they are, and nobody where nobody is known', () => {
    const events = [
      ['review_requested', hours(1), { actor: '#1', target: '#2' }],
      ['review_requested', hours(2), { actor: '#1', target: '%makers' }],
      ['review_requested', hours(3), { actor: '#7', target: '#8' }],
      ['labeled', hours(4), { actor: '#1', label: 'bug' }],
    ] as const;

    expect(viewOf(aSubject({ events })).events.slice(1).map(({ actor, target, label }) => [actor, target, label])).toEqual([
      ['ada', 'grace', null],
      ['ada', 'makers', null],
      [null, null, null],
      ['ada', null, 'bug'],
    ]);
  });

  test('has a lane a wait, in order of start, then as the stages stand in the definitions', () => {
    const waits = [
      aWait({ stage: 'change.lead', outcome: 'merged' }),
      aWait({ stage: 'review.request_response', startedAt: hours(1), round: 2 }),
      aWait({ stage: 'review.first_response', endedAt: null, endedFrom: null, seconds: null, outcome: null }),
      aWait({ stage: 'review.request_response', startedAt: hours(1), outcome: 'removed' }),
    ];

    expect(viewOf(aSubject({}, waits)).lanes.map(({ stage, round, seconds, endedAsAsked }) => [stage, round, seconds, endedAsAsked])).toEqual([
      ['review.first_response', 1, 1234, false],
      ['change.lead', 1, 18_000, true],
      ['review.request_response', 1, 18_000, false],
      ['review.request_response', 2, 18_000, true],
    ]);
  });

  test('leads to its repository, to its events as CSV, and to GitHub where it is there', () => {
    const view = viewOf(aSubject({ number: 12 }));

    expect([view.repositoryHref, view.eventsCsvHref, view.githubHref]).toEqual(['/?scope=repository%3Aacme%2Fwidgets', '/pull-requests/acme/widgets/12?format=csv', 'https://github.com/acme/widgets/pull/12']);
    expect(subjectView({ frame: aFrame(), site: { ...SITE, githubUrl: null }, subject: aSubject({}) }).githubHref).toBeNull();
  });
});
