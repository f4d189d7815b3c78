import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Figures } from '#src/domain/figures.ts';
import { stockText } from '#src/wording/number-text.ts';
import { shareText } from '#src/wording/share-text.ts';
import { openReadingSite, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

let site: ReadingSite;
let server: Server;

beforeAll(async () => {
  site = await openReadingSite([await recordedImport()], 'teams: { gui: { name: Gooey, repositories: [bitcoin-core/gui] } }');
  server = await site.serve();
});

afterAll(() => site.close());

const PAGES = ['/', '/reviews', '/waits?stage=review.first_response', '/stays?stock=awaiting_review', '/pull-requests/bitcoin-core/gui/29'];

/** The text of a page without its tags. */
function textOf(html: string): string {
  return html
    .replace(/<(?:svg|head)\b.*?<\/(?:svg|head)>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replace(/[ \n]+/g, ' ');
}

/** The addresses that a page links to, as a browser reads them. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&').replaceAll('&#x27;', "'"));
}

describe('every page', () => {
  test.each([...PAGES, '/nothing', '/?weeks=0'])('%s runs nothing, loads nothing from elsewhere and tells nobody where its reader was', async (address) => {
    const { headers, text } = await request(server).get(address);

    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      vary: 'Authorization, Cookie',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(text).toMatch(/^<!doctype html><html lang="en">/);
    expect(text).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|<iframe|<object|<embed|<base\b/i);
    expect([...text.matchAll(/<(?:link|img|source|use|image)\b[^>]*?\b(?:href|src)="([^"]*)"/g)].map(([, href]) => href)).toEqual([expect.stringMatching(/^\/assets\/narrows-[0-9a-f]{12}\.css$/)]);
  });

  test.each(PAGES)('%s is not sent again to whoever has it, within the minute', async (address) => {
    const first = await request(server).get(address).expect(200);
    site.clock.set(site.clock.now() + 20_000);

    const again = await request(server).get(address).set('if-none-match', first.get('etag')!);

    site.clock.set(site.clock.now() - 20_000);
    expect([again.status, again.text]).toEqual([304, '']);
    expect(again.get('cache-control')).toBe('private, no-cache');
  });

  test.each(PAGES)('%s answers HEAD with the headers alone, and no other method', async (address) => {
    const get = await request(server).get(address).expect(200);
    const head = await request(server).head(address).expect(200);
    const post = await request(server).post(address);

    expect([head.text, head.get('etag'), head.get('content-length')]).toEqual([undefined, get.get('etag'), get.get('content-length')]);
    expect([post.status, post.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('wears the style sheet, which may be kept for ever; one of another digest does not exist', async () => {
    const href = /href="(\/assets\/[^"]+)"/.exec((await request(server).get('/')).text)![1]!;

    const sheet = await request(server).get(href);
    const other = await request(server).get('/assets/narrows-000000000000.css');

    expect([sheet.status, sheet.type, sheet.get('cache-control'), sheet.get('vary')]).toEqual([200, 'text/css', 'public, max-age=31536000, immutable', undefined]);
    expect(sheet.text).toContain('--water:');
    expect([other.status, other.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

describe('following the links', () => {
  test('from Flow on, every link of every page leads to a page or to a table', async () => {
    const seen = new Set<string>();
    const waiting = ['/?scope=team%3Agui&weeks=52'];
    const kinds = new Map<string, number>();

    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const kind = address.replace(/\?.*/, '').replace(/\/\d+$/, '/N');
      if (seen.has(address) || (kinds.get(kind) ?? 0) >= 8) continue;
      seen.add(address);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const answer = await request(server).get(address);
      expect([address, answer.status]).toEqual([address, 200]);
      if (answer.type === 'text/html') waiting.push(...linksOf(answer.text).filter((href) => href.startsWith('/')).map((href) => href.replace(/#.*/, '')));
    }

    expect([...kinds.keys()].sort()).toEqual(['/', '/data-quality', '/pull-requests/bitcoin-core/gui/N', '/reviews', '/stays', '/waits']);
    expect(seen.size).toBeGreaterThan(30);
  }, 60_000);

  test('scope and window are carried on by every link between pages of figures', async () => {
    const asked = 'scope=team%3Agui&weeks=26&to=2026-10-11';

    for (const address of [`/?${asked}`, `/reviews?${asked}`, `/data-quality?${asked}`, `/waits?stage=review.approval&${asked}`, `/stays?stock=drafts&${asked}`]) {
      const links = linksOf((await request(server).get(address).expect(200)).text).filter((href) => /^\/(?:reviews|waits|stays|data-quality)?(?:\?|$)/.test(href));

      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        const query = new URLSearchParams(link.slice(link.indexOf('?')));
        expect([link, query.get('weeks'), query.get('to')]).toEqual([link, '26', '2026-10-11']);
        expect([link, query.get('scope')]).toEqual([link, expect.stringMatching(/^(?:team:gui|repository:bitcoin-core\/gui)$/)]);
      }
    }
  });

  test('two clicks lead from a figure to a pull request', async () => {
    const flow = (await request(server).get('/?weeks=26')).text;
    const stays = linksOf(flow).find((href) => href.startsWith('/stays?stock=awaiting_review'))!;

    const subject = linksOf((await request(server).get(stays)).text).find((href) => href.startsWith('/pull-requests/'))!;

    expect((await request(server).get(subject)).text).toContain('Timeline');
  });
});

