import { describe, expect, test } from '@jest/globals';
import { startAdvice, type StartSituation } from '#src/start-advice.ts';

const BARE: StartSituation['live'] = { shut: null, sample: null, site: null, collecting: null, secrets: [] };

function said(situation: Partial<StartSituation>): string {
  return startAdvice({ url: 'http://127.0.0.1:3000', publicUrl: null, live: BARE, code: null, ...situation }).join('\n');
}

describe('what a start prints', () => {
  test('says first where and with what to connect GitHub, the code apart from the address', () => {
    const text = said({ code: '7K2M-0000' });

    expect(text).toContain('open\n    http://127.0.0.1:3000/setup\nand give this code, which opens it once:\n    7K2M-0000\n');
    expect(text).not.toMatch(/http\S*7K2M/);
  });

  test.each([
    ['http://0.0.0.0:8080', null, 'http://localhost:8080/setup'],
    ['http://[::]:8080', null, 'http://localhost:8080/setup'],
    ['http://[::1]:8080', null, 'http://[::1]:8080/setup'],
    ['http://0.0.0.0:8080', 'https://narrows.example.com/below', 'https://narrows.example.com/below/setup'],
  ])('names an address that a browser can open: listening on %s, public at %s', (url, publicUrl, address) => {
    expect(said({ url, publicUrl, code: '7K2M' })).toContain(`    ${address}\n`);
  });

  test('says of a shut installation why, and of one that is only asked what it does not know', () => {
    expect(said({ live: { ...BARE, shut: 'it has a public address (NARROWS_PUBLIC_URL is set)' } })).toContain('Pages and API are shut, because it has a public address');
    expect(said({ live: { ...BARE, collecting: ['Collecting from api.github.com.'] } })).toContain('pushes are not known');
    expect(said({ live: { ...BARE, shut: 'it has a webhook secret', secrets: ['s'] } })).toContain('only what webhooks tell is known');
    expect(said({ live: { ...BARE, collecting: ['Collecting from api.github.com.'], secrets: ['s'] } })).not.toContain('pushes are not known');
  });
});
