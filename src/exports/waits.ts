import { formatInstant } from '#src/core/instant.ts';
import { compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { SubjectWait } from '#src/domain/subject.ts';
import type { Dataset, ExportQuery, ExportSources, Row } from './rendering/dataset.ts';
import { targetName } from './rendering/event-detail.ts';

/** Every wait, ended or not. */
const dataset: Dataset = {
  of: 'waits',
  description: 'every wait, ended or not',
  columns: [
    'stage',
    'subject',
    'repository',
    'round',
    'waits_on',
    'started_at',
    'started_from',
    'ended_at',
    'ended_from',
    'paused_seconds',
    'seconds',
    'outcome',
  ],
  async *rows(sources, query) {
    const accounts = await sources.reader.accounts();
    const repositories = new Map((await sources.reader.repositories(query.viewer)).map((repository) => [repository.id, repository]));
    const waits = (await readWaits(sources, query, repositories)).map((wait) => named(wait, repositories, accounts));
    for (const wait of waits.sort(compareNamed)) yield row(wait);
  },
};

export default dataset;

/** A wait with the names it is exported under. */
interface NamedWait {
  readonly of: SubjectWait;
  readonly repository: string;
  readonly waitsOn: string | null;
}

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

function named(of: SubjectWait, repositories: ReadonlyMap<string, Repository>, accounts: AccountDirectory): NamedWait {
  const { waitsOn } = of.wait;
  return { of, repository: repositories.get(of.repositoryId)?.fullName ?? of.repositoryId, waitsOn: waitsOn === null ? null : targetName(waitsOn, accounts) };
}

function compareNamed(a: NamedWait, b: NamedWait): number {
  return (
    compareText(a.of.wait.stage, b.of.wait.stage) ||
    compareText(a.repository, b.repository) ||
    a.of.number - b.of.number ||
    compareText(a.waitsOn ?? '', b.waitsOn ?? '') ||
    a.of.wait.round - b.of.wait.round
  );
}

function row({ of: { number, wait }, repository, waitsOn }: NamedWait): Row {
  return [
    wait.stage,
    `${repository}#${String(number)}`,
    repository,
    wait.round,
    waitsOn,
    formatInstant(wait.startedAt),
    wait.startedFrom,
    wait.endedAt === null ? null : formatInstant(wait.endedAt),
    wait.endedFrom,
    wait.pausedSeconds,
    wait.seconds,
    wait.outcome,
  ];
}
