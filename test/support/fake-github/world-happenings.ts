import type { Happening } from './happenings.ts';
import type { Installations } from './installations.ts';
import { pullAt } from './pull-at.ts';
import type { RepositoryRecord } from './repository-record.ts';
import type { RepositoryState } from './world.ts';

/** Half-open, epoch ms. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/** What happened in a window in order of time; what happened at one instant stays in the order of the recording. */
export function happeningsOf(
  records: Iterable<RepositoryRecord>,
  stateOf: (record: RepositoryRecord, at: number) => RepositoryState,
  installations: Installations,
  window: Window,
): readonly Happening[] {
  const all: Happening[] = [];
  const isInside = (at: number): boolean => at >= window.from && at < window.to;
  const known = new Map<number, RepositoryRecord>();
  for (const record of records) {
    known.set(record.id, record);
    for (const happening of inRepository(record, stateOf)) if (isInside(happening.at)) all.push(happening);
  }
  for (const { installationId, repositoryId, isIn, at } of installations.moves()) {
    const record = known.get(repositoryId);
    if (record === undefined || !isInside(at)) continue;
    all.push({ at, repository: stateOf(record, at), kind: isIn ? 'added_to_installation' : 'removed_from_installation', installationId });
  }
  return all.sort((a, b) => a.at - b.at);
}

function* inRepository(record: RepositoryRecord, stateOf: (record: RepositoryRecord, at: number) => RepositoryState): Iterable<Happening> {
  yield* renames(record, stateOf);
  for (const { from: at, value } of record.archivings().slice(1)) yield { at, repository: stateOf(record, at), kind: value ? 'archived' : 'unarchived' };
  const deletions = record.deletions();
  for (const pull of record.pulls()) {
    // With nothing deleted: a comment that is gone by now was told of when it was written.
    const last = pullAt(pull, Infinity);
    if (last === null) continue;
    const { number } = pull;
    yield { at: last.createdAt, repository: stateOf(record, last.createdAt), kind: 'opened', number };
    for (const event of last.events) {
      if (event.event !== 'committed') yield { at: event.at, repository: stateOf(record, event.at), kind: 'timeline', number, event };
    }
    for (const comment of last.lineComments) yield { at: comment.at, repository: stateOf(record, comment.at), kind: 'line_comment', number, comment };
    for (const { commentId, at } of deletions.filter((deletion) => deletion.number === number)) {
      const isOnLine = (pull.review_comment_list ?? []).some(({ id }) => id === commentId);
      yield { at, repository: stateOf(record, at), kind: 'comment_deleted', number, commentId, isOnLine };
    }
  }
}

function* renames(record: RepositoryRecord, stateOf: (record: RepositoryRecord, at: number) => RepositoryState): Iterable<Happening> {
  let before = record.names()[0]?.value ?? '';
  for (const { from: at, value } of record.names().slice(1)) {
    const isSameOwner = before.split('/')[0]?.toLowerCase() === value.split('/')[0]?.toLowerCase();
    yield { at, repository: stateOf(record, at), kind: isSameOwner ? 'renamed' : 'transferred', from: before };
    before = value;
  }
}
