import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { emitterEventNames } from '@octokit/webhooks';
import { describe, expect, test } from '@jest/globals';
import { appAccess, installationGaps, missingPermissions } from '#src/sources/access/app-access.ts';
import { EVENT_PERMISSION, WANTED_PERMISSIONS } from '#src/sources/access/permissions.ts';
import { loadSources } from '#test/support/sources.ts';
import { appManifest, suggestedName } from '#webhooks/setup/manifest.ts';

const access = appAccess((await loadSources()).keys());
const stored = JSON.parse(readFileSync(new URL('./manifest.json', import.meta.url), 'utf8')) as unknown;
const githubEvents = JSON.parse(readFileSync(new URL('./github-events.json', import.meta.url), 'utf8')) as Record<string, { permission: string[]; app: boolean }>;
const published = JSON.parse(gunzipSync(readFileSync(new URL('../../support/fake-github/published/rest-schemas.json.gz', import.meta.url))).toString()) as {
  components: { schemas: { 'app-permissions': { properties: Record<string, { enum: string[] }> } } };
};
const BASE = 'https://narrows.example.com';

describe('the manifest of the App', () => {
  test('is the stored one: a change of what the App asks for is a change of that file', () => {
    const manifest = appManifest({ access, name: suggestedName('octo-org', 'a1b2c3'), baseUrl: BASE, webhookUrl: `${BASE}/webhooks/github` });

    expect(manifest).toEqual(stored);
  });

  test('subscribes to every webhook that a source reads and that has to be asked for, and to no other', async () => {
    const read = [...(await loadSources()).keys()];
    const webhooks = read.filter((event) => githubEvents[event] !== undefined);
    const given = webhooks.filter((event) => githubEvents[event]?.permission.length === 0);

    expect(access.events).toEqual(webhooks.filter((event) => !given.includes(event)).sort());
    expect(Object.keys(EVENT_PERMISSION).sort()).toEqual(webhooks.sort());
    for (const event of access.events) expect([event, emitterEventNames.some((name) => name === event), githubEvents[event]?.app]).toEqual([event, true, true]);
  });

  test('asks for the permission that GitHub’s documentation names for each event, and for no event without it', () => {
    for (const event of access.events) {
      const permission = WANTED_PERMISSIONS.find(({ name }) => name === EVENT_PERMISSION[event]);
      expect([event, permission?.title]).toEqual([event, githubEvents[event]?.permission[0]]);
    }
  });

  test('may read, by permissions that GitHub has, and may write nothing', () => {
    const { properties } = published.components.schemas['app-permissions'];

    for (const { name } of access.permissions) expect([name, properties[name]?.enum.includes('read')]).toEqual([name, true]);
    expect(new Set(Object.values(appManifest({ access, name: 'x', baseUrl: BASE, webhookUrl: null }).default_permissions))).toEqual(new Set(['read']));
  });

  test('without webhooks names an address that leads nowhere, switched off, and the same events', () => {
    const manifest = appManifest({ access, name: 'x', baseUrl: 'http://localhost:3000', webhookUrl: null });

    expect(manifest.hook_attributes).toEqual({ url: 'https://narrows.invalid/webhooks/github', active: false });
    expect(manifest.default_events).toEqual(access.events);
    expect(manifest.redirect_url).toBe('http://localhost:3000/setup/callback');
  });

  test('has a name of at most 34 characters', () => {
    expect(suggestedName('a-very-long-organisation-name-of-39-chars', 'x')).toHaveLength(34);
    expect(suggestedName(null, 'a1b2c3')).toBe('Narrows a1b2c3');
  });
});

describe('what an installation lacks', () => {
  const all = Object.fromEntries(access.permissions.map(({ name }) => [name, 'read']));

  test('is nothing where everything is granted, and a person’s account has no members to grant', () => {
    const { members: _members, ...person } = all;

    expect(installationGaps(access, { accountType: 'Organization', permissions: all, events: access.events })).toEqual({ permissions: [], events: [] });
    expect(installationGaps(access, { accountType: 'User', permissions: person, events: access.events }).permissions).toEqual([]);
  });

  test('is named with the events that do not come for it; a permission to write includes the one to read', () => {
    const { contents: _contents, ...older } = all;

    const missing = missingPermissions(access, { ...older, issues: 'write' });

    expect(missing.map(({ permission, events }) => [permission.name, events])).toEqual([['contents', ['push']]]);
  });

  test('counts events that could come and are not subscribed to', () => {
    const { contents: _contents, ...older } = all;

    const { events } = installationGaps(access, { accountType: 'Organization', permissions: older, events: ['pull_request', 'repository', 'team', 'team_add', 'member', 'membership', 'issue_comment'] });

    expect(events).toEqual(['pull_request_review', 'pull_request_review_comment', 'pull_request_review_thread']);
  });
});
