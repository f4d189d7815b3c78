import type { Figures } from '#src/domain/figures.ts';

/** The questions that are answered from the store; the others follow from policy and catalogue alone. */
export type StoredAnswer = { [K in keyof Figures]: Figures[K] extends (...given: never[]) => Promise<unknown> ? K : never }[keyof Figures];

/** A question as it crosses to a reader's thread. */
export interface FiguresCall<K extends StoredAnswer = StoredAnswer> {
  readonly method: K;
  readonly given: Parameters<Figures[K]>;
  /** When it was asked, epoch ms: it is answered as of then, however long it waited. */
  readonly askedAt: number;
}

/** Answers a call. */
export function answer(figures: Figures, { method, given }: FiguresCall): Promise<unknown> {
  // eslint-disable-next-line no-restricted-syntax -- method and what it is given were paired when the call was made
  const asked = figures as unknown as Readonly<Record<StoredAnswer, (...given: readonly unknown[]) => Promise<unknown>>>;
  return asked[method](...given);
}
