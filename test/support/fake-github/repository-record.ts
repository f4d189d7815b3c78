import { nodeId } from './node-ids.ts';
import type { PullState } from './pull-at.ts';
import { pullList } from './pull-list.ts';
import { plantedPulls, type PullSource } from './pull-source.ts';
import type { RecordedAccount, RecordedPull } from './recorded-pull.ts';
import { timed, type Timed } from './timed.ts';
import type { OwnerState, PullEntry, RepositoryState } from './world.ts';

/** A repository to put into the world. */
export interface RepositoryPlan {
  readonly fullName: string;
  /** GitHub's id; by default made of the name. */
  readonly id?: number;
  /** The owner's id and type; by default made of the login, an organisation. */
  readonly owner?: { readonly id?: number; readonly type?: 'Organization' | 'User' };
  /** Epoch ms; by default a day before the first pull request. */
  readonly createdAt?: number;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  readonly pulls?: PullSource | readonly RecordedPull[];
}

/** A repository of the world with its names, states and pull requests over time. */
export interface RepositoryRecord {
  readonly id: number;
  /** Epoch ms. */
  readonly createdAt: number;
  at(instant: number, ownerOf: (login: string) => OwnerState): RepositoryState;
  nameAt(instant: number): string;
  /** Whether it was called so at some time up to `instant`; the name in lower case. */
  hadName(name: string, instant: number): boolean;
  names(): ReturnType<Timed<string>['all']>;
  archivings(): ReturnType<Timed<boolean>['all']>;
  deletions(): readonly { readonly number: number; readonly commentId: number; readonly at: number }[];
  account(login: string): RecordedAccount | null;
  entries(instant: number): readonly PullEntry[];
  pull(number: number, instant: number): PullState | null;
  pulls(): Iterable<RecordedPull>;
  put(pull: RecordedPull): void;
  edit(number: number, change: (pull: RecordedPull) => RecordedPull): void;
  deleteComment(number: number, commentId: number, at: number): void;
  rename(fullName: string, at: number): void;
  archive(isArchived: boolean, at: number): void;
}

const DAY = 86_400_000;

/** A repository with what was planned for it. */
export function makeRepository(id: number, plan: RepositoryPlan): RepositoryRecord {
  const list = pullList(plan.pulls === undefined ? plantedPulls([]) : 'read' in plan.pulls ? plan.pulls : plantedPulls(plan.pulls));
  const names = timed(plan.fullName);
  const archived = timed(plan.isArchived ?? false);
  const first = list.firstCreatedAt();
  const createdAt = plan.createdAt ?? (first === null ? Date.parse('2020-01-01T00:00:00Z') : first - DAY);
  return {
    id,
    createdAt,
    at(instant, ownerOf) {
      const fullName = names.at(instant);
      const [login = '', name = ''] = fullName.split('/');
      return { id, nodeId: nodeId('R', id), fullName, owner: ownerOf(login), name, createdAt, isArchived: archived.at(instant), isPrivate: plan.isPrivate ?? false };
    },
    nameAt: (instant) => names.at(instant),
    hadName: (name, instant) => names.all().some(({ from, value }) => from <= instant && value.toLowerCase() === name),
    names: () => names.all(),
    archivings: () => archived.all(),
    rename: (fullName, at) => names.set(fullName, at),
    archive: (isArchived, at) => archived.set(isArchived, at),
    ...list,
  };
}
