import { nodeId } from '../node-ids.ts';
import type { RecordedEvent } from '../recorded-pull.ts';
import { restEntity } from '../rest-schemas.ts';
import type { Partly } from '../schema-filling.ts';
import type { RepositoryState } from '../world.ts';

/** A commit in the list of a pull request: recordings know its dates, and not who made it. */
export function commitEntity(repository: RepositoryState, commit: RecordedEvent): Record<string, unknown> {
  const known = commitParts(repository, commit);
  const { author, committer, tree, message, ...outside } = known;
  return restEntity('commit', { ...outside, commit: { author, committer, tree, message, url: known['url'], comment_count: 0 }, author: null, committer: null, parents: [] });
}

/** What is known of a commit, as a timeline writes it down. */
export function commitParts({ id, fullName }: RepositoryState, { sha = '0'.repeat(40), author_date: authored, committer_date: committed }: RecordedEvent): Partly {
  const url = `https://api.github.com/repos/${fullName}/git`;
  const person = (date: string | undefined): Partly => ({ name: 'someone', email: 'someone@users.noreply.github.com', ...(date === undefined ? {} : { date }) });
  return {
    sha,
    node_id: nodeId('C', id, sha),
    url: `${url}/commits/${sha}`,
    html_url: `https://github.com/${fullName}/commit/${sha}`,
    author: person(authored ?? committed),
    committer: person(committed ?? authored),
    tree: { sha, url: `${url}/trees/${sha}` },
    message: '',
  };
}
