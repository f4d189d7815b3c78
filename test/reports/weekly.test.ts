import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '#src/config/policy.ts';
import { projectFile } from '#src/core/project-file.ts';
import { chosenSections, loadSections, type Sections } from '#reports/load-sections.ts';
import { mailHtml } from '#reports/mail.tsx';
import { mailText } from '#reports/mail-text.ts';
import { pictureData, pictureFile } from '#reports/picture-file.ts';
import type { ReportFacts } from '#reports/report-facts.ts';
import { weeklyReport, type WeeklyReport } from '#reports/weekly.ts';
import { SUBJECT_LENGTH, subjectLine } from '#reports/writing/subject-line.ts';
import { openBrowser } from '#test/support/browser.ts';
import { aWaitingItem, exampleFacts, FLOW, SENT_AT } from './example-facts.ts';

let sections: Sections;

beforeAll(async () => {
  sections = await loadSections();
});

function write(facts: Partial<ReportFacts> = {}, chosen: readonly string[] | null = null): WeeklyReport {
  return weeklyReport(exampleFacts(facts), chosenSections(sections, chosen));
}

const htmlOf = (report: WeeklyReport): Promise<string> => mailHtml(report, ({ id }) => `cid:${id}`);

describe('a weekly report', () => {
  test('says the same as the picture of the design, in plain text', () => {
    const text = mailText(write());

    expect(text).toBe(`The bottleneck is still Awaiting first response: 17.2 pull requests stand there on average (14.1–20.8).
38 % of all that stand. In the 12 weeks before it was 12.3; the rise is beyond noise. 8 more arrived than left.

STANDING ON AVERAGE
  Awaiting first response: 17.2 (14.1–20.8)
  Awaiting review: 8.9 (7.1–11.0)
  Author rework: 6.1 (4.9–7.5)
  Fixing pipeline: 3.4 (2.6–4.4)
  Pipeline running: 0.4 (0.3–0.5)
  Awaiting merge: 4.6 (3.5–5.9)
  Merge queue: 0.3 (0.2–0.4)
  Awaiting deploy approval: 1.2 (0.7–1.9)
  Awaiting deploy: 2.6 (2.0–3.3)
  https://narrows.example.com/?scope=team%3Apayments&to=2025-11-23

WAITS (12 weeks to 23 Nov)
  First response: 70 % have a first response within a day (66–74 %) [gap]. 8 points fewer than before (78 %), beyond noise. Half within 5.2 h (4.5–6.0). 12 % end without one. 21 wait now, the oldest for 31 d.
  Approval: 39 % have an approval within a day (35–43 %). No change beyond noise (41 % before). Half within 1.9 d (1.6–2.3). 17 % end without one. 47 wait now, the oldest for 44 d.
  Merge: 39 % are merged within a day (35–43 %). No change beyond noise (41 % before). Half within 1.9 d (1.6–2.3). 17 % end unmerged. 47 wait now, the oldest for 44 d.

WAITING LONGEST (working days)
  21.0  Rotate payout signing keys, payments-api #4021, first response, standing still: payments-reviewers
        https://narrows.example.com/pull-requests/saltmarsh/payments-api/4021
  13.0  Ledger: drop legacy currency column, ledger #918, first response: ledger-owners
        https://narrows.example.com/pull-requests/saltmarsh/ledger/918
   8.0  Settlement: split batch by region, payments-api #4077, first response: nobody was asked
        https://narrows.example.com/pull-requests/saltmarsh/payments-api/4077
   5.9  Retry webhooks with jitter, payments-api #4102, answer to a request, round 2: 1 person
        https://narrows.example.com/pull-requests/saltmarsh/payments-api/4102
   5.0  pull request #4103, payments-api #4103, first response: payments-reviewers
        https://narrows.example.com/pull-requests/saltmarsh/payments-api/4103

WHAT THESE FIGURES DO NOT SEE
  3 Nov to 5 Nov is incomplete for saltmarsh/payments-api: 41 of about 960 deliveries are missing.

--
Narrows · Payments · week 47, 17 Nov to 23 Nov 2025
Made on Monday 24 Nov 2025 08:00 (Europe/Berlin) because the policy names you as a recipient of Payments.
Weeks are those of Europe/Berlin. Intervals are 95 %.
Day, hour and sections stand in the policy file under teams.payments.recipients.
Unsubscribe: mailto:narrows@example.com?subject=Unsubscribe
`);
  });

  test('has below 500 words, opens with at most 25, and its HTML has below 27 KB', async () => {
    const report = write();

    const words = (text: string): number => text.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length;

    expect(words(mailText(report))).toBeLessThan(500);
    expect(words(report.sentence.map(({ text }) => text).join(''))).toBeLessThanOrEqual(25);
    expect(Buffer.byteLength(await htmlOf(report))).toBeLessThan(27 * 1024);
  });

  test('has every number of its text in its HTML, with pictures or without', async () => {
    const report = write();

    const html = (await htmlOf(report)).replace(/<[^>]*>/g, ' ').replaceAll(/&nbsp;|\u00A0/g, ' ');

    for (const number of ['17.2', '8.9', '2.6', '70 %', '66–74 %', '8 points fewer', '21.0', '5.9', '41 of about 960']) expect(html).toContain(number);
    const alternatives = [...(await htmlOf(report)).matchAll(/alt="([^"]*)"/g)].map(([, text]) => text);
    expect(alternatives).toHaveLength(4);
    expect(alternatives[0]).toContain('Awaiting review 8.9');
    expect(alternatives[1]).toContain('1\u00A0Sep 79\u00A0%');
  });

  test('names persons only where the policy says so', () => {
    expect(mailText(write())).not.toContain('alice');
    expect(mailText(write({ names: true }))).toContain('round 2: alice');
  });

  test('says nothing of what is not there', () => {
    const report = write({ flow: { ...FLOW, phases: [], bottleneck: [], n: 0, gaps: [] }, metrics: [], waiting: [] });

    expect(mailText(report).split('\n--')[0]).toBe('No pull request was open in these 12 weeks.\n');
    expect(report.pictures).toEqual([]);
    expect(report.subject).toBe('Payments, week 47: no pull request was open');
  });

  test('says where most stand, without a mark, where the figures name no bottleneck', () => {
    const report = write({ flow: { ...FLOW, bottleneck: [] } });

    expect(report.sentence).toEqual([{ isMarked: false, text: expect.stringContaining('Most stand in Awaiting first response: 17.2') }]);
  });

  test('names several bottlenecks that the figures do not tell apart', () => {
    const report = write({ flow: { ...FLOW, bottleneck: ['awaiting_first_response', 'awaiting_review'] } });

    expect(report.sentence.map(({ text }) => text).join('')).toBe('The bottleneck is Awaiting first response or Awaiting review; the figures do not tell them apart.');
  });

  test('has the sections that its recipient has chosen, in that order', () => {
    const text = mailText(write({}, ['waiting', 'waits']));

    expect(text.indexOf('WAITING LONGEST')).toBeLessThan(text.indexOf('WAITS ('));
    expect(text).not.toContain('STANDING ON AVERAGE');
  });
});

