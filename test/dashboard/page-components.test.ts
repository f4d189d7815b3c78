import { describe, expect, test } from '@jest/globals';
import { createElement } from 'react';

import { FlowPage } from '#src/dashboard/flow-page.tsx';
import { pullRequestPath, safeHref } from '#src/dashboard/links.ts';
import { renderPage } from '#src/dashboard/render-page.ts';
import { ReviewsPage } from '#src/dashboard/reviews-page.tsx';
import { readStylesheet, tokenRules } from '#src/dashboard/stylesheet.ts';
import { SubjectPage } from '#src/dashboard/subject-page.tsx';
import { weekGaps } from '#src/dashboard/week-gaps.ts';
import { exactDuration } from '#src/wording/exact-duration.ts';

import { OPEN_GAP } from './example-frame.ts';
import { FIRST_RESPONSE_WEEKS } from './example-figures.ts';
import { EXAMPLE_PAGES } from './example-pages.ts';
import { aLane, aSubjectView } from './example-subject.ts';
import { aFirstFlowView, aFirstReviewsView, aFlowView, aReviewsView } from './examples.ts';
import { HOSTILE_HREFS } from './hostile-views.ts';

const pages = Object.entries(EXAMPLE_PAGES).map(([name, page]) => [name, renderPage(page())] as const);

/** Start tags of a document; React writes every `>` of a value as an entity, so a tag ends at the first. */
const tagsOf = (html: string): readonly string[] => html.match(/<[a-z][^>]*>/gi) ?? [];

