import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseJson } from '#src/core/json.ts';
import { accountDirectory, type AccountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import recording from '#src/sources/recording.ts';

/** What a file of recordings holds. */
export interface RecordedPullRequests {
  readonly pullRequests: readonly PullRequest[];
  readonly accounts: AccountDirectory;
}

/** Reads a compressed file of recordings, one a line, all taken at one instant, into pull requests. */
export function recordedPullRequests(file: URL | string, repository: string, takenAt: number): RecordedPullRequests {
  const sightings: AccountSighting[] = [];
  const changes: PullRequestChange[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line.trim() === '') continue;
    const envelope = { guid: `sha256:${String(changes.length)}`, channel: 'recording', event: 'recording', deliveredAt: takenAt, takenAt } as const;
    const reading = recording.read({ repository, recording: parseJson(line) }, envelope);
    if (reading.outcome !== 'facts') throw new Error(`A recording of ${repository} cannot be read: ${reading.reason}`);
    sightings.push(...(reading.changes.accounts ?? []));
    changes.push(...(reading.changes.pullRequests ?? []));
  }
  const accounts = accountDirectory(sightings);
  const pullRequests = changes.flatMap(({ number, evidence }) => resolveTimeline(evidence, { repositoryId: repository, number, accounts, pushes: [] }) ?? []);
  return { pullRequests, accounts };
}
