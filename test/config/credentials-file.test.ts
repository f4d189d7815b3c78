import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectedOptions } from '#src/config/connected-options.ts';
import { credentialsPath, ensureCredentialsFit, readCredentials, secretsOf, writeCredentials, type StoredCredentials } from '#src/config/credentials-file.ts';
import { readOptions } from '#src/config/options.ts';

const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

const APP: StoredCredentials = {
  appId: '4711',
  slug: 'narrows-octo',
  privateKey: PRIVATE_KEY,
  webhookSecret: 'a webhook secret of GitHub',
  clientId: 'Iv23liABCDEFGHIJKLMN',
  clientSecret: 'a client secret of GitHub',
  apiUrl: 'https://api.github.com',
  webUrl: 'https://github.com',
  connectedAt: Date.UTC(2026, 0, 5, 12),
};

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'narrows-credentials-')), 'data');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

describe('credentials on disk', () => {
  test('are read back as they were stored, for their owner alone', async () => {
    await writeCredentials(folder, APP);

    expect(await readCredentials(folder)).toEqual(APP);
    expect([statSync(folder).mode & 0o777, statSync(credentialsPath(folder)).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toEqual(['credentials.json']);
  });

  test('are absent where nothing was stored, and where there is no folder', async () => {
    expect(await readCredentials(folder)).toBeNull();
  });

  test('replace older ones whole, and a folder that was open to others is shut', async () => {
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(folder, 0o755);
    await writeCredentials(folder, APP);
    await writeCredentials(folder, { ...APP, webhookSecret: null });

    expect(await readCredentials(folder)).toEqual({ ...APP, webhookSecret: null });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('that cannot be stored leave what was there, and say where and why', async () => {
    await writeCredentials(folder, APP);
    mkdirSync(`${credentialsPath(folder)}.new`);

    await expect(writeCredentials(folder, { ...APP, slug: 'another' })).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining(folder) });
    await expect(ensureCredentialsFit(folder)).rejects.toMatchObject({ code: 'storage-failed' });

    expect((await readCredentials(folder))?.slug).toBe('narrows-octo');
  });

  test('fit where there is room, and finding that out leaves nothing behind', async () => {
    await ensureCredentialsFit(folder);

    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([0o604, 0o640, 0o660, 0o644])('with the mode %o are refused: others may have read the key', async (mode) => {
    await writeCredentials(folder, APP);
    chmodSync(credentialsPath(folder), mode);

    await expect(readCredentials(folder)).rejects.toMatchObject({ code: 'bad-option', message: expect.stringContaining(`0${mode.toString(8)}`) });
  });

  test.each([
    ['no JSON', 'not JSON', ''],
    ['another version', JSON.stringify({ version: 2 }), 'version'],
    ['a key that is none', JSON.stringify({ version: 1, ...APP, connectedAt: '2026-01-05T12:00:00Z', privateKey: 'a key that is none' }), 'privateKey'],
    ['an address that is none', JSON.stringify({ version: 1, ...APP, connectedAt: '2026-01-05T12:00:00Z', apiUrl: 'github.com' }), 'apiUrl'],
  ])('of %s are refused by name, without their content', async (_, text, place) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(credentialsPath(folder), text, { mode: 0o600 });

    const said = await readCredentials(folder).then(() => 'it was read', (error: unknown) => String(error));

    expect(said).toContain(place === '' ? 'is not what the set-up pages write:' : `(see ${place})`);
    expect(said).not.toContain('a webhook secret');
    expect(said).not.toContain('a key that is none');
  });

  test('name every secret in them', () => {
    expect(secretsOf(APP)).toEqual([PRIVATE_KEY, 'a webhook secret of GitHub', 'a client secret of GitHub']);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the settings with a stored App', () => {
  test('use it where the environment names none', () => {
    const { options, warnings, usesStored } = connectedOptions(readOptions({}), { ...APP, apiUrl: 'https://github.example.com/api/v3' }, {});

    expect(options).toMatchObject({ githubAppId: '4711', githubPrivateKey: PRIVATE_KEY, webhookSecret: APP.webhookSecret, githubApiUrl: 'https://github.example.com/api/v3' });
    expect([warnings, usesStored]).toEqual([[], true]);
  });

  test.each([
    ['an App', { NARROWS_GITHUB_APP_ID: '99', NARROWS_GITHUB_PRIVATE_KEY: PRIVATE_KEY }, 'NARROWS_GITHUB_APP_ID is set'],
    ['a token', { NARROWS_GITHUB_TOKEN: 'github_pat_0123456789' }, 'NARROWS_GITHUB_TOKEN is set'],
  ])('leave it aside where the environment names %s, and say so', (_, env, words) => {
    const read = readOptions(env);

    const { options, warnings, usesStored } = connectedOptions(read, APP, env);

    expect(options).toEqual(read.options);
    expect(warnings).toEqual([expect.stringContaining(words)]);
    expect(usesStored).toBe(false);
  });

  test('let a secret and an address of the environment win, with a warning each', () => {
    const env = { NARROWS_WEBHOOK_SECRET: 'a secret of the environment', NARROWS_GITHUB_API_URL: 'https://github.example.com/api/v3' };

    const { options, warnings } = connectedOptions(readOptions(env), APP, env);

    expect(options).toMatchObject({ githubAppId: '4711', webhookSecret: 'a secret of the environment', githubApiUrl: 'https://github.example.com/api/v3' });
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).not.toContain('a webhook secret of GitHub');
  });
});

test('what is stored is readable by who looks for it', async () => {
  await writeCredentials(folder, APP);

  expect(JSON.parse(readFileSync(credentialsPath(folder), 'utf8'))).toMatchObject({ version: 1, appId: '4711', connectedAt: '2026-01-05T12:00:00.000Z' });
});
