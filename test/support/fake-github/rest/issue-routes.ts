import { restEntity } from '../rest-schemas.ts';
import { commentPayload } from '../webhooks/pull-payload.ts';
import { listed, refuseOtherParameters } from './page.ts';
import { pullRoute } from './pull-of.ts';
import type { Route } from './router.ts';
import { timelineEntity } from './timeline-entity.ts';

/** What a pull request has as the issue that it is. */
export const ISSUE_ROUTES: readonly Route[] = [
  pullRoute('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', (inWorld, route) => {
    refuseOtherParameters(route, ['since']);
    const { repository, pull } = inWorld;
    const since = Date.parse(route.call.query.get('since') ?? '') || -Infinity;
    const issueUrl = `https://api.github.com/repos/${repository.fullName}/issues/${String(pull.number)}`;
    const comments = pull.comments.filter(({ at }) => at >= since);
    return listed(route, comments, (comment) => restEntity('issue-comment', { ...commentPayload(inWorld, comment), issue_url: issueUrl }));
  }),
  pullRoute('GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', (inWorld, route) => {
    refuseOtherParameters(route);
    return listed(route, inWorld.pull.events, (event) => timelineEntity(inWorld, event));
  }),
];
