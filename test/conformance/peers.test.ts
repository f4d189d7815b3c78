import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordFigure } from '#test/support/figures.ts';
import { aboutGui, guiCsv, guiJson, guiSnapshots } from '#test/support/gui-recording.ts';
import { openInstallation, type Installation } from '#test/support/installation.ts';
import { compareCells } from './cells.ts';
import { dergoeggePeriods, type Timeframe } from './dergoegge-periods.ts';
import { pullRequestActivity } from './dergoegge-pull-request.ts';
import { devlakeMinutes } from './devlake.ts';
import { exportedPullRequests, seconds, type ExportedPullRequest } from './exported-pull-requests.ts';
import { issueMetrics, type IssueMetrics } from './issue-metrics.ts';
import { integer, mean, percentile } from './python-numbers.ts';

/**
 * Three other tools computed these values from the whole of GitHub's data. Here their formulas get nothing but the
 * CSV of `narrows export facts`: where every value agrees, no fact that they rest on is missing, doubled or moved.
 */
const SECTION = 'Facts of bitcoin-core/gui, by the formulas of three peers';

let installation: Installation;
let pulls: ReadonlyMap<number, ExportedPullRequest>;
beforeAll(async () => {
  installation = await openInstallation();
  const [, , , final] = guiSnapshots();
  await installation.importLines(final.lines, { repository: aboutGui.repository, takenAt: null });
  pulls = new Map((await exportedPullRequests(installation)).map((pull) => [pull.number, pull]));
}, 60_000);
afterAll(() => installation.close());

function pullOf(number: string | undefined): ExportedPullRequest {
  const pull = pulls.get(Number(number));
  if (pull === undefined) throw new Error(`The export lacks pull request ${String(number)}.`);
  return pull;
}

function numberOrNull(text: string | undefined): number | null {
  if (text === undefined) throw new Error('A column is missing.');
  return text === '' ? null : Number(text);
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

describe('github/issue-metrics', () => {
  type Row = ReturnType<typeof guiCsv>[number];
  const rows = guiCsv('expected/issue-metrics.csv.gz');
  const ours = (row: Row): IssueMetrics => issueMetrics(pullOf(row['number']), aboutGui.peers.ignored_bot);

  function theirs(row: Row): IssueMetrics {
    const ready = row['ready_for_review_at'] ?? '';
    return {
      firstResponse: numberOrNull(row['time_to_first_response_s']),
      firstResponseIgnoringBot: numberOrNull(row['time_to_first_response_ignoring_bot_s']),
      timeToClose: numberOrNull(row['time_to_close_s']),
      timeToMerge: numberOrNull(row['time_to_merge_s']),
      readyForReviewAt: ready === '' ? null : seconds(ready),
      timeInDraft: numberOrNull(row['time_in_draft_s']),
    };
  }

  test('agrees to the second on all six values of every pull request without a note', () => {
    const comparable = rows.filter((row) => row['note'] === '');

    const differing = comparable.filter((row) => JSON.stringify(ours(row)) !== JSON.stringify(theirs(row)));

    expect([rows.length, comparable.length]).toEqual([519, 511]);
    expect(differing.map((row) => ({ number: row['number'], ours: ours(row), theirs: theirs(row) }))).toEqual([]);
    recordFigure(SECTION, 'github/issue-metrics: pull requests whose six values agree to the second', comparable.length - differing.length, 'all 511 without a note (of 519)');
  });

  test('fails by itself at the three pull requests noted so: the first review by another is by a deleted account, which is null to it', () => {
    const failed = rows.filter((row) => row['note'] === 'first:AttributeError');

    const reasons = failed.map((row) => {
      const { author, events } = pullOf(row['number']);
      return events.find(({ event, actor }) => event === 'reviewed' && actor !== author)?.actor;
    });
    const rest = failed.map((row) => ({ ...ours(row), firstResponse: null, firstResponseIgnoringBot: null }));

    expect(reasons).toEqual(['ghost', 'ghost', 'ghost']);
    expect(rest).toEqual(failed.map(theirs));
  });

  test('counts a draft that is open up to its own now, so that only this value of the five noted so is left out', () => {
    const open = rows.filter((row) => row['note'] === 'open-draft-now-dependent-omitted');

    expect(open.map((row) => [pullOf(row['number']).state, pullOf(row['number']).draft])).toEqual(Array(5).fill(['open', true]));
    expect(open.map((row) => ({ ...ours(row), timeInDraft: null }))).toEqual(open.map(theirs));
  });

  test('has the same summary: means, medians and ninetieth percentiles', () => {
    const all = rows.map((row) => (row['note'] === 'first:AttributeError' ? { ...ours(row), firstResponse: null } : ours(row)));
    const drafts = rows.flatMap((row, index) => (row['note'] === 'open-draft-now-dependent-omitted' ? [] : (all[index]?.timeInDraft ?? [])));
    const responses = all.flatMap(({ firstResponse }) => firstResponse ?? []);
    const stats = (values: readonly number[]): unknown => ({ avg: integer(mean(values)), med: integer(percentile(values, 50)), '90p': integer(percentile(values, 90)) });

    const summary = {
      n: all.length,
      first_response_n: responses.length,
      first_response: stats(responses),
      time_to_merge: stats(all.flatMap(({ timeToMerge }) => timeToMerge ?? [])),
      time_in_draft: stats(drafts),
    };

    const { agreeing, differing } = compareCells(summary, guiJson('expected/issue-metrics-summary.json'), () => 'summary');
    expect(differing).toEqual([]);
    expect(agreeing.get('summary')).toBe(11);
    recordFigure(SECTION, 'github/issue-metrics: values of its summary', agreeing.get('summary') ?? 0, 'all 11');
  });
});

describe('Apache DevLake', () => {
  test('agrees to the minute on coding, pickup, review and cycle of every merged pull request, those with ghosts too', () => {
    const rows = guiCsv('expected/devlake.csv.gz');

    const differing = rows.flatMap((row) => {
      const ours = devlakeMinutes(pullOf(row['pr']));
      const theirs = {
        coding: numberOrNull(row['pr_coding_time_min']),
        pickup: numberOrNull(row['pr_pickup_time_min']),
        review: numberOrNull(row['pr_review_time_min']),
        cycle: numberOrNull(row['pr_cycle_time_min_no_deploy']),
      };
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ number: row['pr'], ours, theirs }];
    });

    expect([rows.length, rows.filter((row) => row['has_ghost_user'] === '0').length]).toEqual([324, 317]);
    expect(differing).toEqual([]);
    recordFigure(SECTION, 'Apache DevLake: merged pull requests whose four values agree to the minute', rows.length - differing.length, 'all 324: the 317 comparable ones, and the 7 with ghosts');
  });
});

