import { z } from 'zod';
import { NarrowsError } from '#src/core/errors.ts';
import { LOG_LEVELS, type LogLevel } from '#src/core/log.ts';
import { option, urlText, wholeNumber } from './option.ts';
import { privateKeyText } from './private-key.ts';
import { proxyTrust, type ProxyTrust } from './proxy-trust.ts';
import { readTable, type Environment, type OptionValues } from './read-options.ts';
import { readSecretFile, type SecretFile } from './secret-file.ts';

const text = z.string();
const anyText: z.ZodType<string | null, string> = text;

/** A shorter webhook secret can be guessed from one signed delivery. */
const SHORTEST_SECRET = 16;

/** Every setting of the environment. `docs/configuration.md` is made from this table. */
export const OPTIONS = {
  port: option<number>({
    name: 'PORT',
    description: 'The TCP port that is listened on. `0` takes a free one, which the log names.',
    default: 3000,
    expects: 'a port, a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
  }),
  host: option<string>({
    name: 'HOST',
    description:
      'The address that is listened on. Only this machine reaches the default; `0.0.0.0` or `::` lets every network in, and then pages, exports and figures are refused until readers can be told apart.',
    default: '127.0.0.1',
    expects: 'an IP address or a host name',
    schema: text.regex(/^[\w.:%-]+$/),
  }),
  publicUrl: option<string | null>({
    name: 'NARROWS_PUBLIC_URL',
    description:
      'The address under which GitHub and readers reach this installation, with a path if a proxy serves it below one. Links in mails and the webhook address shown by `narrows doctor` start with it.',
    default: null,
    expects: 'an http or https address without query, fragment or password, such as https://narrows.example.com',
    schema: urlText(['http:', 'https:'], isBareAddress).transform((url): string | null => url.replace(/\/+$/, '')),
  }),
  trustProxy: option<ProxyTrust>({
    name: 'NARROWS_TRUST_PROXY',
    description:
      'Whose `X-Forwarded-*` headers are believed: the number of proxies in front of this process, or their addresses, subnets (`10.0.0.0/8`) and the words `loopback`, `linklocal`, `uniquelocal`, with commas between. `0` believes nobody. Too large a number lets clients choose their own address.',
    default: 0,
    expects: 'the number of proxies in front, or their addresses with commas between (never "true", which would believe every client)',
    schema: proxyTrust,
  }),
  dataDir: option<string>({
    name: 'NARROWS_DATA_DIR',
    description: 'The folder of the SQLite databases; made, readable by its owner alone, if it is missing. Unused for facts where `NARROWS_DATABASE_URL` is set.',
    default: './data',
    expects: 'the path of a folder',
    schema: text,
  }),
  databaseUrl: option<string | null>({
    name: 'NARROWS_DATABASE_URL',
    description: 'A PostgreSQL database, `postgres://user:password@host:5432/name`. Unset, SQLite in the data folder holds everything.',
    default: null,
    expects: 'an address that starts with postgres:// or postgresql://',
    schema: urlText(['postgres:', 'postgresql:']).transform((url): string | null => url),
    secret: true,
  }),
  webhookSecret: option<string | null>({
    name: 'NARROWS_WEBHOOK_SECRET',
    description: 'The secret that is set at the webhook on GitHub too. Unset, deliveries are refused with 503: nobody could say whether they come from GitHub.',
    default: null,
    expects: 'a text',
    schema: anyText,
    secret: true,
  }),
  previousWebhookSecret: option<string | null>({
    name: 'NARROWS_WEBHOOK_SECRET_PREVIOUS',
    description:
      'The older secret, accepted beside the new one while it is replaced: set the new one in `NARROWS_WEBHOOK_SECRET` and the old one here, restart, change it on GitHub, and take this one away a few days later, when GitHub redelivers nothing that was signed with it.',
    default: null,
    expects: 'a text',
    schema: anyText,
    secret: true,
  }),
  githubAppId: option<string | null>({
    name: 'NARROWS_GITHUB_APP_ID',
    description:
      'The id of the GitHub App (or its client id), from the App\'s page on GitHub. With `NARROWS_GITHUB_PRIVATE_KEY` it lets Narrows ask GitHub for what no webhook told: what was before, and what was lost. Unset, and without `NARROWS_GITHUB_TOKEN`, there are webhooks alone.',
    default: null,
    expects: 'an App id such as 123456, or a client id such as Iv23liABCDEFGHIJKLMN',
    schema: text.regex(/^(?:\d{1,19}|[A-Za-z][\w.]{9,49})$/).transform((id): string | null => id),
  }),
  githubPrivateKey: option<string | null>({
    name: 'NARROWS_GITHUB_PRIVATE_KEY',
    description: 'The private key of the GitHub App: the text of the `.pem` file that GitHub offers under "Private keys" on the App\'s page. Line breaks may be written as `\\n`; a file is better named by the twin with `_FILE`.',
    default: null,
    expects:
      'the private key of the App: the whole text of the .pem file that GitHub gives under "Private keys" on the App\'s page, from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----, with line breaks or \\n between its lines',
    schema: privateKeyText.transform((key): string | null => key),
    secret: true,
  }),
  githubToken: option<string | null>({
    name: 'NARROWS_GITHUB_TOKEN',
    description:
      'A personal access token instead of an App: Narrows then collects what its owner may read, within the limits of that person, and no lost delivery can be fetched from GitHub\'s log. Read access to pull requests, metadata and members suffices.',
    default: null,
    expects: 'a token as GitHub shows it, such as github_pat_…, in one line',
    schema: text.regex(/^[\x21-\x7e]{10,300}$/).transform((token): string | null => token),
    secret: true,
  }),
  githubApiUrl: option<string>({
    name: 'NARROWS_GITHUB_API_URL',
    description: 'Where the API of GitHub is. For an Enterprise Server `https://HOST/api/v3`; GraphQL is looked for beside it. Without encryption only this machine is spoken to.',
    default: 'https://api.github.com',
    expects: 'an https address without query, fragment or password, such as https://api.github.com or https://github.example.com/api/v3 (http only for this machine)',
    schema: urlText(['http:', 'https:'], isApiAddress).transform((url) => url.replace(/\/+$/, '')),
  }),
  policyFile: option<string | null>({
    name: 'NARROWS_POLICY',
    description: 'The path of the policy file (YAML or JSON): teams, calendars, production, bots, what is left out, who gets the weekly mail. Unset, the defaults below hold.',
    default: null,
    expects: 'the path of a file',
    schema: anyText,
  }),
  logLevel: option<LogLevel>({
    name: 'NARROWS_LOG_LEVEL',
    description: 'How much is written to standard error. At `info` a healthy day is a few lines; `debug` tells every delivery.',
    default: 'info',
    expects: `one of ${LOG_LEVELS.join(', ')}`,
    schema: z.enum(LOG_LEVELS),
  }),
  readers: option<number>({
    name: 'NARROWS_READERS',
    description:
      'How many threads answer questions at most: pages, the API and weekly mails. They start at the first question and leave after some idle minutes; each takes some forty megabytes. More of them than processors answer no sooner; a question that finds thirty-two waiting for each is refused with 503.',
    default: 2,
    expects: 'a number of threads, a whole number from 1 to 64',
    schema: wholeNumber(1, 64),
  }),
  retentionDays: option<number>({
    name: 'NARROWS_RETENTION_DAYS',
    description:
      'How many days a delivery is kept as it came. Facts stay when their delivery expires; what could not be read stays until it is solved. Below 4 days GitHub\'s own log of three days would show deliveries that are already forgotten here.',
    default: 30,
    expects: 'a number of days, a whole number from 4 to 3650',
    schema: wholeNumber(4, 3650),
  }),
  smtpUrl: option<string | null>({
    name: 'NARROWS_SMTP_URL',
    description: 'The mail server of the weekly mail: `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS. Unset, no mail is sent. `NARROWS_MAIL_FROM` belongs to it.',
    default: null,
    expects: 'an address that starts with smtp:// or smtps://',
    schema: urlText(['smtp:', 'smtps:']).transform((url): string | null => url),
    secret: true,
  }),
  mailFrom: option<string | null>({
    name: 'NARROWS_MAIL_FROM',
    description: 'The sender of the weekly mail: `narrows@example.com` or `Narrows <narrows@example.com>`.',
    default: null,
    expects: 'a mail address, such as Narrows <narrows@example.com>',
    schema: text.regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/).transform((address): string | null => address),
  }),
};

