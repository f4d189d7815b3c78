import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NarrowsError } from '#src/core/errors.ts';
import { privateKeyText } from './private-key.ts';
import { isOpenToOthers, unreadableBecause } from './secret-file.ts';

/** The file's name in the data folder. */
const NAME = 'credentials.json';

/** The shape that this version writes; a newer one that an older program cannot read gets another number. */
const VERSION = 1;

const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const fileSchema = z.object({
  version: z.literal(VERSION),
  appId: z.string().regex(/^\d{1,19}$/),
  slug: z.string().regex(/^[\w.-]{1,100}$/),
  privateKey: privateKeyText,
  webhookSecret: z.string().min(1).nullable(),
  clientId: z.string().nullable(),
  clientSecret: z.string().nullable(),
  apiUrl: address,
  webUrl: address,
  connectedAt: z.iso.datetime().transform(Date.parse),
});

/** The GitHub App that the set-up pages have stored. */
export interface StoredCredentials {
  /** GitHub's id of the App. */
  readonly appId: string;
  /** Its name in addresses: `https://github.com/apps/SLUG`. */
  readonly slug: string;
  /** PEM. */
  readonly privateKey: string;
  /** Null where GitHub does not deliver to this installation: it only asks. */
  readonly webhookSecret: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Where the API is, and where people look at GitHub; without a slash at the end. */
  readonly apiUrl: string;
  readonly webUrl: string;
  /** Epoch ms. */
  readonly connectedAt: number;
}

/** Where the credentials of a data folder stand. */
export function credentialsPath(dataDir: string): string {
  return join(dataDir, NAME);
}

/** Every secret value in the credentials: what a log must never show. */
export function secretsOf({ privateKey, webhookSecret, clientSecret }: StoredCredentials): readonly string[] {
  return [privateKey, webhookSecret, clientSecret].filter((secret) => secret !== null);
}

/**
 * Reads what the set-up pages have stored; null where they have stored nothing. Throws `bad-option` for a file that
 * others on the machine may read (its key has to be taken for known), that cannot be read or that is none of ours; no
 * message shows anything of its content.
 */
export async function readCredentials(dataDir: string): Promise<StoredCredentials | null> {
  const path = credentialsPath(dataDir);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason = unreadableBecause(error);
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return null;
    throw new NarrowsError('bad-option', `${path} cannot be read (${reason}): it holds the GitHub App, and belongs to the account that runs Narrows.`);
  });
  if (text === null) return null;
  await refuseOpen(path);
  const parsed = fileSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new NarrowsError('bad-option', `${path} is not what the set-up pages write${place === '' ? '' : ` (see ${place})`}: restore it from a backup, or remove it and connect the App anew.`);
  }
  const { version: _version, ...credentials } = parsed.data;
  return credentials;
}

async function refuseOpen(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const mode = (await stat(path)).mode & 0o777;
  if (!isOpenToOthers({ text: '', mode })) return;
  const written = mode.toString(8).padStart(4, '0');
  throw new NarrowsError('bad-option', `${path} has the mode ${written}: others on this machine may use the App's key. Run chmod 600 ${path}; if somebody else could have read it, make a new key on the page of the App and delete the old one there.`);
}

/**
 * Stores the credentials for this account alone (0600, in a folder of 0700), all or nothing: a process killed meanwhile
 * leaves the file as it was. Throws `storage-failed`, with the reason and without any of the content.
 */
export async function writeCredentials(dataDir: string, credentials: StoredCredentials): Promise<void> {
  const text = JSON.stringify({ version: VERSION, ...credentials, connectedAt: new Date(credentials.connectedAt).toISOString() }, null, 2);
  await writeWhole(dataDir, `${text}\n`, credentialsPath(dataDir));
}

/** Finds out beforehand whether credentials could be stored: GitHub gives them once. Throws `storage-failed`. */
export async function ensureCredentialsFit(dataDir: string): Promise<void> {
  await writeWhole(dataDir, ' '.repeat(8_192), null);
}

/** Writes beside the target and puts it in place at the end; with no target it is taken away again. */
async function writeWhole(dataDir: string, text: string, target: string | null): Promise<void> {
  const beside = `${credentialsPath(dataDir)}.new`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await chmod(dataDir, 0o700);
    await rm(beside, { force: true });
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (target === null) await rm(beside);
    else await rename(beside, target);
    await syncFolder(dataDir);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new NarrowsError('storage-failed', `The credentials of the App cannot be stored in ${dataDir} (${unreadableBecause(error)}): make room, or let the account that runs Narrows write there.`);
  }
}

/** A rename is on disk once its folder is; some file systems do not sync folders, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
