import { compareIds } from '#src/core/text.ts';
import { repositoryKey } from '#src/domain/repository.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import { joinEvidence, type AttributeName, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { integer, textOrNull } from './column-values.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { asksTeam, markSubjects, noteTeamRequests } from './dirty-subjects.ts';
import { encodeEvidence } from './evidence-codec.ts';
import type { NameMove, RepositoryOwners } from './fold-repositories.ts';
import { storableRef } from './repository-names.ts';
import { chunks, insertRows } from './rows.ts';
import type { PullRequestTable } from './schema.ts';
import { addTold, decodeTold, encodeParts, NOTHING_TOLD, partTold, withoutTold, type ToldEvidence } from './told-parts.ts';

/** Rows that are read, joined and written together: few enough that their evidence fits in the caches. */
const ROWS_AT_ONCE = 200;

/** The columns of a row that hold its evidence. */
const EVIDENCE_COLUMNS = ['repository_id', 'number', 'attributes', 'timeline', 'parts'] as const;

type EvidenceRow = Pick<PullRequestTable, (typeof EVIDENCE_COLUMNS)[number]>;

const COLUMNS: readonly (keyof PullRequestTable)[] = [
  'repository_id',
  'number',
  'author',
  'state',
  'draft',
  'title',
  'created_at',
  'closed_at',
  'merged_at',
  'updated_at',
  'additions',
  'deletions',
  'changed_files',
  'commits',
  'base_ref',
  'head_ref',
  'head_sha',
  'head_repository_id',
  'attributes',
  'timeline',
  'parts',
];

/** What is told of one row, by the key it was told under. */
interface RowChange {
  readonly repositoryId: string;
  readonly number: number;
  readonly told: Map<string, PullRequestEvidence>;
}

/** Joins evidence into the pull requests' rows. */
export async function foldPullRequests(
  database: Database,
  transaction: Handle,
  changes: readonly PullRequestChange[],
  owners: RepositoryOwners,
): Promise<void> {
  for (const move of owners.moves) await moveTold(database, transaction, move);
  await joinChanges(database, transaction, rowChanges(changes, owners));
}

/** The changes by row, in the order of rows. */
function rowChanges(changes: readonly PullRequestChange[], owners: RepositoryOwners): RowChange[] {
  const rows = new Map<string, RowChange>();
  for (const { repository, number, evidence } of changes) {
    const repositoryId = owners.canonical(repository);
    const key = `${repositoryId} ${String(integer(number))}`;
    const row = rows.get(key) ?? { repositoryId, number: integer(number), told: new Map<string, PullRequestEvidence>() };
    rows.set(key, row);
    const toldKey = repositoryKey(storableRef(repository));
    const known = row.told.get(toldKey);
    row.told.set(toldKey, known === undefined ? evidence : joinEvidence(known, evidence));
  }
  return [...rows.values()].sort((a, b) => compareIds(a.repositoryId, b.repositoryId) || a.number - b.number);
}

async function joinChanges(database: Database, transaction: Handle, changes: readonly RowChange[]): Promise<void> {
  for (const chunk of chunks(changes, ROWS_AT_ONCE)) {
    const stored = await transaction
      .selectFrom('pull_requests')
      .select(EVIDENCE_COLUMNS)
      .where(database.dialect.matches(['repository_id', 'number'], chunk.map((row) => [row.repositoryId, row.number])))
      .execute();
    const known = new Map(stored.map((row) => [`${row.repository_id} ${String(row.number)}`, row]));
    const written: PullRequestTable[] = [];
    const asking: PullRequestTable[] = [];
    for (const change of chunk) {
      const row = known.get(`${change.repositoryId} ${String(change.number)}`);
      let told = row === undefined ? NOTHING_TOLD : decodeTold(row);
      for (const [key, evidence] of change.told) told = addTold(change.repositoryId, told, key, evidence);
      const next = pullRequestRow(change.repositoryId, change.number, told);
      if (row !== undefined && isSameEvidence(row, next)) continue;
      written.push(next);
      if (asksTeam(told.all)) asking.push(next);
    }
    await writeRows(database, transaction, written);
    await noteTeamRequests(database, transaction, asking);
  }
}