describe('a page', () => {
  test('says the same numbers as the API', async () => {
    const { body: flow } = await request(server).get('/api/v1/phases?weeks=26').expect(200);
    const { body: response } = await request(server).get('/api/v1/metrics/review.first_response?weeks=26').expect(200);

    const page = textOf((await request(server).get('/?weeks=26').expect(200)).text);
    const reviews = textOf((await request(server).get('/reviews?weeks=26').expect(200)).text);
    const waits = textOf((await request(server).get('/waits?stage=review.first_response&weeks=26').expect(200)).text);

    for (const { standing } of flow.phases) expect(page).toContain(` ${stockText(standing.value)} `);
    expect(page).toContain(`${stockText(flow.entering_per_week)} enter a week`);
    const day = shareText(response.figure.within[1].share.value);
    expect(reviews).toContain(`${day} of the pull requests have a first response within a day`);
    expect(waits).toContain(`${day} of the pull requests have a first response within a day`);
    expect(waits).toContain(response.explanation.method);
  });

  test('names scope and window in its bar, pinned in the link that lasts', async () => {
    const { text } = await request(server).get('/reviews?scope=team:gui&weeks=4').expect(200);

    expect(text).toContain('<option value="team:gui" selected="">Gooey</option>');
    expect(text).toMatch(/<option value="4" selected="">4\u00A0weeks to 15\u00A0Nov<\/option>/);
    expect(linksOf(text)).toContain('/reviews?scope=team%3Agui&weeks=4&to=2026-11-15');
    expect(linksOf(text)).toContain('/reviews?format=csv&scope=team%3Agui&weeks=4');
  });

  test('whose end is a day shows that day as its last', async () => {
    const sunday = (await request(server).get('/?to=2026-10-11').expect(200)).text;
    const tuesday = (await request(server).get('/?to=2026-10-13').expect(200)).text;
    const future = (await request(server).get('/?to=2030-01-01').expect(200)).text;

    expect(sunday).toMatch(/12\u00A0weeks to 11\u00A0Oct/);
    expect(tuesday).toMatch(/12\u00A0weeks to 11\u00A0Oct/);
    expect(future).toMatch(/12\u00A0weeks to 15\u00A0Nov/);
  });

  test('of a window in which nothing happened says so and stands', async () => {
    for (const [address, words] of [
      ['/?to=2015-01-04', 'No pull request was open in these 12\u00A0weeks.'],
      ['/reviews?to=2015-01-04', 'No review was waited for in these 12\u00A0weeks.'],
      ['/waits?stage=review.rework&to=2015-01-04', 'Nothing waited between'],
      ['/stays?stock=awaiting_review&to=2015-01-04', 'Nothing stood there between'],
    ] as const) {
      expect(textOf((await request(server).get(address).expect(200)).text)).toContain(words);
    }
  });

  test('lists fifty and leads on, until all were shown once', async () => {
    const numbers: string[] = [];
    let pages = 0;
    for (let address: string | undefined = '/waits?stage=review.approval&weeks=52'; address !== undefined; pages += 1) {
      const { text }: request.Response = await request(server).get(address).expect(200);
      numbers.push(...linksOf(text).flatMap((href) => /^\/pull-requests\/bitcoin-core\/gui\/(\d+)$/.exec(href)?.[1] ?? []));
      address = linksOf(text).find((href) => href.includes('cursor='));
    }
    const csv = (await request(server).get('/waits?stage=review.approval&weeks=52&format=csv').expect(200)).text.split('\r\n').slice(1, -1);

    expect(pages).toBe(Math.ceil(csv.length / 50));
    expect(pages).toBeGreaterThan(2);
    expect(numbers).toEqual(csv.map((line) => /#(\d+),/.exec(line)![1]));
  });
});

describe('a table as CSV', () => {
  test.each([
    ['/?format=csv', 'phases.csv', 'phase,standing,standing_low,standing_high,share,arrivals_per_week,departures_per_week,net_arrivals', 5],
    ['/reviews?format=csv', 'reviews.csv', 'metric,scope,from,to,n,finished,still_waiting,oldest_seconds,within_4h,within_4h_low,within_4h_high,', 4],
    ['/waits?format=csv&stage=review.rework&weeks=52', 'waits.csv', 'stage,subject,repository,round,waits_on,started_at,started_from,ended_at,ended_from,paused_seconds,seconds,outcome', null],
    ['/stays?format=csv&stock=awaiting_review&weeks=52', 'stays.csv', 'repository,number,phase,entered_at,left_at,counted_seconds', null],
    ['/data-quality?format=csv&weeks=52', 'data-quality.csv', 'repository,kind,from,to,expected,stored,healed,open_gaps', null],
    ['/pull-requests/bitcoin-core/gui/29?format=csv', 'events.csv', 'repository,number,event,event_id,actor,at,at_from,state,target,sha', null],
  ])('%s', async (address, file, header, rows) => {
    const answer = await request(server).get(address).expect(200);
    const lines = answer.text.split('\r\n');

    expect([answer.type, answer.get('content-disposition')]).toEqual(['text/csv', `attachment; filename=${file}`]);
    expect(lines[0]).toMatch(new RegExp(`^${header.replaceAll('.', '\\.')}`));
    expect(lines.at(-1)).toBe('');
    if (rows !== null) expect(lines).toHaveLength(rows + 2);
    else expect(lines.length).toBeGreaterThan(10);
  });
});

describe('a request that cannot be answered', () => {
  test.each([
    ['/?weeks=0', 'The parameter weeks is "0", which is not a whole number from 1 to 520.'],
    ['/?scope=gui', 'The parameter scope is "gui", which is not "organization", "team:" with a slug or "repository:" with owner/name.'],
    ['/?to=23.11.2025', 'The parameter to is "23.11.2025", which is not a day such as 2025-11-23.'],
    ['/?to=2025-11-23T00:00:00Z', 'The parameter to is "2025-11-23T00:00:00Z", which is not a day such as 2025-11-23.'],
    ['/?against=never', 'The parameter against is "never", which is not before or year.'],
    ['/?format=pdf', 'The parameter format is "pdf", which is not csv.'],
    ['/?week=4', 'The parameter "week" is not known. Did you mean "weeks"?'],
    ['/reviews?scope=organization&scope=team:gui', 'The parameter scope is given more than once: give it once.'],
    ['/waits', 'The parameter stage is missing: it is one of change.coding, '],
    ['/waits?stage=toString', 'The parameter stage is "toString": it is one of change.coding, '],
    ['/stays?stock=ended', 'The parameter stock is "ended": it is one of awaiting_first_response, '],
    ['/waits?stage=review.approval&cursor=%22%3E', 'The parameter cursor is "\\"&gt;", which no page of this list leads to.'],
    ['/pull-requests/bitcoin-core/gui/29?weeks=4', 'The parameter "weeks" is not known. There are format.'],
    ['/pull-requests/%E0/gui/29', 'The address has a part that is not UTF-8 in percent encoding.'],
  ])('%s says what is wrong with it', async (address, words) => {
    const answer = await request(server).get(address);

    expect([answer.status, answer.get('cache-control')]).toEqual([400, 'no-store']);
    expect(textOf(answer.text).replaceAll('&quot;', '"')).toContain(words);
  });

  test('a choice of the form that was not made is none', async () => {
    const { text } = await request(server).get('/?scope=&weeks=12&against=').expect(200);

    expect(linksOf(text)).toContain('/reviews');
  });

  test('an address with a comparison stays good though nothing is compared yet', async () => {
    await request(server).get('/?scope=team:gui&to=2026-10-11&weeks=12&against=before').expect(200);
  });

  test.each(['/nothing', '/reviews/', '/Reviews', '/pull-requests/bitcoin-core/gui', '/pull-requests/bitcoin-core/gui/0', '/pull-requests/bitcoin-core/gui/1e3', '/pull-requests/bitcoin-core/gui/99999999999999999999', '/pull-requests/bitcoin-core/gui/29/x', '/?scope=team:nobody', '/assets/', '/..%2f..%2fetc/passwd', '/index.php'])(
    '%s is not yours or not there, in one and the same page',
    async (address) => {
      const missing = await request(server).get('/nothing');

      const answer = await request(server).get(address);

      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    },
  );

  test('a page that cannot be made gives a reference that finds the cause in the log, and nothing of the cause', async () => {
    const broken = await site.serve({ figures: brokenFigures(site.figures) });
    const before = site.logged.length;

    const answer = await request(broken).get('/');

    const reference = /Reference ([0-9a-f-]{36})\./.exec(textOf(answer.text))?.[1];
    expect([answer.status, answer.get('cache-control')]).toEqual([500, 'no-store']);
    expect(answer.text).not.toContain('disk on fire');
    const lines = site.logged.slice(before).map((line) => JSON.parse(line));
    expect(lines).toEqual([expect.objectContaining({ level: 'error', reference, path: '/', msg: 'a page could not be made' })]);
    expect(lines[0].err.message).toBe('the disk on fire at /var/secret');
  });

  test('an answer of the API that breaks its own promise is not sent', async () => {
    const lying = await site.serve({ figures: { ...bound(site.figures), flow: async (question) => ({ ...(await site.figures.flow(question))!, now: -1 }) } });
    const before = site.logged.length;

    const answer = await request(lying).get('/api/v1/phases');

    expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
    expect(JSON.parse(site.logged.slice(before).join('')).err.message).toContain('"now"');
  });
});

/** Figures of which each works by itself. */
function bound(figures: Figures): Figures {
  return new Proxy(figures, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    ownKeys: (target) => Object.getOwnPropertyNames(Object.getPrototypeOf(target)).filter((name) => name !== 'constructor'),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

function brokenFigures(figures: Figures): Figures {
  return { ...bound(figures), flow: () => Promise.reject(new Error('the disk on fire at /var/secret')) };
}
