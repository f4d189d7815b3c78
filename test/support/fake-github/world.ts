import type { Happening } from './happenings.ts';
import type { PullState } from './pull-at.ts';
import type { RecordedAccount, RecordedPull } from './recorded-pull.ts';
import type { RepositoryPlan } from './repository-record.ts';

/** The App that the fake knows. */
export interface FakeApp {
  readonly id: string;
  readonly slug: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** The person or organisation that owns repositories. */
export interface OwnerState {
  readonly id: number;
  readonly login: string;
  readonly type: 'Organization' | 'User';
}

/** An installation of the App at one instant. */
export interface InstallationState {
  readonly id: string;
  readonly account: OwnerState;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms; null while it is not suspended. */
  readonly suspendedAt: number | null;
  readonly repositoryIds: readonly number[];
}

/** A repository at one instant. */
export interface RepositoryState {
  readonly id: number;
  readonly nodeId: string;
  /** `owner/name`, as it is called at that instant. */
  readonly fullName: string;
  readonly owner: OwnerState;
  readonly name: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
}

/** A pull request in the list of its repository at one instant. */
export interface PullEntry {
  readonly number: number;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms. */
  readonly updatedAt: number;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
}

/** A team at one instant. */
export interface TeamState {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly parentSlug: string | null;
  readonly privacy: 'closed' | 'secret';
  readonly members: readonly { readonly account: RecordedAccount; readonly role: 'member' | 'maintainer' }[];
  readonly repositories: readonly { readonly repositoryId: number; readonly permission: 'pull' | 'triage' | 'push' | 'maintain' | 'admin' }[];
}

/** An organisation at one instant. */
export interface OrganizationState {
  readonly login: string;
  readonly members: readonly { readonly account: RecordedAccount; readonly role: 'member' | 'admin' }[];
  readonly teams: readonly TeamState[];
}

/**
 * The world that the fake answers from, over time: everything in it has an instant (epoch ms) from which on it shows,
 * and every question says at which instant. Repositories are found by name (present or earlier) or id.
 */
export interface World {
  readonly app: FakeApp;
  /** Installations, suspended ones included, removed ones not. */
  installations(at: number): readonly InstallationState[];
  repositories(at: number): readonly RepositoryState[];
  repository(id: number, at: number): RepositoryState | null;
  /** By its present name or, where no other has that now, an earlier one; letter case does not count. */
  repositoryNamed(fullName: string, at: number): { readonly repository: RepositoryState; readonly isEarlierName: boolean } | null;
  owner(login: string, at: number): OwnerState | null;
  /** Without members and teams where none were planted for an owner that is an organisation. */
  organization(login: string, at: number): OrganizationState | null;
  /** Whoever was seen with this login. */
  account(login: string): RecordedAccount | null;
  /** The pull requests of a repository, in order of number. */
  entries(repositoryId: number, at: number): readonly PullEntry[];
  /** One pull request as it was; null before it was opened. */
  pull(repositoryId: number, number: number, at: number): PullState | null;
  /** The pull requests of a repository, in order of number, each as it will be at last; lazily read. */
  pulls(repositoryId: number): Iterable<RecordedPull>;
  /** What happened in `[from, to)`, in order of time: what webhooks tell. */
  happenings(from: number, to: number): Iterable<Happening>;

  /** Adds a repository; it belongs to its owner's installation, which is made if there is none. */
  plantRepository(plan: RepositoryPlan): RepositoryState;
  /** Adds or replaces a pull request, with the whole of its past and future. */
  plantPull(repository: string, pull: RecordedPull): void;
  /** Rewrites one; whatever it adds shows from its own time on, and `updated_at` keeps up with it. */
  editPull(repository: string, number: number, change: (pull: RecordedPull) => RecordedPull): void;
  /** A comment, on a line or below, is gone from `at` on. */
  deleteComment(repository: string, number: number, commentId: number, at: number): void;
  /** Another name (`fullName` with the same owner) or another owner; the old name redirects. */
  rename(repository: string, fullName: string, at: number): void;
  archive(repository: string, at: number, isArchived?: boolean): void;
  /** Takes a repository out of its owner's installation, or puts it back in. */
  removeFromInstallation(repository: string, at: number): void;
  addToInstallation(repository: string, at: number): void;
  suspendInstallation(id: string, at: number): void;
  unsuspendInstallation(id: string, at: number): void;
  uninstall(id: string, at: number): void;
  /** Grants other permissions or events from `at` on. */
  grant(installationId: string, granted: { readonly permissions?: Readonly<Record<string, string>>; readonly events?: readonly string[] }, at: number): void;
  /** The members and teams of an organisation from `at` on. */
  putOrganization(state: OrganizationState, at: number): void;
}
