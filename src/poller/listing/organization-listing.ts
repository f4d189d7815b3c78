import { compareIds } from '#src/core/text.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { GitHub } from '#src/github/github.ts';
import { problemKind } from '#src/github/graphql-body.ts';
import { organizationMembersQuery, organizationTeamsQuery, type ListedMember } from '#src/github/queries/organization.ts';
import { askSmaller, PageSize } from '../page-size.ts';
import { everyPage } from './every-page.ts';
import { leftOut } from './left-out.ts';
import { contentDigest, listingDelivery, type Listing } from './listing-delivery.ts';
import { assembleTeam, type AssembledTeam } from './team-assembly.ts';

/** Teams asked for at once: 99 connections, which is one point. */
const TEAMS_AT_ONCE = 49;

/** An organisation with its teams and members. */
export interface OrganizationListing {
  /** When its first page was asked for, epoch ms. */
  readonly takenAt: number;
  /** Whether all of it was had: teams, their members, their repositories, and the members of the organisation. */
  readonly isComplete: boolean;
  /** The same for two listings between which nothing changed: then only the first need be kept. */
  readonly digest: string;
  readonly delivery: Delivery;
}

/**
 * Lists an organisation. What cannot be had whole is left out of the listing as unknown, each list by itself. Null
 * where the login is no organisation's; rejects with `github-forbidden` where its teams may not be read.
 */
export async function listOrganization(github: GitHub, login: string, signal: AbortSignal): Promise<OrganizationListing | null> {
  const listed = await listTeams(github, login, signal);
  if (listed === null) return null;
  const { organization, areTeamsComplete, takenAt } = listed;
  const members = await listMembers(github, login, signal);
  const teams = [...listed.teams].sort((a, b) => compareIds(a.id, b.id));
  const listing: Listing = { event: 'organization_listing', about: organization.id, takenAt, content: { organization, areTeamsComplete, teams, members } };
  const isComplete = areTeamsComplete && members !== null && teams.every((team) => team.members !== null && team.repositories !== null);
  return { takenAt, isComplete, digest: contentDigest(listing), delivery: listingDelivery(listing) };
}

interface ListedTeams {
  readonly organization: { readonly id: string; readonly login: string };
  readonly takenAt: number;
  readonly areTeamsComplete: boolean;
  readonly teams: readonly AssembledTeam[];
}

async function listTeams(github: GitHub, login: string, signal: AbortSignal): Promise<ListedTeams | null> {
  const size = new PageSize(TEAMS_AT_ONCE);
  const pages = await everyPage(async (after) => {
    const { data, problems, askedAt } = await askSmaller(size, (first) => github.query(organizationTeamsQuery, { login, first, after }, signal));
    const { organization } = data;
    const isWithheld = problems.some((problem) => problemKind(problem) === 'forbidden');
    if (organization === null && isWithheld) throw leftOut(problems, `the teams of ${login}`);
    return organization === null ? null : { ...organization.teams, organization: { id: organization.databaseId, login: organization.login }, askedAt };
  });
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined || last === undefined) return null;
  const teams = new Map<string, AssembledTeam>();
  for (const node of pages.flatMap(({ nodes }) => nodes)) {
    if (node !== null && !teams.has(node.databaseId)) teams.set(node.databaseId, await assembleTeam(github, node, signal));
  }
  const areTeamsComplete = !last.pageInfo.hasNextPage && teams.size === last.totalCount;
  return { organization: first.organization, takenAt: first.askedAt, areTeamsComplete, teams: [...teams.values()] };
}

/** Who belongs to the organisation, by id; null where that cannot be had whole. */
async function listMembers(github: GitHub, login: string, signal: AbortSignal): Promise<readonly { readonly id: string; readonly login: string }[] | null> {
  const pages = await everyPage(async (after) => {
    const { data } = await github.query(organizationMembersQuery, { login, after }, signal);
    return data.organization?.membersWithRole ?? null;
  });
  const members = new Map<string, ListedMember>();
  for (const node of pages.flatMap(({ nodes }) => nodes)) if (node !== null) members.set(node.databaseId, node);
  return members.size === pages.at(-1)?.totalCount ? byId([...members.values()]) : null;
}

function byId(members: readonly ListedMember[]): { readonly id: string; readonly login: string }[] {
  return members.map(({ databaseId, login }) => ({ id: databaseId, login })).sort((a, b) => compareIds(a.id, b.id));
}
