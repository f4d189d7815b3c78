import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { median } from 'simple-statistics';
import { botLogins, isHuman } from '#src/config/bots.ts';
import { Calendar, workingSeconds } from '#src/core/calendar.ts';
import { parseJson } from '#src/core/json.ts';
import { projectFile } from '#src/core/project-file.ts';
import { accountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import type { Wait, WaitReference } from '#src/domain/wait.ts';
import recording from '#src/sources/recording.ts';
import { phasesOfLife, pullRequestPhases } from '#src/waits/phases.ts';
import { pullRequestWaits, waitsOfLife } from '#src/waits/pull-request-waits.ts';
import { readLife } from '#src/waits/read-life.ts';
import { waitReference } from '#src/waits/wait-reference.ts';
import type { BenchOptions } from './contract/bench.ts';

export const name = 'Waits: recomputed from the facts of a pull request';

/** Measures how long one pull request of the recording takes on one core, from its resolved facts to its waits and phases. */
export async function run(options: BenchOptions): Promise<string[]> {
  const { rounds, seconds } = options;
  const { pullRequests, reference } = recorded();
  const waits = pullRequests.flatMap((pr) => pullRequestWaits(pr, reference));
  const calendar = new Calendar({ zone: 'Europe/Berlin', hours: OFFICE_HOURS, holidays: [] });
  const events = pullRequests.reduce((sum, pr) => sum + pr.events.length + pr.arrivals.length, 0) / pullRequests.length;

  const row = (label: string, things: number, work: () => void): string => {
    const times = Array.from({ length: rounds }, () => microsecondsEach(things, work, seconds));
    options.progress(`${label}: ${median(times).toFixed(2)} µs`);
    return `| ${label} | ${median(times).toFixed(2)} | ${Math.round(1e6 / median(times)).toLocaleString('en')} |`;
  };

  return [
    `${pullRequests.length} pull requests with ${events.toFixed(0)} events and ${(waits.length / pullRequests.length).toFixed(1)} waits each. Medians of ${rounds} rounds.`,
    '',
    '| | µs each | A second on one core |',
    '|---|--:|--:|',
    row('Waits of a pull request', pullRequests.length, () => pullRequests.forEach((pr) => pullRequestWaits(pr, reference))),
    row('Phases of a pull request', pullRequests.length, () => pullRequests.forEach((pr) => pullRequestPhases(pr, reference))),
    row('Both, the timeline read once', pullRequests.length, () => pullRequests.forEach((pr) => both(pr, reference))),
    row('Working time of a wait', waits.length, () => waits.forEach((wait) => workingTimeOf(wait, calendar))),
  ];
}

const DAY = [{ startMinute: 540, endMinute: 1020 }];

const OFFICE_HOURS = { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY, saturday: [], sunday: [] };

function workingTimeOf({ startedAt, endedAt }: Wait, calendar: Calendar): number {
  return endedAt === null ? 0 : workingSeconds(startedAt, endedAt, calendar);
}

function both(pr: PullRequest, reference: WaitReference): number {
  const life = readLife(pr, reference);
  return waitsOfLife(life, reference).length + phasesOfLife(life, reference).length;
}

/** Runs it for about so many seconds after a warm-up half as long. */
function microsecondsEach(things: number, work: () => void, seconds: number): number {
  const runFor = (milliseconds: number): number => {
    const start = performance.now();
    let runs = 0;
    do {
      work();
      runs += 1;
    } while (performance.now() - start < milliseconds);
    return ((performance.now() - start) * 1000) / (runs * things);
  };
  runFor(seconds * 500);
  return runFor(seconds * 1000);
}

/** The recorded repository as resolved facts. */
function recorded(): { readonly pullRequests: readonly PullRequest[]; readonly reference: WaitReference } {
  const sightings: AccountSighting[] = [];
  const changes: PullRequestChange[] = [];
  const text = gunzipSync(readFileSync(projectFile('data/recordings/bitcoin-core-gui/pulls.ndjson.gz'))).toString('utf8');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const takenAt = Date.UTC(2026, 4, 15, 20, 30);
    const envelope = { guid: `sha256:${changes.length}`, channel: 'recording', event: 'recording', deliveredAt: takenAt, takenAt } as const;
    const reading = recording.read({ repository: 'bitcoin-core/gui', recording: parseJson(line) }, envelope);
    if (reading.outcome !== 'facts') throw new Error(`The recording cannot be read: ${reading.reason}`);
    sightings.push(...(reading.changes.accounts ?? []));
    changes.push(...(reading.changes.pullRequests ?? []));
  }
  const accounts = accountDirectory(sightings);
  const bots = botLogins(['account-19']);
  return {
    pullRequests: changes.flatMap(({ number, evidence }) => resolveTimeline(evidence, { repositoryId: '1', number, accounts, pushes: [] }) ?? []),
    reference: waitReference(accounts, (account) => isHuman(account, bots), { teams: [], memberships: [], memberListings: [] }),
  };
}
