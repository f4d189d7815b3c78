import { compareText, storableText } from '#src/core/text.ts';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { TransitionTime } from '#src/domain/team.ts';
import { integer } from './column-values.ts';

/** What every row says of how it became known. */
interface Knowledge {
  readonly known_at: number;
  readonly known_by: string;
}

/** What every row of a transition says of its time. */
interface TransitionColumns extends Knowledge {
  readonly changed_at: number;
  readonly at_from: TimeSource;
}

/** The earlier knowledge of two. */
export function firstKnown(a: Knowledge, b: Knowledge): Knowledge {
  const { known_at, known_by } = (a.known_at - b.known_at || compareText(a.known_by, b.known_by)) <= 0 ? a : b;
  return { known_at, known_by };
}

/** The columns of a transition's time. */
export function transitionColumns({ at, atFrom, knownAt, knownBy }: TransitionTime): TransitionColumns {
  return { changed_at: integer(at), at_from: atFrom, known_at: integer(knownAt), known_by: storableText(knownBy) };
}

/** The better word for where a time comes from, of two that agree on the time: the same in every order. */
export function betterSource(a: TimeSource, b: TimeSource): TimeSource {
  const order: readonly TimeSource[] = ['github', 'audit', 'near', 'delivered', 'bound'];
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** The greater of two texts, either of which may be missing. */
export function greaterText(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareText(a, b) >= 0 ? a : b;
}
