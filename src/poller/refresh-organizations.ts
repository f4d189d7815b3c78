import { NarrowsError } from '#src/core/errors.ts';
import type { GitHub } from '#src/github/github.ts';
import { keepWhenNew } from './keep-when-new.ts';
import { listOrganization } from './listing/organization-listing.ts';
import type { PollerParts } from './poller-parts.ts';

/** An organisation, and whom its teams and members are asked of. */
export interface OrganizationAt {
  readonly login: string;
  readonly github: GitHub;
}

const ORGANIZATION_LISTING = 'organization_listing';

/**
 * Lists the teams and members of organisations that were not listed for so long, and keeps each listing that says
 * something new. Where the installation may not read them, that is said at debug level: teams are then what the policy says.
 */
export async function refreshOrganizations(parts: PollerParts, organizations: readonly OrganizationAt[], listedBeforeAt: number, signal: AbortSignal): Promise<number> {
  let kept = 0;
  for (const { login, github } of organizations) {
    const about = login.toLowerCase();
    const [before] = await parts.collection.seen(ORGANIZATION_LISTING, [about]);
    if (before !== undefined && before.checkedAt > listedBeforeAt) continue;
    try {
      const listing = await listOrganization(github, login, signal);
      if (listing !== null && (await keepWhenNew(parts, about, listing))) kept += 1;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof NarrowsError) || error.code !== 'github-forbidden') throw error;
      parts.log.debug({ organization: login, err: error }, 'the teams of an organisation may not be read');
    }
  }
  return kept;
}
