import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { storableText } from '#src/core/text.ts';
import { size } from '#test/support/figures.ts';
import { openReadingSite, READ_AT } from '#test/support/reading-site.ts';
import { aPerson, reviewStory, type StoryInShort } from '#test/support/review-story.ts';
import { HOSTILE_TEXTS } from './hostile-views.ts';

const PAGES = ['/?weeks=2', '/reviews?weeks=2', '/waits?stage=review.first_response&weeks=2', '/waits?stage=review.request_response&weeks=2', '/stays?stock=awaiting_review&weeks=2', '/pull-requests/acme/widgets/1'];

const API = ['/api/v1/waits?from=2026-01-01', '/api/v1/stays?from=2026-01-01', '/waits?stage=review.request_response&weeks=2&format=csv', '/pull-requests/acme/widgets/1?format=csv'];

/** Text as GitHub may hold it, and as whoever wants to break out of a page writes it. */
const foreignText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS, '</bdi><script>', '<!--', ']]>', '"', "'", '\r\nSet-Cookie: a=b', '=HYPERLINK("https://evil.example")', '{"a":1}', '\u2028', '\uD800'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom('<', '>', '"', "'", '&', '/', '\\', '`', '=', ' ', '\n', '\u0000', '\u202E', 'a', 'é', '🙂', '&lt;', '&#x27;', '<!--', '-->', 'javascript:'), { maxLength: 12 }).map((parts) => parts.join('')),
);

/** A login that belongs to nobody else and ends like no machine's. */
const login = (prefix: string): fc.Arbitrary<string> => foreignText.map((text) => `${prefix}${text}.`);

const story = fc.record({ title: foreignText, author: login('a'), reviewer: login('r'), asked: login('q'), team: login('t'), label: foreignText, milestone: foreignText });

type Texts = typeof story extends fc.Arbitrary<infer T> ? T : never;

const PLAIN: Texts = { title: 'A title', author: 'ada', reviewer: 'grace', asked: 'linus', team: 'makers', label: 'a label', milestone: 'a milestone' };

function storyOf({ author, reviewer, asked, ...texts }: Texts): StoryInShort {
  return { ...texts, author: aPerson(author, 11), reviewer: aPerson(reviewer, 12), asked: aPerson(asked, 13) };
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What an installation answers that knows one pull request with these texts, persons named. */
async function answersWith(texts: Texts): Promise<Map<string, Answered>> {
  const site = await openReadingSite([{ lines: [reviewStory(storyOf(texts))], repository: 'acme/widgets', takenAt: READ_AT }], 'names: true');
  try {
    const server = await site.serve();
    const answers = new Map<string, Answered>();
    for (const address of [...PAGES, ...API]) answers.set(address, await request(server).get(address));
    return answers;
  } finally {
    await site.close();
  }
}

/** A page without its words: its tags in order, with the names of their attributes. */
function skeletonOf(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z0-9!]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(([, name, attributes]) => `${name!} ${(attributes ?? '').replaceAll(/="[^"]*"/g, '')}`);
}

function headersOf({ headers }: Answered): Record<string, string> {
  const { etag: _etag, date: _date, 'content-length': _length, ...rest } = headers;
  return rest;
}

describe('whatever GitHub holds as a title, a login, a team, a label or a milestone', () => {
  test('changes words on a page and nothing else: no tag, no attribute, no header', async () => {
    const plain = await answersWith(PLAIN);
    expect(skeletonOf(plain.get(PAGES.at(-1)!)!.text).length).toBeGreaterThan(100);

    await fc.assert(
      fc.asyncProperty(story, async (texts) => {
        const answers = await answersWith(texts);

        for (const address of PAGES) {
          const [hostile, harmless] = [answers.get(address)!, plain.get(address)!];
          expect([address, hostile.status, headersOf(hostile)]).toEqual([address, 200, headersOf(harmless)]);
          expect([address, skeletonOf(hostile.text)]).toEqual([address, skeletonOf(harmless.text)]);
          expect([address, hostile.text.replaceAll(/<[^<>]*>/g, '').match(/[<>]/g)]).toEqual([address, null]);
        }
      }),
      { numRuns: size(12, 150) },
    );
  });

  test('comes out of the API as it went in, and changes neither headers nor rows', async () => {
    const plain = await answersWith(PLAIN);

    await fc.assert(
      fc.asyncProperty(story, async (texts) => {
        const answers = await answersWith(texts);

        for (const address of API) expect([address, answers.get(address)!.status, headersOf(answers.get(address)!)]).toEqual([address, 200, headersOf(plain.get(address)!)]);
        const { waits }: { waits: { stage: string; title: string; waits_on: string | null }[] } = JSON.parse(answers.get(API[0]!)!.text);
        expect(new Set(waits.map(({ title }) => title))).toEqual(new Set([storableText(texts.title)]));
        const asked = waits.filter(({ stage }) => stage === 'review.request_response').map((wait) => wait.waits_on);
        expect(asked).toEqual([texts.reviewer, texts.team, texts.asked].map(storableText));
      }),
      { numRuns: size(12, 150) },
    );
  });
});
