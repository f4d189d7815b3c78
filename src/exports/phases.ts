import { formatInstant } from '#src/core/instant.ts';
import { compareText } from '#src/core/text.ts';
import type { PhaseStay } from '#src/domain/wait.ts';
import type { Dataset, ExportQuery, Row } from './rendering/dataset.ts';

/** Where every pull request was, and when: stays that overlap the window asked for, uncut. */
const dataset: Dataset = {
  of: 'waits',
  description: 'where every pull request was, and when',
  columns: ['repository', 'number', 'phase', 'entered_at', 'left_at'],
  async *rows({ reader, waitReader }, query) {
    const repositories = (await reader.repositories(query.viewer))
      .filter(({ fullName }) => query.repository === undefined || fullName.toLowerCase() === query.repository.toLowerCase())
      .sort((a, b) => compareText(a.fullName, b.fullName));
    for (const repository of repositories) {
      const lives = await waitReader.lives(query.viewer, { repositoryIds: [repository.id], withIgnored: true });
      for (const life of lives) yield* life.stays.filter((stay) => overlaps(stay, query)).map((stay) => row(repository.fullName, life.number, stay));
    }
  },
};

export default dataset;

function overlaps({ enteredAt, leftAt }: PhaseStay, { fromAt = -Infinity, toAt = Infinity }: ExportQuery): boolean {
  return enteredAt < toAt && (leftAt ?? Infinity) > fromAt;
}

function row(repository: string, number: number, { phase, enteredAt, leftAt }: PhaseStay): Row {
  return [repository, number, phase, formatInstant(enteredAt), leftAt === null ? null : formatInstant(leftAt)];
}
