/**
 * Turns the recording of bitcoin-core/gui into the recorded data sets of this folder: recorded-waits.csv
 * and recorded-windows.csv. From the project's root:
 * node --conditions=source --import tsx test/core/statistics/r/recorded-waits.ts
 */
import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { STAGES, type Stage } from '#src/domain/wait.ts';
import { pausesOf } from '#src/waits/clock.ts';
import { waitsOfLife } from '#src/waits/pull-request-waits.ts';
import { readLife } from '#src/waits/read-life.ts';
import { recordedPullRequests } from '#test/support/recorded-pull-requests.ts';

const WINDOWS: readonly (readonly [Stage, from: string, to: string])[] = [
  ['review.first_response', '2021-01-01', '2022-01-01'],
  ['review.first_response', '2024-01-01', '2024-07-01'],
  ['review.request_response', '2020-06-01', '2026-05-16'],
  ['review.request_response', '2022-01-01', '2023-01-01'],
  ['review.approval', '2021-01-01', '2021-04-01'],
  ['review.rework', '2020-06-01', '2026-05-16'],
  ['change.merge', '2022-01-01', '2024-01-01'],
  ['change.lead', '2021-01-01', '2021-07-01'],
  ['change.draft', '2020-06-01', '2025-01-01'],
  ['change.coding', '2021-01-01', '2022-01-01'],
];

const { pullRequests, reference } = recordedPullRequests();
const stages = new Set<Stage>(WINDOWS.map(([stage]) => stage));
const waits = pullRequests.flatMap((pr) => {
  const life = readLife(pr, reference);
  return waitsOfLife(life, reference)
    .filter(({ stage }) => stages.has(stage))
    .map((wait) => ({
      case: wait.stage,
      subject: pr.number,
      startedAt: wait.startedAt,
      endedAt: wait.endedAt,
      outcome: wait.outcome,
      pauses: pausesOf(STAGES[wait.stage].clock, life)
        .filter(({ start, to }) => start.at < (wait.endedAt ?? Infinity) && (to === null || to.at > wait.startedAt))
        .map(({ start, to }) => `${start.at}-${to === null ? '' : to.at}`)
        .join('|'),
    }));
});
const windows = WINDOWS.map(([stage, from, to]) => ({
  case: `${stage} ${from}`,
  waits: stage,
  fromAt: Date.parse(from),
  toAt: Date.parse(to),
  asked: STAGES[stage].asked.join('|'),
}));
writeFileSync(new URL('recorded-waits.csv', import.meta.url), stringify(waits, { header: true }));
writeFileSync(new URL('recorded-windows.csv', import.meta.url), stringify(windows, { header: true }));
