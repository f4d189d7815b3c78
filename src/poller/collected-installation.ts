import type { CollectedRepository, Installation } from '#src/domain/collection.ts';
import type { GitHub } from '#src/github/github.ts';
import { PageSize } from './page-size.ts';
import type { PullRequestLister } from './pull-request-lister.ts';

/** An installation that answers: what is collected there, and how it is asked. */
export interface CollectedInstallation {
  readonly installation: Installation;
  readonly github: GitHub;
  readonly lister: PullRequestLister;
  /** How many listings are asked for at once; shared by all its repositories. */
  readonly listingSize: PageSize;
}

/** A repository, and where it is asked for. */
export interface CollectionTarget {
  readonly repository: CollectedRepository;
  readonly at: CollectedInstallation;
}

/** Listings of the first page and of the largest. Smaller ones cost more requests; where GitHub cannot answer so many in time, fewer are asked for. */
const FIRST_LISTING_PAGE = 50;
const LARGEST_LISTING_PAGE = 100;

/** Makes an installation ready to be asked. */
export function collectedInstallation(installation: Installation, github: GitHub, lister: PullRequestLister): CollectedInstallation {
  return { installation, github, lister, listingSize: new PageSize(LARGEST_LISTING_PAGE, FIRST_LISTING_PAGE) };
}