describe('the sections of a report', () => {
  test('are the files of their folder, each by its name, each in a place of its own', () => {
    const files = readdirSync(projectFile('reports/sections')).map((name) => name.replace(/\.tsx?$/, ''));

    expect([...sections.keys()]).toEqual(files.sort());
    expect(new Set([...sections.values()].map(({ place }) => place)).size).toBe(files.length);
  });

  test('may be chosen in the policy by their names, and by no other', () => {
    const policy = (section: string) => `teams: {payments: {recipients: [{mail: a@example.com, sections: [${section}]}]}}`;

    for (const name of sections.keys()) expect(parsePolicy(policy(name), 'policy', { sections: [...sections.keys()] }).teams[0]?.recipients[0]?.sections).toEqual([name]);
    expect(() => parsePolicy(policy('weather'), 'policy', { sections: [...sections.keys()] })).toThrow('weather');
  });
});

describe('the subject of a mail', () => {
  const reader = { zone: 'Europe/Berlin', nowAt: SENT_AT };

  test('names team and week first, and whether the bottleneck is the same', () => {
    expect(write().subject).toBe('Payments, week 47: bottleneck still Awaiting first response');
    expect(write({ bottleneckBefore: ['awaiting_review'] }).subject).toBe('Payments, week 47: bottleneck Awaiting first response');
  });

  test('says that it comes late', () => {
    const late = { ...exampleFacts().sending, at: Date.parse('2025-11-26T09:00:00+01:00'), isLate: true };

    expect(write({ sending: late }).subject).toBe('Payments (week 47, sent late on 26 Nov): bottleneck First response');
  });

  test('has at most 70 characters and one line, whatever a team is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (team, isLate) => {
        const subject = subjectLine({ team, weekNumber: 47, lateAt: isLate ? SENT_AT : null, topics: ['bottleneck still Awaiting first response', 'bottleneck still First response'] }, reader);
        expect(Array.from(subject).length).toBeLessThanOrEqual(SUBJECT_LENGTH);
        expect(subject).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(subject).toContain('week 47');
      }),
    );
  });
});

