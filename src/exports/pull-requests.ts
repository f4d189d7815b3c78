import { formatInstant } from '#src/core/instant.ts';
import type { Dataset } from './rendering/dataset.ts';

/** Every pull request with what GitHub says of it now. */
const dataset: Dataset = {
  of: 'facts',
  description: 'every pull request as GitHub last described it',
  columns: [
    'repository',
    'number',
    'author',
    'author_type',
    'state',
    'draft',
    'created_at',
    'closed_at',
    'merged_at',
    'updated_at',
    'additions',
    'deletions',
    'changed_files',
    'commits',
  ],
  async *rows({ reader }, query) {
    const accounts = await reader.accounts();
    for await (const { repository, pullRequest: pr } of reader.pullRequests(query.viewer, query)) {
      const author = accounts.account(pr.author);
      yield [
        repository.fullName,
        pr.number,
        author.login,
        author.type,
        pr.state,
        pr.draft,
        formatInstant(pr.createdAt),
        instantOrNull(pr.closedAt),
        instantOrNull(pr.mergedAt),
        formatInstant(pr.updatedAt),
        pr.additions,
        pr.deletions,
        pr.changedFiles,
        pr.commits,
      ];
    }
  },
};

export default dataset;

function instantOrNull(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}
