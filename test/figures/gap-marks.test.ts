import { Writable } from 'node:stream';
import { Command as CommanderCommand } from 'commander';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { App } from '#src/app.ts';
import type { Command, Terminal } from '#src/commands/contract/command.ts';
import explain from '#src/commands/explain.ts';
import show from '#src/commands/show.ts';
import statusCommand from '#src/commands/status.ts';
import { isoWeekOf } from '#src/core/iso-week.ts';
import type { CollectionGap } from '#src/domain/completeness.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import { chosenSections, loadSections } from '#reports/load-sections.ts';
import { mailText } from '#reports/mail-text.ts';
import { readReportFacts } from '#reports/read-facts.ts';
import { weeklyReport } from '#reports/weekly.ts';
import { openReadingSite, READ_AT, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

const DAY = 86_400_000;

/** The recording names no ids. */
const REPOSITORY = 'name:bitcoin-core/gui';

let site: ReadingSite;

beforeEach(async () => {
  site = await openReadingSite([await recordedImport()], 'teams: { gui: { name: GUI, repositories: [bitcoin-core/gui] } }');
});

afterEach(() => site.close());

/** Plants a gap of 1 to 2 November 2026. */
async function plant(rest: Partial<CollectionGap> = {}): Promise<void> {
  const store = await site.app.store();
  const fromAt = Date.UTC(2026, 10, 1);
  await store.completenessWriter.open([
    { id: 'planted', repositoryId: REPOSITORY, kind: 'reviews', fromAt, toAt: fromAt + 2 * DAY, missing: 3, expected: 40, reason: 'Somebody took them away.', foundAt: READ_AT, ...rest },
  ]);
}

const SENTENCE = '1 Nov to 2 Nov is incomplete for bitcoin-core/gui: 3 of about 40 reviews are missing.';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

/** A command run at the site's own terminal. */
async function run(command: Command, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  let text = '';
  let code: number | null = null;
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const app: App = { ...site.app, close: () => Promise.resolve() };
  const terminal: Terminal = { out, err: out, openApp: () => Promise.resolve(app) };
  const cli = new CommanderCommand().exitOverride();
  command.configure(cli, async (action) => void (code = await action()), terminal);
  await cli.parseAsync(words, { from: 'user' });
  return { code, text: plain(text) };
}

async function mail(): Promise<string> {
  const week = isoWeekOf(READ_AT - 7 * DAY, 'UTC');
  const sending = { at: READ_AT, zone: 'UTC', isLate: false, unsubscribe: null };
  const links = { flow: null, waiting: null, pullRequest: () => 'https://example.com' };
  const facts = await readReportFacts(site.figures, { viewer: site.app.operator, team: { slug: 'gui', name: 'GUI' }, week, names: false, links, sending });
  return plain(mailText(weeklyReport(facts, chosenSections(await loadSections(), null))));
}

async function page(address: string): Promise<string> {
  return (await request(await site.serve()).get(address).expect(200)).text;
}

const wordsOf = (html: string): string => plain(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

describe('an open gap', () => {
  test('is carried by every figure whose window touches it: API, pages, mail and terminal', async () => {
    await plant();
    const server = await site.serve();

    const gap = { repository: 'bitcoin-core/gui', from: '2026-11-01T00:00:00Z', to: '2026-11-03T00:00:00Z', state: 'open', kind: 'reviews', missing: 3, expected: 40, reason: 'Somebody took them away.' };
    for (const { id } of site.figures.metrics()) expect([id, (await request(server).get(`/api/v1/metrics/${id}`).expect(200)).body.figure.gaps]).toEqual([id, [gap]]);
    expect((await request(server).get('/api/v1/phases').expect(200)).body.gaps).toEqual([gap]);
    expect((await request(server).get('/api/v1/completeness').expect(200)).body.gaps).toEqual([gap]);
    for (const address of ['/', '/reviews', '/waits?stage=review.approval', '/stays?stock=awaiting_review', '/data-quality']) expect([address, wordsOf(await page(address))]).toEqual([address, expect.stringContaining(SENTENCE)]);
    expect((await page('/reviews')).match(/class="gap-mark"/g)?.length).toBeGreaterThan(0);
    expect(await mail()).toContain(SENTENCE);
    expect((await mail()).match(/\[gap\]/g)).toHaveLength(3);
    const printed = (await run(show)).text;
    expect(printed.match(/\[gap\]/g)).toHaveLength(site.figures.metrics().length + 1);
    expect(printed).toContain(SENTENCE);
    expect(JSON.parse((await run(show, '--json')).text).metrics[0].gaps).toEqual([gap]);
  });

  test('is carried by no figure whose window lies beside it', async () => {
    await plant();
    const server = await site.serve();

    for (const window of ['from=2026-11-03&to=2026-11-10', 'from=2026-09-01&to=2026-11-01']) {
      expect((await request(server).get(`/api/v1/metrics/review.first_response?${window}`).expect(200)).body.figure.gaps).toEqual([]);
      expect((await request(server).get(`/api/v1/phases?${window}`).expect(200)).body.gaps).toEqual([]);
    }
    expect((await run(show, '--to', '2026-11-01')).text).not.toContain('gap');
  });

  test('of pushes is carried by what rests on pushes alone', async () => {
    const store = await site.app.store();
    const lost = { guid: 'g', event: 'push', deliveredAt: Date.UTC(2026, 10, 2), repositoryId: REPOSITORY, isRedelivery: false, attemptId: '1', askedAt: null, asks: 0, reason: 'It did not arrive.' };
    await store.healing.record({ logged: [lost], missing: [lost], healed: [], at: READ_AT });
    const server = await site.serve();

    const marked: string[] = [];
    for (const { id } of site.figures.metrics()) if ((await request(server).get(`/api/v1/metrics/${id}`).expect(200)).body.figure.gaps.length > 0) marked.push(id);

    expect(marked).toEqual(['review.rework']);
    expect((await request(server).get('/api/v1/phases').expect(200)).body.gaps).toHaveLength(1);
  });

  test('of one pull request is named where that one is taken apart, and of another is not', async () => {
    await plant({ id: `reviews:${REPOSITORY}#29` });
    const figure = await site.figures.subject(site.app.operator, 'bitcoin-core/gui', 29);
    const other = await site.figures.subject(site.app.operator, 'bitcoin-core/gui', 60);

    expect([figure?.gaps.length, other?.gaps.length]).toEqual([1, 0]);
    expect((await run(explain, 'bitcoin-core/gui#29')).text).toContain(SENTENCE);
    expect(wordsOf(await page('/pull-requests/bitcoin-core/gui/29'))).toContain(SENTENCE);
  });

  test('that is healed marks nothing, and stands on the page of data quality as healed', async () => {
    await plant();
    const store = await site.app.store();
    await store.completenessWriter.heal(['planted'], READ_AT);

    expect(await mail()).not.toContain('gap');
    expect((await run(show)).text).not.toContain('gap');
    expect(wordsOf(await page('/'))).not.toContain('incomplete');
    expect(wordsOf(await page('/data-quality'))).toContain('1 Nov to 2 Nov was incomplete for bitcoin-core/gui: healed from the API.');
  });
});

test('a window that reaches back before collected history says so everywhere', async () => {
  const store = await site.app.store();
  await store.completenessWriter.beginHistory(REPOSITORY, 'pull_requests', Date.UTC(2026, 9, 12));
  const sentence = 'Collected since 12 Oct; nothing is known before in bitcoin-core/gui.';
  const server = await site.serve();

  expect((await request(server).get('/api/v1/phases').expect(200)).body.gaps).toMatchObject([{ state: 'before-history', to: '2026-10-12T00:00:00Z', kind: null }]);
  expect((await request(server).get('/api/v1/phases?from=2026-10-12').expect(200)).body.gaps).toEqual([]);
  expect(wordsOf(await page('/reviews'))).toContain(sentence);
  expect(await mail()).toContain(sentence);
  expect((await run(show)).text).toContain(sentence);
  expect(await run(statusCommand)).toMatchObject({ code: 0, text: expect.stringContaining(sentence) });
});

describe('narrows status', () => {
  test('says what is missing, why and what to do, and ends with 1 while something is', async () => {
    await plant();

    const { code, text } = await run(statusCommand);

    expect(code).toBe(1);
    expect(text).toContain(SENTENCE);
    expect(text).toContain('Somebody took them away.');
    expect(text).toContain('→ If the facts lost it: narrows replay');
    expect(JSON.parse((await run(statusCommand, '--json')).text)).toMatchObject({ is_complete: false, gaps: [{ state: 'open', kind: 'reviews', missing: 3 }] });
  });

  test('ends with 0 when nothing is, and shows what is collected and how far behind it is', async () => {
    const store = await site.app.store();
    await store.collection.putInstallations([{ id: '1', account: 'bitcoin-core', accountType: 'Organization', state: 'suspended', stateAt: READ_AT - DAY, permissions: { pull_requests: 'read' }, events: [] }]);
    await store.collection.putRepositories([{ id: '7', nodeId: 'R_7', fullName: 'bitcoin-core/gui', installationId: '1', state: 'active', stateAt: READ_AT }]);
    await store.collection.putProgress({ repositoryId: '7', kind: 'pull_requests', cursor: 'x', done: 300, total: 519, collectedFromAt: Date.UTC(2025, 7, 12), wantedFromAt: null, isDone: false, sweptUntilAt: READ_AT - 4 * 60_000 });
    await store.healing.checked(READ_AT - 3 * 60_000, 0);

    const { code, text } = await run(statusCommand);

    expect(code).toBe(0);
    expect(text).toContain('The deliveries log of GitHub was compared 3.0 min ago.');
    expect(text).toContain('Installation bitcoin-core: suspended since 2026-11-17T12:00:30Z');
    expect(text).toMatch(/bitcoin-core\/gui +active +300 of 519 +2025-08-12 +4\.0 min ago/);
    expect(text).toContain('No gap is open.');
    const [flow, reviews] = [wordsOf(await page('/')), await page('/reviews?weeks=26')];
    expect(flow).toContain('0 of 1 repository, back to 12 Aug 2025; figures so far are marked.');
    expect(reviews).toContain('href="/reviews?weeks=26">Refresh');
    expect((await site.figures.certificate({ viewer: site.app.operator, scope: ORGANIZATION, window: { fromAt: READ_AT - DAY, toAt: READ_AT } }))?.lag).toEqual({ logCheckedUntilAt: READ_AT - 180_000, sweptUntilAt: READ_AT - 240_000, repositories: 1, neverSwept: 0 });
  });
});
