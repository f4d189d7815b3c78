import { botLogins, isHuman } from '#src/config/bots.ts';
import { parseJson } from '#src/core/json.ts';
import { accountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import recording from '#src/sources/recording.ts';
import { waitReference } from '#src/waits/wait-reference.ts';
import { aboutGui, guiText } from './gui-recording.ts';

/** Pull requests with what their waits rest on beside them. */
export interface RecordedPullRequests {
  readonly pullRequests: readonly PullRequest[];
  readonly reference: WaitReference;
}

/** The pull requests of bitcoin-core/gui, resolved in memory; accounts are `#17` for account-17. */
export function recordedPullRequests(): RecordedPullRequests {
  const sightings: AccountSighting[] = [];
  const changes: PullRequestChange[] = [];
  const takenAt = Date.parse(aboutGui.snapshots.at(-1)?.taken_at ?? '');
  for (const line of guiText('pulls.ndjson.gz').split('\n')) {
    if (line === '') continue;
    const envelope = { guid: `sha256:${String(changes.length)}`, channel: 'recording', event: 'recording', deliveredAt: takenAt, takenAt } as const;
    const reading = recording.read({ repository: aboutGui.repository, recording: parseJson(line) }, envelope);
    if (reading.outcome !== 'facts') throw new Error(`A recording cannot be read: ${reading.reason}`);
    sightings.push(...(reading.changes.accounts ?? []));
    changes.push(...(reading.changes.pullRequests ?? []));
  }
  const accounts = accountDirectory(sightings);
  const bots = botLogins([aboutGui.peers.ignored_bot]);
  return {
    pullRequests: changes.flatMap(({ number, evidence }) => resolveTimeline(evidence, { repositoryId: '1', number, accounts, pushes: [] }) ?? []),
    reference: waitReference(accounts, (account) => isHuman(account, bots), { teams: [], memberships: [], memberListings: [] }),
  };
}