describe('dergoegge/bitcoin-core-github-metadata-stats', () => {
  const page = guiJson('expected/dergoegge.json.gz') as {
    readonly pr_activity: Readonly<Record<string, unknown>>;
    readonly timeframes: Readonly<Record<Timeframe, Readonly<Record<string, unknown>>>>;
  };
  const ignoredBot = aboutGui.peers.ignored_bot;

  test('agrees on every cell of every pull request', () => {
    const ours = Object.fromEntries([...pulls].map(([number, pull]) => [number, pullRequestActivity(pull, ignoredBot)]));

    const { agreeing, differing } = compareCells(ours, page.pr_activity, ([, topic = '']) => topic);

    expect(differing).toEqual([]);
    expect(Object.fromEntries(agreeing)).toEqual({
      author: 519,
      created: 519,
      closed: 519,
      merged: 519,
      activity: 6063,
      participants: 519,
      first_response_days: 519,
      comments_received: 519,
      author_updates: 519,
      longest_gap_days: 519,
    });
    recordFigure(SECTION, 'dergoegge: cells by pull request, first_response_days and nine more', sum(agreeing.values()), 'all 10,734');
  });

  test.each([
    ['year', 7, 2_389],
    ['quarter', 25, 5_538],
    ['month', 72, 10_821],
  ] as const)('agrees on every cell by %s but the labels of issues', (timeframe, periods, count) => {
    const { label_counts_issue: _issues, ...theirs } = page.timeframes[timeframe];
    const issueComments = guiCsv('expected/issue-comments.csv.gz').map((row) => ({
      month: row['month'] ?? '',
      account: row['account'] ?? '',
      comments: Number(row['comments']),
    }));

    const ours = dergoeggePeriods({ pulls: [...pulls.values()], issueComments, ignoredBot }, timeframe);

    const { agreeing, differing } = compareCells(ours, theirs, ([topic = '']) => topic);
    const cells = sum(agreeing.values());
    expect(differing).toEqual([]);
    expect([agreeing.get('median_time_to_merge'), cells]).toEqual([periods, count]);
    recordFigure(SECTION, `dergoegge: cells by ${timeframe}, all topics but the labels of issues`, cells, `all ${count.toLocaleString('en')}`);
  });

  test('cannot be told the labels of issues, which are no facts of pull requests, and nothing else', () => {
    const topics = Object.keys(page.timeframes.month);

    const told = Object.keys(dergoeggePeriods({ pulls: [], issueComments: [], ignoredBot }, 'month'));

    expect(topics.filter((topic) => !told.includes(topic))).toEqual(['label_counts_issue']);
  });
});
