import { isMerged, knownActor, pullRequestActivity } from './dergoegge-pull-request.ts';
import type { ExportedPullRequest } from './exported-pull-requests.ts';
import { mean, tenth } from './python-numbers.ts';

/** The lengths of period that dergoegge's page is told by. */
export type Timeframe = 'year' | 'quarter' | 'month';

/** Somebody's comments on issues in a month: what pull requests cannot tell. */
export interface IssueComments {
  /** `2021-04`. */
  readonly month: string;
  readonly account: string;
  readonly comments: number;
}

/** What the formulas are given. */
export interface DergoeggeInput {
  readonly pulls: readonly ExportedPullRequest[];
  readonly issueComments: readonly IssueComments[];
  readonly ignoredBot: string;
}

/** Prolific is who wrote more than so many comments in a period. */
const PROLIFIC = 100;

/** Lines up to which a change is small, and up to which it is of medium size. */
const SMALL = 50;
const MEDIUM = 500;

const DAY = 86_400;
const AGES = [
  { label: '<1w', below: 7 },
  { label: '1-4w', below: 30 },
  { label: '1-3m', below: 90 },
  { label: '3-6m', below: 180 },
  { label: '6-12m', below: 365 },
  { label: '1-2y', below: 730 },
  { label: '2y+', below: Infinity },
] as const;

/** A merge as the page sees it: the timeline's event, not the pull request's attribute. */
interface Merge {
  readonly pull: ExportedPullRequest;
  readonly period: string;
  readonly days: number;
  readonly by: string | null;
  readonly size: 'S' | 'M' | 'L';
  readonly commentsReceived: number;
}

/**
 * The page's values by period, by its formulas and under its names: every topic but the labels of issues. Those of
 * pull requests are what their events leave, the pull request's own list being no part of the exports.
 */
export function dergoeggePeriods(input: DergoeggeInput, timeframe: Timeframe): Record<string, unknown> {
  const { pulls, issueComments, ignoredBot } = input;
  const merges = mergesOf(pulls, timeframe, ignoredBot);
  const opened = groupBy(pulls, ({ createdAt }) => periodOf(createdAt, timeframe));
  const closed = groupBy(closesOf(pulls, timeframe), ({ period }) => period);
  const comments = commentCounts(pulls, issueComments, ignoredBot, timeframe);
  const received = receivedOf(pulls, ignoredBot, timeframe);
  const firstMerges = groupBy(firstMergesOf(merges), ({ period }) => period);
  const byPeriod = groupBy(merges, ({ period }) => period);
  const periods = [...new Set([...byPeriod.keys(), ...opened.keys(), ...firstMerges.keys(), ...comments.keys()])].sort();
  const each = <T>(value: (merged: readonly Merge[], period: string) => T): Record<string, T> =>
    Object.fromEntries(periods.map((period) => [period, value(byPeriod.get(period) ?? [], period)]));

  const unique = each((merged) => names(merged.map(({ pull }) => pull.author)));
  const notMerged = each((_, period) => names((opened.get(period) ?? []).map(({ author }) => author).filter((author) => !unique[period]?.includes(author))));
  const firstTime = each((_, period) => names((firstMerges.get(period) ?? []).map(({ pull }) => pull.author)));
  const prolific = each((_, period) => Object.fromEntries([...(comments.get(period) ?? [])].filter(([, count]) => count > PROLIFIC)));
  const mergers = each((merged) => names(merged.flatMap(({ by }) => by ?? [])));
  const maintainers = new Set(merges.flatMap(({ by }) => by ?? []));
  const topFive = new Set(mostFrequent(merges.map(({ pull }) => pull.author)).slice(0, 5));
  const averageWithout = (excluded: ReadonlySet<string>): Record<string, number> =>
    each((merged) => average(merged.filter(({ pull }) => !excluded.has(pull.author)).map(({ days }) => days)));

  return {
    periods,
    unique_author_counts: lengths(unique),
    no_merge_author_counts: lengths(notMerged),
    first_time_author_counts: lengths(firstTime),
    prolific_commenter_counts: Object.fromEntries(Object.entries(prolific).map(([period, people]) => [period, Object.keys(people).length])),
    merge_access_counts: lengths(mergers),
    merge_access_users: mergers,
    unique_authors: unique,
    no_merge_authors: notMerged,
    first_time_authors: firstTime,
    prolific_commenter_details: prolific,
    merges_by_actor: each((merged) => countBy(merged.flatMap(({ by }) => by ?? []))),
    avg_time_to_merge: each((merged) => average(merged.map(({ days }) => days))),
    median_time_to_merge: each((merged) => upperMedian(merged.map(({ days }) => days))),
    prs_by_author: each((merged) => countBy(merged.map(({ pull }) => pull.author))),
    avg_time_to_merge_excl_top5: averageWithout(topFive),
    avg_time_to_merge_excl_maintainers: averageWithout(maintainers),
    ttm_by_size: Object.fromEntries(
      (['S', 'M', 'L'] as const).map((size) => [size, each((merged) => average(merged.filter((merge) => merge.size === size).map(({ days }) => days)))]),
    ),
    pr_days_destroyed: each((merged) => tenth(merged.reduce((sum, { days }) => sum + days, 0))),
    contributor_stats: contributorStats({ merges, closed, comments, received }),
    review_by_pr_age_buckets: AGES.map(({ label }) => label),
    review_by_pr_age: reviewsByAge(pulls, ignoredBot, timeframe, periods),
    label_counts_pr: each((_, period) => countBy((opened.get(period) ?? []).flatMap(labelsOf))),
    merged_pr_counts: each((merged) => merged.length),
    closed_pr_counts: each((_, period) => closed.get(period)?.length ?? 0),
    comments_on_merged_prs: each((merged) => merged.reduce((sum, { commentsReceived }) => sum + commentsReceived, 0)),
    comments_histogram: each((merged) => countBy(merged.map(({ commentsReceived }) => String(commentsReceived)))),
  };
}

