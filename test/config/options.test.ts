import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { OPTIONS, readOptions, secretValues, webhookSecrets } from '#src/config/options.ts';

const LONG = 'correct horse battery staple';

function mistakes(env: Record<string, string>): string[] {
  try {
    readOptions(env);
  } catch (error) {
    if (error instanceof NarrowsError && error.code === 'bad-option') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('options', () => {
  test('have defaults, and an empty variable counts as unset', () => {
    const { options, warnings } = readOptions({ PORT: '', NARROWS_DATABASE_URL: '', NARROWS_WEBHOOK_SECRET_FILE: '', PATH: '/bin' });

    expect(options).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      readers: 2,
      trustProxy: 0,
      dataDir: './data',
      databaseUrl: null,
      webhookSecret: null,
      previousWebhookSecret: null,
      githubAppId: null,
      githubPrivateKey: null,
      githubToken: null,
      githubApiUrl: 'https://api.github.com',
      policyFile: null,
      logLevel: 'info',
      retentionDays: 30,
      smtpUrl: null,
      mailFrom: null,
    });
    expect(warnings).toEqual([]);
  });

  test.each([
    ['PORT', '0', 'port', 0],
    ['PORT', '65535', 'port', 65_535],
    ['HOST', '::1', 'host', '::1'],
    ['HOST', 'fe80::1%eth0', 'host', 'fe80::1%eth0'],
    ['NARROWS_PUBLIC_URL', 'https://narrows.example.com/flow//', 'publicUrl', 'https://narrows.example.com/flow'],
    ['NARROWS_TRUST_PROXY', '2', 'trustProxy', 2],
    ['NARROWS_TRUST_PROXY', 'loopback, 10.0.0.0/8,2001:db8::/32,192.0.2.7', 'trustProxy', ['loopback', '10.0.0.0/8', '2001:db8::/32', '192.0.2.7']],
    ['NARROWS_DATABASE_URL', 'postgres://u:p%40w@db:5432/narrows?sslmode=require', 'databaseUrl', 'postgres://u:p%40w@db:5432/narrows?sslmode=require'],
    ['NARROWS_DATABASE_URL', 'postgresql:///narrows?host=/run/postgresql', 'databaseUrl', 'postgresql:///narrows?host=/run/postgresql'],
    ['NARROWS_LOG_LEVEL', 'debug', 'logLevel', 'debug'],
    ['NARROWS_RETENTION_DAYS', '4', 'retentionDays', 4],
    ['NARROWS_MAIL_FROM', 'Narrows <narrows@example.com>', 'mailFrom', 'Narrows <narrows@example.com>'],
    ['NARROWS_POLICY', 'etc/policy.yaml', 'policyFile', 'etc/policy.yaml'],
  ] as const)('read %s=%s', (name, text, key, value) => {
    expect(readOptions({ [name]: text }).options[key]).toEqual(value);
  });

  test.each([
    ['PORT', '65536', 'a port, a whole number from 0 to 65535'],
    ['PORT', '3000.0', 'a port, a whole number from 0 to 65535'],
    ['PORT', ' 80', 'a port, a whole number from 0 to 65535'],
    ['PORT', '0x50', 'a port, a whole number from 0 to 65535'],
    ['HOST', 'http://x', 'an IP address or a host name'],
    ['NARROWS_PUBLIC_URL', 'narrows.example.com', 'an http or https address without query, fragment or password, such as https://narrows.example.com'],
    ['NARROWS_PUBLIC_URL', 'javascript://x', 'an http or https address without query, fragment or password, such as https://narrows.example.com'],
    ['NARROWS_PUBLIC_URL', 'https://x/?a', 'an http or https address without query, fragment or password, such as https://narrows.example.com'],
    ['NARROWS_TRUST_PROXY', 'true', 'the number of proxies in front, or their addresses with commas between (never "true", which would believe every client)'],
    ['NARROWS_TRUST_PROXY', '10.0.0.0/33', 'the number of proxies in front, or their addresses with commas between (never "true", which would believe every client)'],
    ['NARROWS_TRUST_PROXY', '10.0.0.1,', 'the number of proxies in front, or their addresses with commas between (never "true", which would believe every client)'],
    ['NARROWS_LOG_LEVEL', 'loud', 'one of silent, fatal, error, warn, info, debug, trace'],
    ['NARROWS_RETENTION_DAYS', '3', 'a number of days, a whole number from 4 to 3650'],
    ['NARROWS_RETENTION_DAYS', '-5', 'a number of days, a whole number from 4 to 3650'],
    ['NARROWS_MAIL_FROM', 'Narrows\r\nBcc: x <a@b>', 'a mail address, such as Narrows <narrows@example.com>'],
  ])('refuse %s=%s and say what was expected', (name, text, expectation) => {
    expect(mistakes({ [name]: text })).toEqual([`${name} is ${JSON.stringify(text)}: expected ${expectation}.`]);
  });

  test.each([
    ['https://u:p@x/', 'https://…@x/'],
    ['https://u:p@ss/w@rd@x/y', 'https://…@x/y'],
  ])('show no password where it does not belong: %s', (text, shown) => {
    expect(mistakes({ NARROWS_PUBLIC_URL: text })[0]).toContain(`NARROWS_PUBLIC_URL is "${shown}": expected`);
  });

  test.each([
    ['NARROWS_DATABASE_URL', 'mysql://u:hunter2@h/d', 'an address that starts with postgres:// or postgresql://'],
    ['NARROWS_DATABASE_URL', 'postgres://u:hunter2%zz@h/d', 'an address that starts with postgres:// or postgresql://'],
    ['NARROWS_SMTP_URL', 'mail.example.com hunter2', 'an address that starts with smtp:// or smtps://'],
  ])('refuse a wrong %s without showing it', (name, text, expectation) => {
    const all = mistakes({ [name]: text });

    expect(all).toEqual([`${name} has a value that is not shown: expected ${expectation}.`]);
    expect(all.join()).not.toContain('hunter2');
  });

  test('name a variable of Narrows that does not exist, and the one that was meant', () => {
    expect(mistakes({ NARROWS_DATADIR: 'x', NARROWS_PORT: '1', NARROWS_COLOUR: 'blue' })).toEqual([
      'NARROWS_COLOUR is no option of Narrows.',
      'NARROWS_DATADIR is no option of Narrows. Did you mean NARROWS_DATA_DIR?',
      'NARROWS_PORT is no option of Narrows. Did you mean PORT?',
    ]);
  });

  test('have a file twin for secrets only', () => {
    expect(mistakes({ NARROWS_DATA_DIR_FILE: '/run/x' })).toEqual(['NARROWS_DATA_DIR_FILE is no option of Narrows. Did you mean NARROWS_DATA_DIR?']);
  });

  test('tell all mistakes at once', () => {
    expect(mistakes({ PORT: 'x', HOST: '/', NARROWS_X: '1' })).toHaveLength(3);
  });

  test('want a sender for the mail server and a current secret beside a previous one', () => {
    expect(mistakes({ NARROWS_SMTP_URL: 'smtps://u:p@h', NARROWS_WEBHOOK_SECRET_PREVIOUS: LONG })).toEqual([
      'NARROWS_WEBHOOK_SECRET_PREVIOUS is set, but NARROWS_WEBHOOK_SECRET is not: the previous secret only stands beside a current one.',
      'NARROWS_SMTP_URL is set, but NARROWS_MAIL_FROM is not: a mail needs a sender.',
    ]);
  });

  test('let the variables of the tests pass', () => {
    expect(mistakes({ NARROWS_VERIFY: '1', NARROWS_FIGURES: 'figures.ndjson' })).toEqual([]);
  });

  test('offer both webhook secrets, the current one first', () => {
    const { options } = readOptions({ NARROWS_WEBHOOK_SECRET: `${LONG} new`, NARROWS_WEBHOOK_SECRET_PREVIOUS: `${LONG} old` });

    expect(webhookSecrets(options)).toEqual([`${LONG} new`, `${LONG} old`]);
    expect(webhookSecrets(readOptions({}).options)).toEqual([]);
  });

  test('warn of a webhook secret that can be guessed', () => {
    expect(readOptions({ NARROWS_WEBHOOK_SECRET: '15 characters..' }).warnings).toEqual([
      'A webhook secret has fewer than 16 characters: whoever sees one signed delivery can guess it. Use a long random one.',
    ]);
    expect(readOptions({ NARROWS_WEBHOOK_SECRET: '16 characters...' }).warnings).toEqual([]);
  });

  test('know every text that no log may show, passwords inside addresses too', () => {
    const { options } = readOptions({
      NARROWS_WEBHOOK_SECRET: LONG,
      NARROWS_DATABASE_URL: 'postgres://u:p%40ss@h/d',
      NARROWS_SMTP_URL: 'smtps://h',
      NARROWS_MAIL_FROM: 'a@b',
    });

    expect(secretValues(options)).toEqual([LONG, 'postgres://u:p%40ss@h/d', 'p%40ss', 'p@ss', 'smtps://h']);
  });

  test('are each described in whole sentences, and every secret is marked as one', () => {
    const options = Object.values(OPTIONS);

    for (const option of options) expect(option.description).toMatch(/^[A-Z`].*\.$/s);
    expect(options.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'NARROWS_DATABASE_URL',
      'NARROWS_WEBHOOK_SECRET',
      'NARROWS_WEBHOOK_SECRET_PREVIOUS',
      'NARROWS_GITHUB_PRIVATE_KEY',
      'NARROWS_GITHUB_TOKEN',
      'NARROWS_SMTP_URL',
    ]);
  });
});

describe('a secret in a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'narrows-secret-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function secretFile(text: string, mode = 0o600): string {
    const path = join(folder, 'secret');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  test.each([
    [`${LONG}\n`, LONG],
    [`${LONG}\r\n`, LONG],
    [LONG, LONG],
    [`${LONG}\n\n`, `${LONG}\n`],
    [` ${LONG} `, ` ${LONG} `],
  ])('is its text without one line break at the end: %j', (text, secret) => {
    const { options, warnings } = readOptions({ NARROWS_WEBHOOK_SECRET_FILE: secretFile(text) });

    expect(options.webhookSecret).toBe(secret);
    expect(warnings).toEqual([]);
  });

  test.each(['0640', '0604', '0444', '0610'])('is warned about when others may use it: %s', (mode) => {
    const path = secretFile(LONG, Number.parseInt(mode, 8));

    expect(readOptions({ NARROWS_WEBHOOK_SECRET_FILE: path }).warnings).toEqual([
      `NARROWS_WEBHOOK_SECRET_FILE names ${JSON.stringify(path)}, whose mode is ${mode}: others on this machine may read the secret. Make it 0600.`,
    ]);
  });

  test('is checked like the variable, and not shown either', () => {
    expect(mistakes({ NARROWS_DATABASE_URL_FILE: secretFile('mysql://u:hunter2@h\n') })).toEqual([
      'NARROWS_DATABASE_URL has a value that is not shown: expected an address that starts with postgres:// or postgresql://.',
    ]);
  });

  test('cannot stand beside the variable', () => {
    expect(mistakes({ NARROWS_WEBHOOK_SECRET: LONG, NARROWS_WEBHOOK_SECRET_FILE: secretFile(LONG) })).toEqual([
      'NARROWS_WEBHOOK_SECRET and NARROWS_WEBHOOK_SECRET_FILE are both set: keep one of them.',
    ]);
  });

  test('cannot be missing, a folder, or empty', () => {
    const missing = join(folder, 'nowhere');
    const empty = secretFile('\n');

    expect(mistakes({ NARROWS_WEBHOOK_SECRET_FILE: missing })).toEqual([`NARROWS_WEBHOOK_SECRET_FILE names ${JSON.stringify(missing)}, which cannot be read (ENOENT).`]);
    expect(mistakes({ NARROWS_WEBHOOK_SECRET_FILE: folder })).toEqual([`NARROWS_WEBHOOK_SECRET_FILE names ${JSON.stringify(folder)}, which cannot be read (EISDIR).`]);
    expect(mistakes({ NARROWS_WEBHOOK_SECRET_FILE: empty })).toEqual([`NARROWS_WEBHOOK_SECRET_FILE names ${JSON.stringify(empty)}, which is empty: the file must hold the secret.`]);
  });
});