function isSameEvidence(a: EvidenceRow, b: EvidenceRow): boolean {
  return a.attributes === b.attributes && a.timeline === b.timeline && a.parts === b.parts;
}

async function writeRows(database: Database, transaction: Handle, rows: readonly PullRequestTable[]): Promise<void> {
  const into = { table: 'pull_requests', columns: COLUMNS, onConflict: { key: ['repository_id', 'number'], then: 'replace' } } as const;
  await insertRows(database, transaction, into, rows);
  await markSubjects(database, transaction, rows);
}

/** Moves what was told under a name from the row that had it to the row of the name's owner. */
async function moveTold(database: Database, transaction: Handle, { toldKey, from, to }: NameMove): Promise<void> {
  for (let after = -Infinity; ; ) {
    const rows = await transaction
      .selectFrom('pull_requests')
      .select(EVIDENCE_COLUMNS)
      .where('repository_id', '=', from)
      .where('number', '>', Math.max(after, Number.MIN_SAFE_INTEGER))
      .$if(from !== toldKey, (query) => query.where('parts', 'is not', null))
      .orderBy('number')
      .limit(ROWS_AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
    await moveRows(database, transaction, rows, { toldKey, from, to });
  }
}

async function moveRows(database: Database, transaction: Handle, rows: readonly EvidenceRow[], { toldKey, from, to }: NameMove): Promise<void> {
  const moved: RowChange[] = [];
  const left: PullRequestTable[] = [];
  const emptied: number[] = [];
  for (const row of rows) {
    const told = decodeTold(row);
    const part = partTold(from, told, toldKey);
    if (part === null) continue;
    moved.push({ repositoryId: to, number: row.number, told: new Map([[toldKey, part]]) });
    const rest = withoutTold(from, told, toldKey);
    if (rest === null) emptied.push(row.number);
    else left.push(pullRequestRow(from, row.number, rest));
  }
  await writeRows(database, transaction, left);
  if (emptied.length > 0) {
    await markSubjects(database, transaction, emptied.map((number) => ({ repository_id: from, number })));
    await transaction.deleteFrom('pull_requests').where('repository_id', '=', from).where(database.dialect.isOneOf('number', emptied)).execute();
  }
  await joinChanges(database, transaction, moved);
}

/** A pull request's row: its evidence, and the columns that follow from its attributes. */
function pullRequestRow(repositoryId: string, number: number, told: ToldEvidence): PullRequestTable {
  const { attributes } = told.all;
  const text = (name: AttributeName): string | null => textOrNull(attributes[name]?.value);
  const whole = (name: AttributeName): number | null => {
    const value = attributes[name]?.value;
    return typeof value === 'number' ? integer(value) : null;
  };
  const draft = attributes.draft?.value;
  const mergedAt = whole('merged_at');
  return {
    repository_id: repositoryId,
    number,
    author: text('author'),
    state: mergedAt !== null ? 'merged' : text('state') === 'closed' ? 'closed' : 'open',
    draft: typeof draft === 'boolean' ? Number(draft) : null,
    title: text('title'),
    created_at: whole('created_at'),
    closed_at: whole('closed_at'),
    merged_at: mergedAt,
    updated_at: whole('updated_at'),
    additions: whole('additions'),
    deletions: whole('deletions'),
    changed_files: whole('changed_files'),
    commits: whole('commits'),
    base_ref: text('base_ref'),
    head_ref: text('head_ref'),
    head_sha: text('head_sha'),
    head_repository_id: text('head_repository_id'),
    ...encodeEvidence(told.all),
    parts: encodeParts(told),
  };
}
