import type { RecordedAccount, RecordedEvent, RecordedPull } from '../recorded-pull.ts';

/** A push to the branch of an open pull request. */
export interface PullPush {
  /** Epoch ms. */
  readonly at: number;
  readonly before: string;
  readonly after: string;
  readonly isForced: boolean;
  readonly actor: RecordedAccount | null;
  /** Commits of the recording that came with it, oldest first. */
  readonly commits: readonly RecordedEvent[];
}

/** Commits made so shortly one after the other came with one push, ms. */
const ONE_PUSH_MS = 600_000;

/**
 * The pushes that a recording lets us tell: every force push; and for commits made later than the last of these, or
 * where there was none, one push for those made together, when the last of them was made. What came before the pull
 * request was opened is no push to it.
 *
 * @param headAtFirst the head when it was opened
 */
export function pushesOf(pull: RecordedPull, headAtFirst: string): readonly PullPush[] {
  const openedAt = Date.parse(pull.created_at);
  const commits = pull.events.filter(({ event }) => event === 'committed').map((commit) => ({ commit, at: Date.parse(commit.committer_date ?? '') }));
  const forced = pull.events.filter(({ event }) => event === 'head_ref_force_pushed').map((event) => ({ event, at: Date.parse(event.created_at ?? '') }));
  const lastForcedAt = forced.at(-1)?.at ?? openedAt;

  const pushes: Omit<PullPush, 'before'>[] = [];
  let since = -Infinity;
  for (const { event, at } of forced) {
    const brought = commits.filter((one) => one.at > since && one.at <= at).map(({ commit }) => commit);
    pushes.push({ at, after: event.commit_id ?? brought.at(-1)?.sha ?? headAtFirst, isForced: true, actor: event.actor ?? null, commits: brought });
    since = at;
  }
  let group: { readonly at: number; readonly commits: RecordedEvent[] } | null = null;
  for (const { commit, at } of commits.filter((one) => one.at > lastForcedAt).sort((a, b) => a.at - b.at)) {
    const joined: RecordedEvent[] = group !== null && at - group.at <= ONE_PUSH_MS ? group.commits : [];
    if (group !== null && joined !== group.commits) pushes.push(ordinary(group, pull));
    joined.push(commit);
    group = { at, commits: joined };
  }
  if (group !== null) pushes.push(ordinary(group, pull));

  let before = headAtFirst;
  return pushes
    .filter(({ at }) => at > openedAt)
    .map((push) => {
      const chained = { ...push, before };
      before = push.after;
      return chained;
    });
}

function ordinary({ at, commits }: { readonly at: number; readonly commits: readonly RecordedEvent[] }, pull: RecordedPull): Omit<PullPush, 'before'> {
  return { at, after: commits.at(-1)?.sha ?? '', isForced: false, actor: pull.user ?? null, commits };
}