/** The period an instant (epoch seconds) falls into: `2021`, `2021-Q2`, `2021-04`. */
function periodOf(at: number, timeframe: Timeframe): string {
  return periodOfMonth(new Date(at * 1000).toISOString().slice(0, 7), timeframe);
}

function periodOfMonth(month: string, timeframe: Timeframe): string {
  const [year = '', inYear = ''] = month.split('-');
  if (timeframe === 'year') return year;
  return timeframe === 'quarter' ? `${year}-Q${String(Math.ceil(Number(inYear) / 3))}` : month;
}

function mergesOf(pulls: readonly ExportedPullRequest[], timeframe: Timeframe, ignoredBot: string): Merge[] {
  return pulls
    .flatMap((pull) => {
      const merged = pull.events.findLast(({ event }) => event === 'merged');
      return merged === undefined ? [] : [{ pull, merged }];
    })
    .sort((a, b) => a.merged.at - b.merged.at)
    .map(({ pull, merged }) => {
      const lines = pull.additions + pull.deletions;
      return {
        pull,
        period: periodOf(merged.at, timeframe),
        days: (merged.at - pull.createdAt) / DAY,
        by: knownActor(merged),
        size: lines <= SMALL ? 'S' : lines <= MEDIUM ? 'M' : 'L',
        commentsReceived: pullRequestActivity(pull, ignoredBot).comments_received,
      };
    });
}

/** Pull requests that were never merged, at their first close, whatever came of it. */
function closesOf(pulls: readonly ExportedPullRequest[], timeframe: Timeframe): { author: string; period: string }[] {
  return pulls.flatMap((pull) => {
    const closed = isMerged(pull) ? undefined : pull.events.find(({ event }) => event === 'closed');
    return closed === undefined ? [] : [{ author: pull.author, period: periodOf(closed.at, timeframe) }];
  });
}

function firstMergesOf(merges: readonly Merge[]): Merge[] {
  return merges.filter(({ pull }, index) => merges.findIndex((merge) => merge.pull.author === pull.author) === index);
}

const COMMENTS = new Set(['commented', 'reviewed', 'review_commented']);

function commentCounts(
  pulls: readonly ExportedPullRequest[],
  issueComments: readonly IssueComments[],
  ignoredBot: string,
  timeframe: Timeframe,
): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  const count = (period: string, account: string | null, comments: number): void => {
    if (account === null || account === ignoredBot) return;
    const accounts = counts.get(period) ?? new Map<string, number>();
    counts.set(period, accounts.set(account, (accounts.get(account) ?? 0) + comments));
  };
  for (const event of pulls.flatMap(({ events }) => events)) {
    if (COMMENTS.has(event.event)) count(periodOf(event.at, timeframe), knownActor(event), 1);
  }
  for (const { month, account, comments } of issueComments) count(periodOfMonth(month, timeframe), account, comments);
  return counts;
}

