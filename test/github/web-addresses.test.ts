import { describe, expect, test } from '@jest/globals';
import { GITHUB_COM, installationUrl, installUrl, newAppUrl, placeOfApi, placeOfWeb } from '#src/github/web-addresses.ts';

describe('where a GitHub is', () => {
  test.each([
    ['https://api.github.com', 'https://github.com'],
    ['https://github.example.com/api/v3', 'https://github.example.com'],
    ['https://api.octo.ghe.com', 'https://octo.ghe.com'],
    ['http://127.0.0.1:3001/api/v3', 'http://127.0.0.1:3001'],
  ])('its pages follow from the API %s', (apiUrl, webUrl) => {
    expect(placeOfApi(apiUrl)).toEqual({ apiUrl, webUrl });
  });

  test.each([
    ['github.com', GITHUB_COM],
    ['https://www.github.com/', GITHUB_COM],
    ['github.example.com', { apiUrl: 'https://github.example.com/api/v3', webUrl: 'https://github.example.com' }],
    ['https://github.example.com:8443/api/v3/', { apiUrl: 'https://github.example.com:8443/api/v3', webUrl: 'https://github.example.com:8443' }],
    ['octo.ghe.com', { apiUrl: 'https://api.octo.ghe.com', webUrl: 'https://octo.ghe.com' }],
    ['http://localhost:3001', { apiUrl: 'http://localhost:3001/api/v3', webUrl: 'http://localhost:3001' }],
  ])('%s is understood', (written, place) => {
    expect(placeOfWeb(written)).toEqual(place);
  });

  test.each(['', 'http://github.example.com', 'https://user:password@github.example.com', 'https://github.example.com/octo-org', 'https://github.example.com?x=1', 'ftp://github.example.com', 'not an address'])('“%s” is none', (written) => {
    expect(placeOfWeb(written)).toBeNull();
  });

  test('leads to the pages on which an App is made, installed and looked after', () => {
    const server = { webUrl: 'https://github.example.com' };

    expect(newAppUrl(GITHUB_COM, 'octo-org', 'a&b')).toBe('https://github.com/organizations/octo-org/settings/apps/new?state=a%26b');
    expect(newAppUrl(GITHUB_COM, null, 's')).toBe('https://github.com/settings/apps/new?state=s');
    expect(installUrl(GITHUB_COM, 'narrows')).toBe('https://github.com/apps/narrows/installations/new');
    expect(installUrl(server, 'narrows')).toBe('https://github.example.com/github-apps/narrows/installations/new');
    expect(installationUrl(GITHUB_COM, { id: '7', account: 'octo-org', accountType: 'Organization' })).toBe('https://github.com/organizations/octo-org/settings/installations/7');
    expect(installationUrl(GITHUB_COM, { id: '7', account: 'octocat', accountType: 'User' })).toBe('https://github.com/settings/installations/7');
  });
});
