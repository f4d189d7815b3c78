import { z } from 'zod';
import { compareText } from '#src/core/text.ts';
import type { TeamRepositories } from '#src/domain/team-repositories.ts';
import type { Team, TeamMemberListing, TeamMembershipChange } from '#src/domain/team.ts';
import { maySee, type Viewer } from '#src/domain/viewer.ts';
import type { Handle } from './dialect.ts';
import type { TeamListingTable } from './schema.ts';

const texts = z.array(z.string());
const permissions = z.array(z.tuple([z.string(), z.string()]));

/** Every team there is or was, by id. One that a whole listing of its organisation lacks was deleted by then. */
export async function readTeams(handle: Handle): Promise<Team[]> {
  const rows = await handle.selectFrom('teams').select(['id', 'organization', 'slug', 'name', 'parent_id', 'seen_at', 'deleted_at']).orderBy('id').execute();
  const listings = await readListings(handle, 'teams');
  return rows.map((row) => {
    const lacking = listings.find(({ subject, taken_at: takenAt }) => takenAt > row.seen_at && subject === row.organization.toLowerCase());
    const { id, organization, slug, name, parent_id: parentId } = row;
    return { id, organization, slug, name, parentId, deletedAt: row.deleted_at ?? lacking?.taken_at ?? null };
  });
}

/** Who joined and left which team, in an order that every engine gives alike. */
export async function readMemberships(handle: Handle): Promise<TeamMembershipChange[]> {
  const rows = await handle
    .selectFrom('team_memberships')
    .selectAll()
    .orderBy('team_id')
    .orderBy('account')
    .orderBy('changed_at')
    .orderBy('is_member')
    .execute();
  return rows.map((row) => ({
    teamId: row.team_id,
    account: row.account,
    isMember: row.is_member === 1,
    at: row.changed_at,
    atFrom: row.at_from,
    knownAt: row.known_at,
    knownBy: row.known_by,
  }));
}

/** The members of teams as they were listed whole, earliest first. */
export async function readMemberListings(handle: Handle): Promise<TeamMemberListing[]> {
  const rows = await readListings(handle, 'members');
  return rows.map((row) => ({ teamId: row.subject, takenAt: row.taken_at, knownBy: row.known_by, members: texts.parse(JSON.parse(row.content)) }));
}

/** Which team reaches which repository, as far as the viewer may see the repositories, and the teams of which that tells anything. */
export async function readTeamRepositories(handle: Handle, viewer: Viewer): Promise<TeamRepositories> {
  const idOf = await repositoryIds(handle);
  const changed = await handle.selectFrom('team_repositories').selectAll().orderBy('team_id').orderBy('repository_id').orderBy('changed_at').orderBy('has_access').execute();
  const changes = changed
    .map((row) => ({
      teamId: row.team_id,
      repositoryId: idOf(row.repository_id),
      hasAccess: row.has_access === 1,
      permission: row.permission,
      at: row.changed_at,
      atFrom: row.at_from,
      knownAt: row.known_at,
      knownBy: row.known_by,
    }))
    .filter(({ repositoryId }) => maySee(viewer, repositoryId));
  const listings = (await readListings(handle, 'repositories')).map((row) => ({
    teamId: row.subject,
    takenAt: row.taken_at,
    knownBy: row.known_by,
    repositories: permissions
      .parse(JSON.parse(row.content))
      .map(([key, permission]) => ({ repositoryId: idOf(key), permission }))
      .filter(({ repositoryId }) => maySee(viewer, repositoryId)),
  }));
  const reaching = new Set([...changes, ...listings.filter(({ repositories }) => repositories.length > 0)].map(({ teamId }) => teamId));
  const teams = (await readTeams(handle)).filter(({ id }) => viewer.sees === 'everything' || reaching.has(id));
  return { teams, changes, listings: listings.filter(({ teamId }) => viewer.sees === 'everything' || reaching.has(teamId)) };
}

/** The id of today behind the key under which a repository was told of. */
async function repositoryIds(handle: Handle): Promise<(key: string) => string> {
  const owners = await handle.selectFrom('name_owners').select(['name_key', 'repository_id']).execute();
  const ids = new Map(owners.map((row) => [`name:${row.name_key}`, row.repository_id]));
  return (key) => ids.get(key) ?? key;
}

/** Listings of one kind, earliest first. */
async function readListings(handle: Handle, kind: TeamListingTable['kind']): Promise<TeamListingTable[]> {
  const rows = await handle.selectFrom('team_listings').selectAll().where('kind', '=', kind).execute();
  return rows.sort((a, b) => a.taken_at - b.taken_at || compareText(a.subject, b.subject));
}
