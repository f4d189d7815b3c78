import { createHash } from 'node:crypto';
import { timesOf } from './pull-at.ts';
import type { PullEntry } from './world.ts';
import type { RecordedAccount, RecordedPull } from './recorded-pull.ts';

/** The list entry of a pull request as it will be at last. */
export interface FinalEntry extends PullEntry {
  /** Nothing changes after it, epoch ms. */
  readonly finalAt: number;
}

/** Where the pull requests of a repository come from; what is not asked for is not held in memory. */
export interface PullSource {
  /** In order of number. */
  readonly entries: readonly FinalEntry[];
  read(number: number): RecordedPull | null;
  /** Whoever appears in them with this login. */
  account(login: string): RecordedAccount | null;
}

/** What the list says of a pull request at last. */
export function finalEntry(pull: RecordedPull): FinalEntry {
  const state = pull.merged_at != null ? 'MERGED' : pull.state === 'closed' ? 'CLOSED' : 'OPEN';
  return {
    number: pull.number,
    createdAt: Date.parse(pull.created_at),
    updatedAt: Date.parse(pull.updated_at),
    state,
    finalAt: timesOf(pull).reduce((latest, at) => Math.max(latest, at), 0),
  };
}

/** Recorded pull requests: kept as text, read when they are asked for. */
export function recordedPulls(lines: Iterable<string>): PullSource {
  const texts = new Map<number, string>();
  const entries: FinalEntry[] = [];
  const accounts = new Map<string, RecordedAccount>();
  const bareLogins = new Set<string>();
  for (const line of lines) {
    // A recording is what `narrows import` takes: its shape is held to a schema there.
    const pull = JSON.parse(line) as RecordedPull;
    texts.set(pull.number, line);
    entries.push(finalEntry(pull));
    for (const account of accountsOf(pull)) accounts.set(account.login, account);
    for (const login of bareLoginsOf(pull)) bareLogins.add(login);
  }
  entries.sort((a, b) => a.number - b.number);
  return {
    entries,
    read(number) {
      const text = texts.get(number);
      return text === undefined ? null : (JSON.parse(text) as RecordedPull);
    },
    account: (login) => accounts.get(login) ?? (bareLogins.has(login) ? accountOf(login) : null),
  };
}

/** Pull requests held as they were given. */
export function plantedPulls(pulls: readonly RecordedPull[]): PullSource {
  const byNumber = new Map(pulls.map((pull) => [pull.number, pull]));
  const accounts = new Map(pulls.flatMap(accountsOf).map((account) => [account.login, account]));
  const bareLogins = new Set(pulls.flatMap(bareLoginsOf));
  return {
    entries: pulls.map(finalEntry).sort((a, b) => a.number - b.number),
    read: (number) => byNumber.get(number) ?? null,
    account: (login) => accounts.get(login) ?? (bareLogins.has(login) ? accountOf(login) : null),
  };
}

/** Every account that a pull request names whole. */
export function accountsOf(pull: RecordedPull): readonly RecordedAccount[] {
  const people = [pull.user, ...pull.events.flatMap(({ actor, user, requested_reviewer: asked, assignee }) => [actor, user, asked, assignee]), ...(pull.review_comment_list ?? []).map(({ user }) => user)];
  return people.filter((person) => typeof person === 'object' && person !== null);
}

/** Whom a pull request names by login alone. */
function bareLoginsOf(pull: RecordedPull): readonly string[] {
  return pull.events.flatMap(({ requested_reviewer: asked, assignee }) => [asked, assignee]).filter((person) => typeof person === 'string');
}

/** Somebody of whom a recording knows the login alone: GitHub has an id of theirs. That of `account-17` is 17, as in all of a recording without names. */
function accountOf(login: string): RecordedAccount {
  const number = /^account-(\d+)$/.exec(login)?.[1];
  const id = number === undefined ? 1_000_000_000 + (createHash('sha256').update(login).digest().readUInt32BE(0) % 900_000_000) : Number(number);
  return { login, id, type: 'User' };
}
