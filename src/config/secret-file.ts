import { readFileSync, statSync } from 'node:fs';

/** A file that holds a secret: its text as it stands there, and its permission bits (`0o600`), null where the system has none. */
export interface SecretFile {
  readonly text: string;
  readonly mode: number | null;
}

/** Reads a secret's file; throws Node's own error when it cannot be read. */
export function readSecretFile(path: string): SecretFile {
  const text = readFileSync(path, 'utf8');
  return { text, mode: process.platform === 'win32' ? null : statSync(path).mode & 0o777 };
}

/** The secret in a file's text: editors and `echo` end a file with a line break that is no part of it; one is taken off. */
export function secretText(file: SecretFile): string {
  return file.text.replace(/\r?\n$/, '');
}

/** Whether others than the file's owner may read, write or execute it. */
export function isOpenToOthers(file: SecretFile): boolean {
  return file.mode !== null && (file.mode & 0o077) !== 0;
}

/** Why a file could not be read, in a word: Node's code (`ENOENT`). */
export function unreadableBecause(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}
