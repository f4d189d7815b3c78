import { describe, expect, test } from '@jest/globals';
import { apiAddress, nextLink, pathBelow, restUrl } from '#src/github/api-address.ts';

describe('the addresses of the API', () => {
  test.each([
    ['https://api.github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://api.octo.ghe.com/', 'https://api.octo.ghe.com', 'https://api.octo.ghe.com/graphql'],
    ['https://github.example.com/api/v3/', 'https://github.example.com/api/v3', 'https://github.example.com/api/graphql'],
    ['http://127.0.0.1:4567', 'http://127.0.0.1:4567', 'http://127.0.0.1:4567/graphql'],
  ])('of %s', (base, rest, graphql) => {
    expect(apiAddress(base)).toEqual({ rest, graphql });
  });

  const enterprise = apiAddress('https://github.example.com/api/v3');

  test.each([
    ['https://github.example.com/api/v3/repositories/7/pulls?page=2', '/repositories/7/pulls?page=2'],
    ['/api/v3/repositories/7', '/repositories/7'],
    ['https://github.example.com/api/v3', null],
    ['https://github.example.com/api/v3x/repos', null],
    ['https://github.example.com/api/v3/../v4/x', null],
    ['https://github.example.com/login', null],
    ['http://github.example.com/api/v3/x', null],
    ['https://github.example.com:8443/api/v3/x', null],
    ['https://evil.example.com/api/v3/x', null],
    ['//evil.example.com/api/v3/x', null],
    ['https://user@github.example.com/api/v3/x', null],
    ['https://', null],
  ])('know whether %s is below them', (url, path) => {
    expect(pathBelow(enterprise, url)).toBe(path);
  });

  test('lead nowhere else by a path', () => {
    expect(restUrl(enterprise, '/../../login', {})).toBeNull();
    expect(restUrl(enterprise, '/repos/o/r?state=all', { page: 2 })).toBe('https://github.example.com/api/v3/repos/o/r?state=all&page=2');
  });
});

describe('the next page of a Link header', () => {
  test.each([
    ['<https://x/a?page=2>; rel="next", <https://x/a?page=9>; rel="last"', 'https://x/a?page=2'],
    ['<https://x/a?page=1>; rel="prev", <https://x/a?page=3>;rel=next', 'https://x/a?page=3'],
    ['<https://x/a?page=1>; rel="prev"', null],
    ['<https://x/a,b?c;d>; rel="next"', 'https://x/a,b?c;d'],
    ['', null],
    [null, null],
  ])('of %s', (header, url) => {
    expect(nextLink(header)).toBe(url);
  });

  test('is found in a moment whatever the header is', () => {
    expect(nextLink(`${'<'.repeat(20_000)}<x>${';'.repeat(20_000)}`)).toBeNull();
    expect(nextLink(`<x>${'; '.repeat(20_000)}`)).toBeNull();
  });
});
