import type { Happening } from './happenings.ts';
import type { RecordedPull } from './recorded-pull.ts';

/** The App that the fake knows. */
export interface FakeApp {
  readonly id: string;
  readonly slug: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** An installation of the App at one instant. */
export interface InstallationState {
  readonly id: string;
  readonly account: { readonly id: number; readonly login: string; readonly type: 'Organization' | 'User' };
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** Epoch ms; null while it is not suspended. */
  readonly suspendedAt: number | null;
  readonly repositoryIds: readonly number[];
}

/** A repository at one instant. */
export interface RepositoryState {
  readonly id: number;
  readonly nodeId: string;
  readonly fullName: string;
  readonly createdAt: number;
  readonly isArchived: boolean;
}

/** The world that the fake answers from, over time: everything in it has an instant from which on it shows. */
export interface World {
  readonly app: FakeApp;
  /** Installations at an instant (epoch ms), suspended ones included, removed ones not. */
  installations(at: number): readonly InstallationState[];
  /** Repositories at an instant. */
  repositories(at: number): readonly RepositoryState[];
  /** The pull requests of a repository, in order of number, each as it will be at last; lazily read. */
  pulls(repositoryId: number): Iterable<RecordedPull>;
  /** What happened in `[from, to)`, in order of time: what webhooks tell. Lazily made. */
  happenings(from: number, to: number): Iterable<Happening>;
}
