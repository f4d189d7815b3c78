import { formatInstant } from '#src/core/instant.ts';
import { compareIds, compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import { kindRank } from '#src/domain/event-kind.ts';
import type { RepositoryPullRequest } from '#src/domain/store.ts';
import type { TimelineEvent } from '#src/domain/timeline/event.ts';
import type { Dataset, Row } from './rendering/dataset.ts';
import { exportedDetail } from './rendering/event-detail.ts';

/** Every event of every pull request's timeline. */
const dataset: Dataset = {
  of: 'facts',
  description: "every event of the pull requests' timelines",
  columns: ['repository', 'number', 'event', 'event_id', 'actor', 'actor_type', 'at', 'at_from', 'detail'],
  async *rows({ reader }, query) {
    const accounts = await reader.accounts();
    for await (const subject of reader.pullRequests(query.viewer, query)) yield* eventRows(subject, accounts);
  },
};

export default dataset;

function eventRows({ repository, pullRequest }: RepositoryPullRequest, accounts: AccountDirectory): Row[] {
  return pullRequest.events
    .map((event) => ({ event, detail: exportedDetail(event.detail, accounts) }))
    .map((shown) => ({ ...shown, text: JSON.stringify(shown.detail) }))
    .sort((a, b) => compareRows(a.event, b.event) || compareText(a.text, b.text) || compareText(a.event.kind, b.event.kind))
    .map(({ event, detail }) => {
      const actor = event.actor === null ? null : accounts.account(event.actor);
      return [
        repository.fullName,
        pullRequest.number,
        event.kind,
        event.id,
        actor?.login ?? null,
        actor?.type ?? null,
        formatInstant(event.at),
        event.atFrom,
        detail,
      ];
    });
}

function compareRows(a: TimelineEvent, b: TimelineEvent): number {
  return a.at - b.at || kindRank(a.kind) - kindRank(b.kind) || compareIds(a.id, b.id);
}
