import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readOptions, secretValues } from '#src/config/options.ts';
import { NarrowsError } from '#src/core/errors.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PKCS1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const PKCS8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function mistakes(env: Record<string, string>): string[] {
  try {
    readOptions(env);
  } catch (error) {
    if (error instanceof NarrowsError && error.code === 'bad-option') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the options of GitHub', () => {
  test.each([
    ['as GitHub makes it', PKCS1, PKCS1],
    ['converted', PKCS8, PKCS8],
    ['in one line with \\n', PKCS1.trim().replaceAll('\n', '\\n'), PKCS1],
    ['with the line ends of Windows and spaces around', ` ${PKCS1.replaceAll('\n', '\r\n')} `, PKCS1],
  ])('take a private key %s', (_, written, key) => {
    const { options } = readOptions({ NARROWS_GITHUB_APP_ID: '7', NARROWS_GITHUB_PRIVATE_KEY: written });

    expect(options.githubPrivateKey).toBe(key);
  });

  test.each([
    ['its first line', PKCS1.split('\n')[0] ?? ''],
    ['one that is cut off', PKCS1.slice(0, 400)],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'],
    ['a key of another kind', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a key that is too short', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['a webhook secret', 'correct horse battery staple'],
  ])('refuse %s as a private key, say what to do and do not show it', (_, written) => {
    const [mistake, ...others] = mistakes({ NARROWS_GITHUB_APP_ID: '7', NARROWS_GITHUB_PRIVATE_KEY: written });

    expect(others).toEqual([]);
    expect(mistake).toBe(
      'NARROWS_GITHUB_PRIVATE_KEY has a value that is not shown: expected the private key of the App: the whole text of the .pem file that GitHub gives under "Private keys" on the App\'s page, from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----, with line breaks or \\n between its lines.',
    );
  });

  test.each([
    [{ NARROWS_GITHUB_APP_ID: '7' }, 'NARROWS_GITHUB_APP_ID is set, but NARROWS_GITHUB_PRIVATE_KEY is not: an App proves itself with its key.'],
    [{ NARROWS_GITHUB_PRIVATE_KEY: PKCS1 }, 'NARROWS_GITHUB_PRIVATE_KEY is set, but NARROWS_GITHUB_APP_ID is not: the key belongs to an App.'],
    [
      { NARROWS_GITHUB_APP_ID: 'Iv23liABCDEFGHIJKLMN', NARROWS_GITHUB_PRIVATE_KEY: PKCS1, NARROWS_GITHUB_TOKEN: 'github_pat_abcdefghijk' },
      'NARROWS_GITHUB_TOKEN and NARROWS_GITHUB_APP_ID are both set: keep one of them, the App where you can.',
    ],
  ])('belong together: %#', (env, mistake) => {
    expect(mistakes(env)).toEqual([mistake]);
  });

  test.each(['two words here', 'line\nbreak-in-a-token', 'short'])('refuse the token %j', (token) => {
    expect(mistakes({ NARROWS_GITHUB_TOKEN: token })).toEqual(['NARROWS_GITHUB_TOKEN has a value that is not shown: expected a token as GitHub shows it, such as github_pat_…, in one line.']);
  });

  test.each([
    ['https://github.example.com/api/v3/', 'https://github.example.com/api/v3'],
    ['https://api.octo.ghe.com', 'https://api.octo.ghe.com'],
    ['http://127.0.0.1:4567', 'http://127.0.0.1:4567'],
    ['http://localhost:4567', 'http://localhost:4567'],
    ['http://[::1]:4567/', 'http://[::1]:4567'],
  ])('take the address %s', (written, address) => {
    expect(readOptions({ NARROWS_GITHUB_API_URL: written }).options.githubApiUrl).toBe(address);
  });

  test.each(['http://github.example.com/api/v3', 'https://github.com', 'https://www.github.com/octo', 'https://u:p@api.github.com', 'https://api.github.com?x', 'api.github.com', 'http://127.0.0.1.example.com'])(
    'refuse the address %s',
    (written) => {
      expect(mistakes({ NARROWS_GITHUB_API_URL: written })).toHaveLength(1);
    },
  );

  test('are secrets that no log shows', () => {
    const app = readOptions({ NARROWS_GITHUB_APP_ID: '7', NARROWS_GITHUB_PRIVATE_KEY: PKCS1 }).options;
    const token = readOptions({ NARROWS_GITHUB_TOKEN: 'github_pat_abcdefghijk' }).options;

    expect(secretValues(app)).toEqual([PKCS1]);
    expect(secretValues(token)).toEqual(['github_pat_abcdefghijk']);
  });
});
