import { compareText, storableText } from '#src/core/text.ts';
import { repositoryKey } from '#src/domain/repository.ts';
import type { FactChanges } from '#src/domain/source.ts';
import type { TeamSighting } from '#src/domain/team.ts';
import { integer, textOrNull } from './column-values.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { markTeamRequests, TEAMS_MARK } from './dirty-subjects.ts';
import { foldTeamListings } from './fold-team-listings.ts';
import { raiseMark } from './marks.ts';
import { storableRef } from './repository-names.ts';
import { joinRows, type JoinedTable } from './rows.ts';
import type { CollaboratorTable, TeamMembershipTable, TeamRepositoryTable, TeamTable } from './schema.ts';
import { betterSource, firstKnown, greaterText, transitionColumns } from './transitions.ts';

/** Teams: the newest sight names one; the first word of its end stands. */
const TEAMS: JoinedTable<TeamTable> = {
  table: 'teams',
  columns: ['id', 'organization', 'slug', 'name', 'parent_id', 'seen_at', 'deleted_at'],
  key: ['id'],
  join: (a, b) => {
    const newer = (a.seen_at - b.seen_at || compareText(teamWords(a), teamWords(b))) >= 0 ? a : b;
    const ends = [a.deleted_at, b.deleted_at].filter((at) => at !== null);
    return { ...newer, deleted_at: ends.length === 0 ? null : Math.min(...ends) };
  },
};

function teamWords({ organization, slug, name, parent_id }: TeamTable): string {
  return JSON.stringify([organization, slug, name, parent_id]);
}

const TEAM_MEMBERSHIPS: JoinedTable<TeamMembershipTable> = {
  table: 'team_memberships',
  columns: ['team_id', 'account', 'changed_at', 'is_member', 'at_from', 'known_at', 'known_by'],
  key: ['team_id', 'account', 'changed_at', 'is_member'],
  join: (a, b) => ({ ...a, at_from: betterSource(a.at_from, b.at_from), ...firstKnown(a, b) }),
};

const TEAM_REPOSITORIES: JoinedTable<TeamRepositoryTable> = {
  table: 'team_repositories',
  columns: ['team_id', 'repository_id', 'changed_at', 'has_access', 'permission', 'at_from', 'known_at', 'known_by'],
  key: ['team_id', 'repository_id', 'changed_at', 'has_access'],
  join: (a, b) => ({
    ...a,
    permission: greaterText(a.permission, b.permission),
    at_from: betterSource(a.at_from, b.at_from),
    ...firstKnown(a, b),
  }),
};

const COLLABORATORS: JoinedTable<CollaboratorTable> = {
  table: 'collaborators',
  columns: ['repository_id', 'account', 'changed_at', 'is_collaborator', 'permission', 'at_from', 'known_at', 'known_by'],
  key: ['repository_id', 'account', 'changed_at', 'is_collaborator'],
  join: (a, b) => ({
    ...a,
    permission: greaterText(a.permission, b.permission),
    at_from: betterSource(a.at_from, b.at_from),
    ...firstKnown(a, b),
  }),
};

/** Joins teams, who is in them, what they may reach, and who may reach a repository without a team. */
export async function foldTeams(database: Database, transaction: Handle, changes: Required<FactChanges>): Promise<void> {
  const teams = await joinRows(database, transaction, TEAMS, changes.teams.map(teamRow));
  const memberships = changes.memberships.map((change) => ({
    team_id: storableText(change.teamId),
    account: storableText(change.account),
    is_member: Number(change.isMember),
    ...transitionColumns(change),
  }));
  const joined = await joinRows(database, transaction, TEAM_MEMBERSHIPS, memberships);
  const isListedAnew = await foldTeamListings(database, transaction, changes);
  if (teams.length + joined.length > 0 || isListedAnew) {
    await raiseMark(transaction, TEAMS_MARK);
    await markTeamRequests(transaction);
  }
  const teamRepositories = changes.teamRepositories.map((change) => ({
    team_id: storableText(change.teamId),
    repository_id: repositoryKey(storableRef(change.repository)),
    has_access: Number(change.hasAccess),
    permission: textOrNull(change.permission),
    ...transitionColumns(change),
  }));
  await joinRows(database, transaction, TEAM_REPOSITORIES, teamRepositories);
  const collaborators = changes.collaborators.map((change) => ({
    repository_id: repositoryKey(storableRef(change.repository)),
    account: storableText(change.account),
    is_collaborator: Number(change.isCollaborator),
    permission: textOrNull(change.permission),
    ...transitionColumns(change),
  }));
  await joinRows(database, transaction, COLLABORATORS, collaborators);
}

function teamRow(team: TeamSighting): TeamTable {
  return {
    id: storableText(team.id),
    organization: storableText(team.organization),
    slug: storableText(team.slug),
    name: storableText(team.name),
    parent_id: textOrNull(team.parentId),
    seen_at: integer(team.seenAt),
    deleted_at: team.deletedAt === null ? null : integer(team.deletedAt),
  };
}
