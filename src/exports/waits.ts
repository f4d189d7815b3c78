import { compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { WaitItem } from '#src/domain/figures.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { SubjectWait } from '#src/domain/subject.ts';
import { WAIT_COLUMNS, waitRow } from '#src/figures/wait-row.ts';
import type { Dataset, ExportQuery, ExportSources } from './rendering/dataset.ts';
import { targetName } from './rendering/event-detail.ts';

/** Every wait, ended or not. */
const dataset: Dataset = {
  of: 'waits',
  description: 'every wait, ended or not',
  columns: WAIT_COLUMNS,
  async *rows(sources, query) {
    const accounts = await sources.reader.accounts();
    const repositories = new Map((await sources.reader.repositories(query.viewer)).map((repository) => [repository.id, repository]));
    const waits = (await readWaits(sources, query, repositories)).map((wait) => named(wait, repositories, accounts));
    for (const wait of waits.sort(compareNamed)) yield waitRow(wait, true);
  },
};

export default dataset;

/** A wait with the names it is exported under: the operator's own export names persons. */
type NamedWait = Pick<WaitItem, 'wait' | 'waitsOnName' | 'repository' | 'number'>;

async function readWaits(sources: ExportSources, query: ExportQuery, repositories: ReadonlyMap<string, Repository>): Promise<SubjectWait[]> {
  const isWanted = (id: string): boolean => query.repository === undefined || repositories.get(id)?.fullName.toLowerCase() === query.repository.toLowerCase();
  if (query.asOf === undefined) {
    const repositoryIds = [...repositories.keys()].filter(isWanted);
    return sources.waitReader.waits(query.viewer, { repositoryIds, withIgnored: true, ...(query.stage === undefined ? {} : { stages: [query.stage] }) });
  }
  const waits: SubjectWait[] = [];
  for await (const subject of sources.subjectsAsOf(query.viewer, query.asOf)) {
    if (!isWanted(subject.life.repositoryId)) continue;
    waits.push(...subject.waits.filter(({ wait }) => query.stage === undefined || wait.stage === query.stage));
  }
  return waits;
}

function named({ wait, number, repositoryId }: SubjectWait, repositories: ReadonlyMap<string, Repository>, accounts: AccountDirectory): NamedWait {
  const repository = repositories.get(repositoryId) ?? { id: repositoryId, fullName: repositoryId, deletedAt: null };
  return { wait, number, repository, waitsOnName: wait.waitsOn === null ? null : targetName(wait.waitsOn, accounts) };
}

function compareNamed(a: NamedWait, b: NamedWait): number {
  return (
    compareText(a.wait.stage, b.wait.stage) ||
    compareText(a.repository.fullName, b.repository.fullName) ||
    a.number - b.number ||
    compareText(a.waitsOnName ?? '', b.waitsOnName ?? '') ||
    a.wait.round - b.wait.round
  );
}