describe('content from outside', () => {
  const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\r\nBcc: all@example.com\u202Egnp.exe\u0000';

  test('is text and nothing else in the HTML, and one line without reordering in the text', async () => {
    const report = write({ team: { slug: 'payments', name: HOSTILE }, waiting: [aWaitingItem({ title: HOSTILE, waitsOn: [{ name: HOSTILE, kind: 'team' }] })] });

    const html = await htmlOf(report);
    const text = mailText(report);

    expect(html).not.toMatch(/<script|<img src=x|\u202E|(?![\n])\p{Cc}/u);
    expect(html).toContain('&lt;script&gt;');
    expect(text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    expect(text).not.toMatch(/\u202E|(?![\n])\p{Cc}/u);
    expect(report.subject).not.toMatch(/[\r\n\u202E]/);
  });

  test('runs nothing and breaks no layout in a browser, wide and light, narrow and dark', async () => {
    const report = write({ team: { slug: 'payments', name: HOSTILE }, waiting: [aWaitingItem({ title: `${HOSTILE}${'w'.repeat(300)}` })] });
    const html = await mailHtml(report, pictureData);
    const browser = await openBrowser();
    const seen: unknown[] = [];
    for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark'], [320, 'light']] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      page.on('dialog', () => seen.push('a dialog'));
      page.on('request', (request) => seen.push(...(request.url().startsWith('data:') ? [] : [request.url()])));
      await page.setContent(html);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const [ground, ink] = await page.evaluate<[string, string]>(
        '[getComputedStyle(document.querySelector("table.g")).backgroundColor, getComputedStyle(document.querySelector("h1")).color]',
      );
      seen.push([width, overflow, ground, ink]);
      await page.close();
    }
    await browser.close();

    expect(seen).toEqual([
      [1280, 0, 'rgb(255, 255, 255)', 'rgb(31, 35, 40)'],
      [390, 0, 'rgb(13, 17, 23)', 'rgb(230, 237, 243)'],
      [320, 0, 'rgb(255, 255, 255)', 'rgb(31, 35, 40)'],
    ]);
  }, 60_000);
});

describe('a picture of a mail', () => {
  test('is a PNG with a transparent ground, twice as dense as it is shown, and holds no text', () => {
    const [river] = write().pictures;
    if (river === undefined) throw new Error('there is no river');

    const png = pictureFile(river);

    expect(river.svg).not.toMatch(/<text|var\(--/);
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[25]]).toEqual([1104, 168, 6]);
  });
});
