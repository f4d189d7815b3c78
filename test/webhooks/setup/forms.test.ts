import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { GITHUB_COM } from '#src/github/web-addresses.ts';
import { isOwnForm } from '#webhooks/setup/caller.ts';
import { readDraft } from '#webhooks/setup/draft.ts';
import { readExistingApp } from '#webhooks/setup/existing-app.ts';

const FACTS = { place: GITHUB_COM, canDeliver: true };
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

describe('the form of a new App', () => {
  test.each([
    [{ organization: 'octo-org' }, { organization: 'octo-org', delivers: true, place: GITHUB_COM }],
    [{ organization: ' https://github.com/octo-org/ ' }, { organization: 'octo-org', delivers: true, place: GITHUB_COM }],
    [{ organization: 'https://github.com/orgs/octo-org/people', delivery: 'poll' }, { organization: 'octo-org', delivers: false, place: GITHUB_COM }],
    [{ owner: 'person', organization: 'left behind' }, { organization: null, delivers: true, place: GITHUB_COM }],
    [{ organization: 'octo', server: 'github.example.com' }, { organization: 'octo', delivers: true, place: { apiUrl: 'https://github.example.com/api/v3', webUrl: 'https://github.example.com' } }],
  ])('%j is understood', (fields, value) => {
    expect(readDraft(fields, FACTS)).toEqual({ value, errors: null });
  });

  test.each([
    [{}, ['organization']],
    [{ organization: 'octo org' }, ['organization']],
    [{ organization: '../x' }, ['organization']],
    [{ organization: 'octo-org', server: 'http://github.example.com' }, ['server']],
    [{ organization: '', server: 'https://a:b@github.example.com' }, ['organization', 'server']],
  ])('%j names what is wrong', (fields, names) => {
    expect(Object.keys(readDraft(fields, FACTS).errors ?? {})).toEqual(names);
  });

  test('asks for no webhooks where GitHub cannot deliver, whatever was chosen', () => {
    expect(readDraft({ organization: 'octo-org', delivery: 'webhooks' }, { ...FACTS, canDeliver: false }).value?.delivers).toBe(false);
  });
});

describe('the form of an App that exists', () => {
  test('takes a key as it was pasted, and no secret for no webhooks', () => {
    const { value } = readExistingApp({ 'app-id': ' 4711 ', 'private-key': `\r\n${KEY.replaceAll('\n', '\r\n')}`, 'webhook-secret': ' ' }, FACTS);

    expect(value).toEqual({ place: GITHUB_COM, id: '4711', privateKey: KEY, webhookSecret: null });
  });

  test('says what is wrong with each field and repeats no secret', () => {
    const { errors } = readExistingApp({ 'app-id': 'Iv23', 'private-key': 'a secret text', 'webhook-secret': 'short secret' }, FACTS);

    expect(Object.keys(errors ?? {})).toEqual(['app-id', 'private-key', 'webhook-secret']);
    expect(JSON.stringify(errors)).not.toMatch(/a secret text|short secret/);
  });
});

describe('where a form comes from', () => {
  test.each([
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:3000' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'http://127.0.0.1:3000' }, true],
    [{ origin: 'http://127.0.0.1:3001' }, false],
    [{}, true],
  ])('%j', (headers, isOwn) => {
    expect(isOwnForm(headers, { baseUrl: 'http://127.0.0.1:3000/below' })).toBe(isOwn);
  });
});
