import { formatInstant } from '#src/core/instant.ts';
import { compareText } from '#src/core/text.ts';
import type { Dataset } from './rendering/dataset.ts';

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
      for (const life of lives) {
        for (const { phase, enteredAt, leftAt } of life.stays) {
          if (enteredAt >= (query.toAt ?? Infinity) || (leftAt ?? Infinity) <= (query.fromAt ?? -Infinity)) continue;
          yield [repository.fullName, life.number, phase, formatInstant(enteredAt), leftAt === null ? null : formatInstant(leftAt)];
        }
      }
    }
  },
};

export default dataset;