/** Comments and inline comments on somebody's pull requests; reviews have no time there, and a nobody is somebody else. */
function receivedOf(pulls: readonly ExportedPullRequest[], ignoredBot: string, timeframe: Timeframe): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { pull, at } of answersOf(pulls, ignoredBot)) {
    const period = periodOf(at, timeframe);
    const authors = counts.get(period) ?? new Map<string, number>();
    counts.set(period, authors.set(pull.author, (authors.get(pull.author) ?? 0) + 1));
  }
  return counts;
}

function answersOf(pulls: readonly ExportedPullRequest[], ignoredBot: string): { pull: ExportedPullRequest; at: number }[] {
  return pulls.flatMap((pull) =>
    pull.events
      .filter((event) => (event.event === 'commented' || event.event === 'review_commented') && event.actor !== ignoredBot && knownActor(event) !== pull.author)
      .map(({ at }) => ({ pull, at })),
  );
}

function reviewsByAge(pulls: readonly ExportedPullRequest[], ignoredBot: string, timeframe: Timeframe, periods: readonly string[]): Record<string, Record<string, number>> {
  const answers = groupBy(answersOf(pulls, ignoredBot), ({ at }) => periodOf(at, timeframe));
  return Object.fromEntries(
    periods.map((period) => {
      const labels = (answers.get(period) ?? []).map(({ pull, at }) => AGES.find(({ below }) => (at - pull.createdAt) / DAY < below)?.label ?? '');
      return [period, { ...Object.fromEntries(AGES.map(({ label }) => [label, 0])), ...countBy(labels) }];
    }),
  );
}

/** The labels that a pull request's events leave on it. */
function labelsOf({ events }: ExportedPullRequest): string[] {
  const labels = new Set<string>();
  for (const { event, detail } of events) {
    if (event === 'labeled') labels.add(String(detail['label']));
    if (event === 'unlabeled') labels.delete(String(detail['label']));
  }
  return [...labels];
}

interface Contributions {
  readonly merges: readonly Merge[];
  readonly closed: ReadonlyMap<string, readonly { readonly author: string }[]>;
  readonly comments: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly received: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Everybody who had a pull request merged or closed, in every period in which anything is known of them. */
function contributorStats({ merges, closed, comments, received }: Contributions): Record<string, Record<string, Record<string, number>>> {
  const authors = names([...merges.map(({ pull }) => pull.author), ...[...closed.values()].flat().map(({ author }) => author)]);
  return Object.fromEntries(
    authors.map((author) => {
      const merged = groupBy(merges.filter(({ pull }) => pull.author === author), ({ period }) => period);
      const closedIn = (period: string): number => (closed.get(period) ?? []).filter((close) => close.author === author).length;
      const known = new Set([...merged.keys(), ...[...closed.keys()].filter((period) => closedIn(period) > 0), ...periodsWith(comments, author), ...periodsWith(received, author)]);
      const stats = [...known].map((period) => {
        const own = merged.get(period) ?? [];
        const row = {
          count: own.length,
          closed_count: closedIn(period),
          comments: comments.get(period)?.get(author) ?? 0,
          reviews_received: received.get(period)?.get(author) ?? 0,
          avg_ttm: average(own.map(({ days }) => days)),
          avg_additions: average(own.map(({ pull }) => pull.additions)),
          avg_deletions: average(own.map(({ pull }) => pull.deletions)),
          avg_commits: average(own.map(({ pull }) => pull.commits)),
        };
        return [period, row] as const;
      });
      return [author, Object.fromEntries(stats)];
    }),
  );
}

function periodsWith(counts: ReadonlyMap<string, ReadonlyMap<string, number>>, account: string): string[] {
  return [...counts].filter(([, accounts]) => accounts.has(account)).map(([period]) => period);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function countBy(keys: readonly string[]): Record<string, number> {
  return Object.fromEntries([...groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length]));
}

function names(logins: readonly string[]): string[] {
  return [...new Set(logins)].sort();
}

/** Most frequent first; of two equally frequent ones the one seen first. */
function mostFrequent(keys: readonly string[]): string[] {
  return [...groupBy(keys, (key) => key)].sort((a, b) => b[1].length - a[1].length).map(([key]) => key);
}

function lengths(lists: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(lists).map(([period, list]) => [period, list.length]));
}

/** To one decimal; the page says 0 of nothing. */
function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : tenth(mean(values));
}

/** The upper of the two middle values, to one decimal; the page says 0 of nothing. */
function upperMedian(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return middle === undefined ? 0 : tenth(middle);
}
