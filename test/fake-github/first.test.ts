import { expect, test } from '@jest/globals';
import { pullRequestsQuery } from '#src/github/queries/pull-requests.ts';
import { nodeId } from '#test/support/fake-github/node-ids.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { startFakeGitHub } from '#test/support/fake-github/fake-github.ts';

test('first', async () => {
  let t = Date.now();
  const lap = (what: string) => { console.log(what, Date.now() - t); t = Date.now(); };
  const fake = await startFakeGitHub({ world: guiWorld() });
  lap('start');
  let after: string | null = null;
  let n = 0;
  for (;;) {
    const response: Response = await fetch(`${fake.url}/graphql`, { method: 'POST', body: JSON.stringify({ query: pullRequestsQuery.text, variables: { repository: nodeId('R', GUI_ID), first: 50, threads: 30, after } }) });
    const text = await response.text();
    const body = JSON.parse(text);
    if (body.errors) console.log(JSON.stringify(body.errors).slice(0, 1000));
    pullRequestsQuery.answer.parse(body.data);
    lap(`page ${text.length}`);
    const page = body.data.node.pullRequests;
    if (n === 0) console.log(JSON.stringify(page.nodes[3]).slice(0, 3000), JSON.stringify(body.data.rateLimit));
    n += page.nodes.length;
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(n).toBe(519);
  await fake.close();
});
