/** How a delivery names a repository: GitHub's id where it says one, and the full name of that moment. */
export interface RepositoryRef {
  readonly id: string | null;
  /** `owner/name`. */
  readonly fullName: string;
}

/** One sight of a repository. */
export interface RepositorySighting extends RepositoryRef {
  /** When the delivery that shows it was taken or delivered, epoch ms. */
  readonly seenAt: number;
  /** When a `deleted` event told that it is gone, epoch ms. */
  readonly deletedAt: number | null;
}

/** A repository as today's facts know it. */
export interface Repository {
  /** GitHub's id; `name:owner/name` in lower case while only a recording without ids has named it. */
  readonly id: string;
  /** The newest full name known. */
  readonly fullName: string;
  readonly deletedAt: number | null;
}

/** The key of a repository that is known by name alone. */
export function repositoryByName(fullName: string): string {
  return `name:${fullName.toLowerCase()}`;
}

/** The key a delivery's repository is stored under, before any name is known to belong to an id. */
export function repositoryKey(ref: RepositoryRef): string {
  return ref.id ?? repositoryByName(ref.fullName);
}
