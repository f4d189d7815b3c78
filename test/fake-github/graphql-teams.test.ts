import { expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { startFakeGitHub } from '#test/support/fake-github/fake-github.ts';

const team = (id: number, name: string, parentSlug: string | null) => ({ id, name, slug: name.toLowerCase(), parentSlug, privacy: 'closed' as const, members: [], repositories: [] });

const world = buildWorld({
  repositories: [{ fullName: 'acme/app' }],
  organizations: [{ login: 'acme', members: [], teams: [team(1, 'Core', null), team(2, 'Below', 'core'), team(3, 'Ants', null), team(4, 'Deep', 'below')] }],
});

async function slugs(teams: string, path: readonly string[]): Promise<readonly string[]> {
  const fake = await startFakeGitHub({ world, clock: standingClock(Date.UTC(2026, 0, 5)) });
  const response = await fetch(`${fake.url}/graphql`, { method: 'POST', body: JSON.stringify({ query: `{ organization(login: "acme") { ${teams} } }` }) });
  const answer = JSON.parse(await response.text());
  await fake.close();
  const { nodes } = ['data', 'organization', ...path].reduce((value, key) => value[key], answer);
  return nodes.map(({ slug }: { slug: string }) => slug);
}

test.each([
  ['by id, all of them', 'first: 9', ['core', 'below', 'ants', 'deep']],
  ['by name', 'first: 9, orderBy: { field: NAME, direction: ASC }', ['ants', 'below', 'core', 'deep']],
  ['by name, backwards, a page', 'first: 2, orderBy: { field: NAME, direction: DESC }', ['deep', 'core']],
  ['that no other is above', 'first: 9, rootTeamsOnly: true', ['core', 'ants']],
])('teams of an organisation are listed %s', async (_, args, expected) => {
  expect(await slugs(`teams(${args}) { nodes { slug } }`, ['teams'])).toEqual(expected);
});

test.each([
  ['one step', 'first: 9', ['below']],
  ['any number of steps', 'first: 9, immediateOnly: false', ['below', 'deep']],
])('teams below a team are listed, %s below', async (_, args, expected) => {
  expect(await slugs(`team(slug: "core") { childTeams(${args}) { nodes { slug } } }`, ['team', 'childTeams'])).toEqual(expected);
});

test('the next page goes on by name', async () => {
  const fake = await startFakeGitHub({ world, clock: standingClock(Date.UTC(2026, 0, 5)) });
  const pages: string[][] = [];
  for (let after: string | null = null, goesOn = true; goesOn; ) {
    const query = 'query ($after: String) { organization(login: "acme") { teams(first: 3, after: $after, orderBy: { field: NAME, direction: ASC }) { nodes { slug } pageInfo { hasNextPage endCursor } } } }';
    const response: Response = await fetch(`${fake.url}/graphql`, { method: 'POST', body: JSON.stringify({ query, variables: { after } }) });
    const { nodes, pageInfo } = JSON.parse(await response.text()).data.organization.teams;
    pages.push(nodes.map(({ slug }: { slug: string }) => slug));
    [after, goesOn] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  await fake.close();

  expect(pages).toEqual([['ants', 'below', 'core'], ['deep']]);
});
