import { compareText, storableText } from '#src/core/text.ts';
import { repositoryKey } from '#src/domain/repository.ts';
import type { FactChanges } from '#src/domain/source.ts';
import type { WholeListing } from '#src/domain/team.ts';
import { integer } from './column-values.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { storableRef } from './repository-names.ts';
import { joinRows, type JoinedTable } from './rows.ts';
import type { TeamListingTable } from './schema.ts';

/**
 * Every listing is kept, for the earliest and the latest that hold someone bound when they joined and left, in whatever
 * order the listings come. Two of one instant that contradict each other: the greater text stands.
 */
const TEAM_LISTINGS: JoinedTable<TeamListingTable> = {
  table: 'team_listings',
  columns: ['subject', 'kind', 'taken_at', 'content', 'known_by'],
  key: ['subject', 'kind', 'taken_at'],
  join: (a, b) => ((compareText(a.content, b.content) || compareText(a.known_by, b.known_by)) >= 0 ? a : b),
};

/** Joins what was listed whole. Resolves to whether who is in which team may have changed. */
export async function foldTeamListings(database: Database, transaction: Handle, changes: Required<FactChanges>): Promise<boolean> {
  const members = changes.memberListings.map((listing) => row(listing, 'members', listing.teamId, listing.members.map(storableText)));
  const repositories = changes.teamRepositoryListings.map((listing) =>
    row(listing, 'repositories', listing.teamId, listing.repositories.map(({ repository, permission }) => [repositoryKey(storableRef(repository)), storableText(permission)])),
  );
  const teams = changes.teamListings.map((listing) => row(listing, 'teams', listing.organization.toLowerCase(), listing.teamIds.map(storableText)));
  const written = await joinRows(database, transaction, TEAM_LISTINGS, [...members, ...repositories, ...teams]);
  return written.some(({ kind }) => kind !== 'repositories');
}

function row({ takenAt, knownBy }: WholeListing, kind: TeamListingTable['kind'], subject: string, entries: readonly unknown[]): TeamListingTable {
  const content = [...new Set(entries.map((entry) => JSON.stringify(entry)))].sort(compareText);
  return { subject: storableText(subject), kind, taken_at: integer(takenAt), content: `[${content.join(',')}]`, known_by: storableText(knownBy) };
}
