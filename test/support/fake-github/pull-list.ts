import { pullAt, timesOf, type Deletions, type PullState } from './pull-at.ts';
import { accountsOf, finalEntry, type FinalEntry, type PullSource } from './pull-source.ts';
import type { RecordedAccount, RecordedPull } from './recorded-pull.ts';
import type { PullEntry } from './world.ts';

/** The pull requests of a repository over time, with what tests changed in them. */
export interface PullList {
  firstCreatedAt(): number | null;
  entries(instant: number): readonly PullEntry[];
  pull(number: number, instant: number): PullState | null;
  pulls(): Iterable<RecordedPull>;
  put(pull: RecordedPull): void;
  edit(number: number, change: (pull: RecordedPull) => RecordedPull): void;
  deleteComment(number: number, commentId: number, at: number): void;
  deletions(): readonly { readonly number: number; readonly commentId: number; readonly at: number }[];
  account(login: string): RecordedAccount | null;
}

/** The list at an instant holds until the next thing happens. */
interface Listed {
  readonly from: number;
  readonly until: number;
  readonly entries: readonly PullEntry[];
}

const UNDELETED: Deletions = new Map();

/** Keeps what was changed apart from the source, which is asked again and again and never held whole. */
export function pullList(source: PullSource): PullList {
  const changed = new Map<number, RecordedPull>();
  const accounts = new Map<string, RecordedAccount>();
  const deleted = new Map<number, Map<number, number>>();
  let finals: readonly FinalEntry[] = source.entries;
  let listed: Listed | null = null;

  const read = (number: number): RecordedPull | null => changed.get(number) ?? source.read(number);
  const deletionsOf = (number: number): Deletions => deleted.get(number) ?? UNDELETED;

  function put(pull: RecordedPull): void {
    changed.set(pull.number, pull);
    for (const account of accountsOf(pull)) accounts.set(account.login, account);
    replaceEntry(pull);
  }

  function replaceEntry(pull: RecordedPull): void {
    const deletedAt = Math.max(-Infinity, ...deletionsOf(pull.number).values());
    const entry = finalEntry(pull);
    const final = { ...entry, updatedAt: Math.max(entry.updatedAt, deletedAt), finalAt: Math.max(entry.finalAt, deletedAt) };
    finals = [...finals.filter(({ number }) => number !== pull.number), final].sort((a, b) => a.number - b.number);
    listed = null;
  }

  function list(instant: number): Listed {
    let until = Infinity;
    const entries: PullEntry[] = [];
    for (const final of finals) {
      if (final.createdAt > instant) until = Math.min(until, final.createdAt);
      else if (final.finalAt <= instant) entries.push(final);
      else {
        const pull = mustRead(final.number);
        for (const time of timesOf(pull, deletionsOf(final.number))) if (time > instant) until = Math.min(until, time);
        const state = pullAt(pull, instant, deletionsOf(final.number));
        if (state !== null) entries.push({ number: state.number, createdAt: state.createdAt, updatedAt: state.updatedAt, state: state.state });
      }
    }
    return { from: instant, until, entries };
  }

  function mustRead(number: number): RecordedPull {
    const pull = read(number);
    if (pull === null) throw new Error(`There is no pull request ${String(number)}.`);
    return pull;
  }

  return {
    firstCreatedAt: () => finals.reduce<number | null>((first, { createdAt }) => Math.min(first ?? Infinity, createdAt), null),
    entries(instant) {
      if (listed === null || instant < listed.from || instant >= listed.until) listed = list(instant);
      return listed.entries;
    },
    pull(number, instant) {
      const pull = read(number);
      return pull === null ? null : pullAt(pull, instant, deletionsOf(number));
    },
    *pulls() {
      for (const { number } of finals) yield mustRead(number);
    },
    put,
    edit(number, change) {
      const pull = change(mustRead(number));
      const { updated_at: _, ...rest } = pull;
      const newest = Math.max(...timesOf({ ...pull, updated_at: pull.created_at }));
      put({ ...rest, updated_at: new Date(Math.max(newest, Date.parse(pull.updated_at))).toISOString().replace('.000Z', 'Z') });
    },
    deleteComment(number, commentId, at) {
      const pull = mustRead(number);
      const ids = [...pull.events.filter(({ event }) => event === 'commented'), ...(pull.review_comment_list ?? [])].map(({ id }) => id);
      if (!ids.includes(commentId)) throw new Error(`Pull request ${String(number)} has no comment ${String(commentId)}.`);
      deleted.set(number, new Map([...deletionsOf(number), [commentId, at]]));
      replaceEntry(pull);
    },
    deletions: () => [...deleted].flatMap(([number, ids]) => [...ids].map(([commentId, at]) => ({ number, commentId, at }))),
    account: (login) => accounts.get(login) ?? source.account(login),
  };
}
