import type { Scope } from '#src/domain/scope.ts';
import type { Stage } from '#src/domain/wait.ts';
import { DEFAULT_WEEKS } from '#src/figures/asked-window.ts';
import { carriedQuery, type PageQuestion } from '../page-question.ts';

/** The page of the waits behind a figure: `/waits?stage=review.first_response&scope=…`. */
export function waitsHref(stage: Stage, { scope, weeks, to }: PageQuestion, of: Scope = scope): string {
  return `/waits${carriedQuery(of, weeks, to, { stage })}`;
}

/** A repository's part of the page Flow. */
export function repositoryHref(fullName: string): string {
  return `/${carriedQuery({ kind: 'repository', fullName }, DEFAULT_WEEKS, null)}`;
}