/** Names of the attributes of a start tag, values removed. */
const attributesOf = (tag: string): readonly string[] => [...tag.replace(/"[^"]*"/g, '""').matchAll(/\s([^\s=>/]+)/g)].map((match) => match[1] ?? '');

/** What a reader reads, tags removed, entities and no-break spaces made plain. */
function textOf(html: string): string {
  return html
    .replace(/<title>.*?<\/title>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00A0', ' ')
    .replace(/\s+/g, ' ');
}

describe.each(pages)('the page %s', (_, html) => {
  test('carries no style, no script and no handler, whatever it shows', () => {
    const names = new Set(tagsOf(html).flatMap(attributesOf));

    expect([...names].filter((name) => name === 'style' || /^on/i.test(name) || name === 'srcdoc')).toEqual([]);
    expect(tagsOf(html).filter((tag) => /^<(script|style|iframe|object|embed|base|img)\b/i.test(tag))).toEqual([]);
  });

  test('links to this site or to http addresses only', () => {
    const hrefs = tagsOf(html).flatMap((tag) => [...tag.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map((match) => match[1] ?? ''));

    expect(hrefs.length).toBeGreaterThan(0);
    expect(hrefs.filter((href) => !/^(?:\/(?![/\\])|[?#]|https?:\/\/)/.test(href))).toEqual([]);
    expect(hrefs.filter((href) => href.includes('evil'))).toEqual([]);
  });

  test('has one headline, a title, a language and no id twice', () => {
    const ids = tagsOf(html).flatMap((tag) => [...tag.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]));

    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(tagsOf(html).filter((tag) => /^<h1\b/.test(tag))).toHaveLength(1);
    expect(html).toMatch(/<title>[^<]+ · Narrows<\/title>/);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('reorders nothing and says no undefined, NaN, null or object', () => {
    const read = [textOf(html), ...html.matchAll(/<title>[^<]*|\s(?:aria-label|title)="[^"]*/g)].join(' ');

    expect(read).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(textOf(html)).not.toMatch(/\b(?:undefined|NaN|null|Infinity)\b|\[object/);
  });

  test('never calls a phase narrow', () => {
    expect(textOf(html).replaceAll(/Narrows|NARROWS_\w+|narrows (?:backfill|replay|config check)\b/g, '')).not.toMatch(/narrow/i);
  });
});

describe('a page', () => {
  test('shows a hostile title as the text it is', () => {
    const html = renderPage(createElement(SubjectPage, { view: aSubjectView({ title: '<img src=x onerror=alert(1)> & "co"' }) }));

    expect(html).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;</bdi>');
  });

  test('names a pull request without a title by its number', () => {
    expect(textOf(renderPage(createElement(SubjectPage, { view: aSubjectView({ title: null }) })))).toContain('Pull request #4187');
  });

  test('says the same numbers in the sentence, the picture’s words and the rows', () => {
    const html = renderPage(createElement(FlowPage, { view: aFlowView() }));

    expect(textOf(html)).toContain('The bottleneck is Awaiting first response : 17.2 pull requests stand there on average (14.1–20.8), 38 % of all.');
    expect(html.match(/>17\.2</g)).toHaveLength(2);
    expect(html).toContain('Pull requests that stand in each phase on average: Awaiting first response 17.2, Awaiting review 8.9,');
  });

  test('shows no interval, comparison or end that is not known, and no place left for one', () => {
    const flow = textOf(renderPage(createElement(FlowPage, { view: aFirstFlowView() })));
    const reviews = textOf(renderPage(createElement(ReviewsPage, { view: aFirstReviewsView() })));

    expect(`${flow} ${reviews}`).not.toMatch(/95 % interval|whisker|Against|before|End without|not known/);
    expect(reviews).toContain('75 % within');
  });

  test('lists the waits of what is withheld in place of an estimate', () => {
    const html = renderPage(createElement(ReviewsPage, { view: aReviewsView() }));

    expect(textOf(html)).toContain('payout-batch withheld: 9 waits, an estimate needs 10. Show the 9 waits');
  });

  test('says why there are no dots where no week has enough waits', () => {
    const weeks = aReviewsView().weeks.map((week) => ({ ...week, share: null, interval: null }));
    const [glance] = aFlowView().glances;
    const quiet = [renderPage(createElement(ReviewsPage, { view: aReviewsView({ weeks }) })), renderPage(createElement(FlowPage, { view: aFlowView({ glances: glance === undefined ? [] : [{ ...glance, weeks }] }) }))];

    expect(quiet.map((html) => textOf(html).includes('withheld: none of the 12 weeks has enough waits for an estimate.'))).toEqual([true, true]);
  });

  test('that is empty says so in a sentence and says what to do', () => {
    const html = renderPage(createElement(FlowPage, { view: aFlowView({ phases: [] }) }));

    expect(textOf(html)).toContain('No pull request was open in these 12 weeks. Choose a longer window or another scope above.');
  });

  test('carries scope and window on to the other pages', () => {
    const html = renderPage(createElement(FlowPage, { view: aFlowView() }));

    expect(html).toContain('href="/reviews?scope=team:payments&amp;weeks=12"');
    expect(html).toContain('aria-current="page"');
  });
});

describe('a timeline', () => {
  const opened = Date.parse('2025-11-03T08:12:00Z');

  test.each([
    ['a second', 1],
    ['three minutes', 180],
    ['a day', 86_400],
    ['seven weeks', 49 * 86_400],
    ['three years', 1_095 * 86_400],
  ])('of %s has ticks that do not crowd, and its length to the minute', (_, seconds) => {
    const endedAt = opened + seconds * 1000;
    const view = aSubjectView({ openedAt: opened, endedAt, stays: [{ phase: 'awaiting_review', enteredAt: opened, leftAt: endedAt }], lanes: [aLane({ stage: 'change.lead', startedAt: opened, endedAt, seconds })], offHours: [], events: [] });

    const html = renderPage(createElement(SubjectPage, { view }));
    const words = [...(/<div class="track-wide">.*?<\/div>/s.exec(html)?.[0] ?? '').matchAll(/<text x="([\d.]+)%"/g)].map((match) => Number(match[1]));

    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThanOrEqual(12);
    expect(words.every((x, index) => index === 0 || x - (words[index - 1] ?? 0) > 3)).toBe(true);
    expect(html).toContain(exactDuration(seconds));
  });

  test('begins where the wait did, however long before the opening its coding began', () => {
    const view = aSubjectView();
    const coding = aLane({ stage: 'change.coding', startedAt: view.openedAt - 40 * 86_400_000, endedAt: view.openedAt, seconds: 40 * 86_400 });

    const html = renderPage(createElement(SubjectPage, { view: { ...view, lanes: [coding, ...view.lanes] } }));

    expect(html).toContain('40\u00A0d 0\u00A0h 0\u00A0min');
    expect(html).toContain('Mon\u00A03\u00A0Nov</text>');
  });
});

describe('links', () => {
  test.each(HOSTILE_HREFS)('%j is no address to follow', (href) => {
    expect(safeHref(href)).toBeNull();
  });

  test.each(['/', '/reviews?scope=team:a', '?sort=-n', '#content', 'https://github.com/o/n/pull/1'])('%j is', (href) => {
    expect(safeHref(href)).toBe(href);
  });

  test('to a pull request keep its name in its place', () => {
    expect([pullRequestPath('saltmarsh/payments-api', 4187), pullRequestPath('a/../b?c', 1)]).toEqual(['/pull-requests/saltmarsh/payments-api/4187', '/pull-requests/a/..%2Fb%3Fc/1']);
  });
});

describe('the style sheet', () => {
  const { path, text } = readStylesheet();

  test('has a digest of its text in its name', () => {
    expect(path).toMatch(/^\/assets\/narrows-[0-9a-f]{12}\.css$/);
    expect(readStylesheet().path).toBe(path);
  });

  test('names colours by token only, in both themes, light on paper', () => {
    const rules = text.slice(tokenRules().length);

    expect(rules.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull();
    expect(text).toContain('@media screen and (prefers-color-scheme:dark)');
    expect(text).toContain('--mark:#d4581a;');
    expect(text).toContain('--mark:#e5752f;');
  });

  test('loads nothing from elsewhere', () => {
    expect(text).not.toMatch(/@import|url\(|@font-face/);
  });

  test('knows every class that a page uses, and every token that it names', () => {
    const classes = new Set(pages.flatMap(([, html]) => tagsOf(html)).flatMap((tag) => /\sclass="([^"]*)"/.exec(tag)?.[1]?.split(/\s+/) ?? []));
    const unknown = [...classes].filter((name) => name !== '' && !new RegExp(`\\.${name}(?![\\w-])`).test(text));
    const tokens = new Set([...text.matchAll(/var\(--([a-z-]+)\)/g)].map((match) => match[1] ?? ''));

    expect(unknown).toEqual([]);
    expect([...tokens].filter((name) => name !== 'side' && !tokenRules().includes(`--${name}:`))).toEqual([]);
  });
});

describe('gaps on weeks', () => {
  test('hatch the whole weeks they touch, joined, and healed ones none', () => {
    const weeks = FIRST_RESPONSE_WEEKS;

    expect(weekGaps(weeks, [OPEN_GAP])).toEqual([{ from: 9, to: 10 }]);
    expect(weekGaps(weeks, [{ ...OPEN_GAP, toAt: null }])).toEqual([{ from: 9, to: 12 }]);
    expect(weekGaps(weeks, [{ ...OPEN_GAP, state: 'healed' }])).toEqual([]);
    expect(weekGaps(weeks, [OPEN_GAP, { ...OPEN_GAP, state: 'before-history', fromAt: 0, toAt: weeks[1]?.toAt ?? 0 }])).toEqual([{ from: 0, to: 2 }, { from: 9, to: 10 }]);
  });

  test('that end where a week begins do not touch it', () => {
    expect(weekGaps(FIRST_RESPONSE_WEEKS, [{ ...OPEN_GAP, fromAt: 0, toAt: FIRST_RESPONSE_WEEKS[0]?.fromAt ?? 0 }])).toEqual([]);
  });
});
