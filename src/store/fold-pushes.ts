import { compareText, storableText } from '#src/core/text.ts';
import type { Push } from '#src/domain/push.ts';
import { repositoryKey } from '#src/domain/repository.ts';
import type { PushSighting } from '#src/domain/source.ts';
import { integer, textOrNull } from './column-values.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { markBranches, markHeadRepositories } from './dirty-subjects.ts';
import { EncodedReader } from './encoded-reader.ts';
import type { RepositoryOwners } from './fold-repositories.ts';
import { storableRef } from './repository-names.ts';
import { joinRows, type JoinedTable } from './rows.ts';
import type { PushTable } from './schema.ts';
import { firstKnown } from './transitions.ts';

/** The columns of a push's row. */
export const PUSH_COLUMNS = [
  'repository_id',
  'branch',
  'before_sha',
  'after_sha',
  'pushed_second',
  'pushed_at',
  'at_from',
  'forced',
  'actor',
  'commits',
  'known_at',
  'known_by',
] as const satisfies readonly (keyof PushTable)[];

/** Pushes: the fuller telling of one stands, and what was known first stays known first. */
const PUSHES: JoinedTable<PushTable> = {
  table: 'pushes',
  columns: PUSH_COLUMNS,
  key: ['repository_id', 'branch', 'before_sha', 'after_sha', 'pushed_second'],
  join: (a, b) => ({ ...fullerOf(a, b), ...firstKnown(a, b) }),
};

/** Which of two tellings of one push says more; among equals any fixed choice will do, so long as it is the same in every order. */
function fullerOf(a: PushTable, b: PushTable): PushTable {
  const order =
    a.commits.length - b.commits.length || Number(a.actor !== null) - Number(b.actor !== null) || compareText(saying(a), saying(b));
  return order >= 0 ? a : b;
}

function saying({ pushed_at, at_from, forced, actor, commits }: PushTable): string {
  return JSON.stringify([pushed_at, at_from, forced, actor, commits]);
}

/** Joins pushes, and marks the pull requests from their branches. */
export async function foldPushes(database: Database, transaction: Handle, pushes: readonly PushSighting[], owners: RepositoryOwners): Promise<void> {
  await joinRows(database, transaction, PUSHES, pushes.map(pushRow));
  await markBranches(database, transaction, pushes.map((push) => [owners.canonical(push.repository), storableText(push.branch)]));
  await markHeadRepositories(database, transaction, owners.moves.flatMap(({ from, to }) => [from, to]));
}

function pushRow(push: PushSighting): PushTable {
  return {
    repository_id: repositoryKey(storableRef(push.repository)),
    branch: storableText(push.branch),
    before_sha: storableText(push.before),
    after_sha: storableText(push.after),
    pushed_second: Math.floor(integer(push.at) / 1000),
    pushed_at: integer(push.at),
    at_from: push.atFrom,
    forced: Number(push.forced),
    actor: textOrNull(push.actor),
    commits: JSON.stringify(push.commits),
    known_at: integer(push.knownAt),
    known_by: storableText(push.knownBy),
  };
}

/** The push of a row; `repositoryId` is the repository it belongs to today. */
export function pushOf(row: PushTable, repositoryId: string): Push {
  return {
    repositoryId,
    branch: row.branch,
    before: row.before_sha,
    after: row.after_sha,
    forced: row.forced === 1,
    actor: row.actor,
    at: row.pushed_at,
    atFrom: row.at_from,
    commits: new EncodedReader(JSON.parse(row.commits)).texts(),
    knownAt: row.known_at,
    knownBy: row.known_by,
  };
}
