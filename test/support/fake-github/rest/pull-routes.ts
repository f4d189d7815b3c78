import { json } from '../hooks.ts';
import { restEntity } from '../rest-schemas.ts';
import type { Partly } from '../schema-filling.ts';
import { senderPayload } from '../webhooks/entity-payloads.ts';
import { lineCommentPayload, pullPayload, reviewPayload, type PullInWorld } from '../webhooks/pull-payload.ts';
import type { PullEntry, RepositoryState } from '../world.ts';
import { commitEntity } from './commit-entity.ts';
import { listed, refuseOtherParameters } from './page.ts';
import { pullRoute } from './pull-of.ts';
import { repositoryRoute } from './repository-of.ts';
import { changedAt } from './repository-routes.ts';
import type { Route, RouteCall } from './router.ts';

/** However many commits a pull request has, its list shows so many. */
const LISTED_COMMITS = 250;

/** Pull requests of a repository with what belongs to each. */
export const PULL_ROUTES: readonly Route[] = [
  repositoryRoute('GET /repos/{owner}/{repo}/pulls', (repository, route) => {
    const { world, call } = route;
    refuseOtherParameters(route, ['state', 'sort', 'direction']);
    const repositoryChangedAt = changedAt(world, repository, call.at);
    return listed(route, wantedEntries(repository, route), ({ number }) => {
      const pull = world.pull(repository.id, number, call.at);
      return pull === null ? null : restEntity('pull-request-simple', knownOf({ world, repository, pull, at: call.at, repositoryChangedAt }));
    });
  }),
  pullRoute('GET /repos/{owner}/{repo}/pulls/{pull_number}', (inWorld) => json(restEntity('pull-request', knownOf(inWorld)))),
  pullRoute('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', (inWorld, route) => {
    refuseOtherParameters(route);
    const { repository, pull } = inWorld;
    const pullUrl = `https://api.github.com/repos/${repository.fullName}/pulls/${String(pull.number)}`;
    return listed(route, pull.reviews, (review) => {
      const known = reviewPayload(inWorld, review, review.state ?? 'commented');
      const { updated_at: _, ...shown } = known;
      // Capitals here, small letters in webhooks.
      return restEntity('pull-request-review', { ...shown, state: String(known['state']).toUpperCase(), body: '', pull_request_url: pullUrl });
    });
  }),
  pullRoute('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', (inWorld, route) => {
    refuseOtherParameters(route);
    return listed(route, inWorld.pull.lineComments, (comment) => {
      const known = lineCommentPayload(inWorld, comment);
      return restEntity('pull-request-review-comment', { ...known, user: senderPayload(comment.user) });
    });
  }),
  pullRoute('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', (inWorld, route) => {
    refuseOtherParameters(route);
    return listed(route, inWorld.pull.commits.slice(0, LISTED_COMMITS), (commit) => commitEntity(inWorld.repository, commit));
  }),
];

/** REST names `ghost` where an author is deleted, where webhooks and GraphQL name nobody. */
function knownOf(inWorld: PullInWorld): Partly {
  return { ...pullPayload(inWorld), user: senderPayload(inWorld.pull.recorded.user) };
}

/** Open ones, newest first, unless other states or another order are asked for. */
function wantedEntries(repository: RepositoryState, { world, call, refuse }: RouteCall): readonly PullEntry[] {
  const state = call.query.get('state') ?? 'open';
  const sort = call.query.get('sort') ?? 'created';
  const direction = call.query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc');
  if (sort !== 'created' && sort !== 'updated') refuse(`The fake does not know the order ${sort}.`);
  const timeOf = (entry: PullEntry): number => (sort === 'updated' ? entry.updatedAt : entry.createdAt);
  const wanted = world.entries(repository.id, call.at).filter((entry) => state === 'all' || (entry.state === 'OPEN') === (state === 'open'));
  const rising = wanted.toSorted((a, b) => timeOf(a) - timeOf(b) || a.number - b.number);
  return direction === 'asc' ? rising : rising.toReversed();
}