/** The settings of this process, by their names in the table. */
export type Options = OptionValues<typeof OPTIONS>;

/** The settings, and sentences for the log about what works and yet is unwise. */
export interface OptionsReading {
  readonly options: Options;
  readonly warnings: readonly string[];
}

/**
 * Reads the settings from the environment. Throws one `NarrowsError('bad-option')` that lists every
 * mistake: a value that is not what the option expects, an unknown `NARROWS_…` variable, a secret
 * given both ways or in a file that cannot be read, an option without the one it needs.
 */
export function readOptions(env: Environment, readFile: (path: string) => SecretFile = readSecretFile): OptionsReading {
  const { values, mistakes, warnings } = readTable(OPTIONS, env, readFile);
  const all = [...mistakes, ...missingPartners(values)];
  if (all.length === 0 && isComplete(values)) return { options: values, warnings: [...warnings, ...shortSecrets(values)] };
  throw new NarrowsError('bad-option', all.join('\n'));
}

function isBareAddress(url: URL): boolean {
  return !/[?#]/.test(url.href) && url.username === '' && url.password === '';
}

/** A credential goes there: unencrypted to this machine alone, and never to the pages of github.com, which have no API. */
function isApiAddress(url: URL): boolean {
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  return isBareAddress(url) && (url.protocol === 'https:' || isHere) && !/^(?:www\.)?github\.com$/.test(url.hostname);
}

function isComplete(values: Partial<Options>): values is Options {
  return Object.keys(OPTIONS).every((key) => key in values);
}

/** The secrets a webhook may be signed with, the current one first; empty while none is set. */
export function webhookSecrets(options: Options): readonly string[] {
  return [options.webhookSecret, options.previousWebhookSecret].filter((secret) => secret !== null);
}

/** Whether GitHub can be asked: as an App, or with a personal token. */
export function hasCredential({ githubAppId, githubPrivateKey, githubToken }: Pick<Options, 'githubAppId' | 'githubPrivateKey' | 'githubToken'>): boolean {
  return githubToken !== null || (githubAppId !== null && githubPrivateKey !== null);
}

/** Every secret value of these settings, and the passwords inside their addresses: what a log must never show. */
export function secretValues(options: Options): readonly string[] {
  const addresses = [options.databaseUrl, options.smtpUrl].filter((address) => address !== null);
  const github = [options.githubPrivateKey, options.githubToken].filter((secret) => secret !== null);
  return [...webhookSecrets(options), ...github, ...addresses.flatMap((address) => [address, ...passwords(address)])];
}

function passwords(address: string): string[] {
  const written = new URL(address).password;
  return written === '' ? [] : [written, decodeURIComponent(written)];
}

function shortSecrets(options: Options): string[] {
  return webhookSecrets(options)
    .filter((secret) => secret.length < SHORTEST_SECRET)
    .map(() => `A webhook secret has fewer than ${SHORTEST_SECRET} characters: whoever sees one signed delivery can guess it. Use a long random one.`);
}

function missingPartners(values: Partial<Options>): string[] {
  const mistakes: string[] = [];
  if (typeof values.previousWebhookSecret === 'string' && values.webhookSecret === null) {
    mistakes.push('NARROWS_WEBHOOK_SECRET_PREVIOUS is set, but NARROWS_WEBHOOK_SECRET is not: the previous secret only stands beside a current one.');
  }
  if (typeof values.smtpUrl === 'string' && values.mailFrom === null) {
    mistakes.push('NARROWS_SMTP_URL is set, but NARROWS_MAIL_FROM is not: a mail needs a sender.');
  }
  return [...mistakes, ...githubMistakes(values)];
}

function githubMistakes({ githubAppId, githubPrivateKey, githubToken }: Partial<Options>): string[] {
  if (typeof githubAppId === 'string' && githubPrivateKey === null) {
    return ['NARROWS_GITHUB_APP_ID is set, but NARROWS_GITHUB_PRIVATE_KEY is not: an App proves itself with its key.'];
  }
  if (typeof githubPrivateKey === 'string' && githubAppId === null) {
    return ['NARROWS_GITHUB_PRIVATE_KEY is set, but NARROWS_GITHUB_APP_ID is not: the key belongs to an App.'];
  }
  if (typeof githubAppId === 'string' && typeof githubToken === 'string') {
    return ['NARROWS_GITHUB_TOKEN and NARROWS_GITHUB_APP_ID are both set: keep one of them, the App where you can.'];
  }
  return [];
}
