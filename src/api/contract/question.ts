import type { Question } from '#src/domain/figures.ts';
import { ORGANIZATION, type Scope } from '#src/domain/scope.ts';
import { askedWindow, type AskedWindow } from '#src/figures/asked-window.ts';
import type { Asked } from './route.ts';

/** The question that the parameters of a request ask. Throws `NarrowsError('bad-usage')` for a window that cannot be. */
export function questionOf({ viewer, query, figures, clock }: Asked<AskedWindow & { readonly scope?: Scope | undefined }, unknown>): Question {
  const scope = query.scope ?? ORGANIZATION;
  return { viewer, scope, window: askedWindow(query, scope, figures, wholeSecond(clock.now())) };
}

/** A window up to now ends at a whole second, so that two requests of one second have one answer. */
function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
