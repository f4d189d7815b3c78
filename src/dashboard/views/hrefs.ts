import type { Stock } from '#src/domain/figures.ts';
import type { Scope } from '#src/domain/scope.ts';
import type { Stage } from '#src/domain/wait.ts';
import { DEFAULT_WEEKS } from '#src/figures/asked-window.ts';
import { carriedQuery, type PageQuestion } from '../page-question.ts';

type More = Readonly<Record<string, string>>;

/** The page of the waits behind a figure: `/waits?stage=review.first_response&scope=…`. */
export function waitsHref(stage: Stage, { scope, weeks, to }: PageQuestion, more: More = {}, of: Scope = scope): string {
  return `/waits${carriedQuery(of, weeks, to, { stage, ...more })}`;
}

/** The page of the stays behind a stock: `/stays?stock=awaiting_review&scope=…`. */
export function staysHref(stock: Stock, { scope, weeks, to }: PageQuestion, more: More = {}): string {
  return `/stays${carriedQuery(scope, weeks, to, { stock, ...more })}`;
}

/** The page that says what is missing: `/data-quality?scope=…`. */
export function dataQualityHref({ scope, weeks, to }: Pick<PageQuestion, 'scope' | 'weeks' | 'to'>, more: More = {}): string {
  return `/data-quality${carriedQuery(scope, weeks, to, more)}`;
}

/** A repository's part of the page Flow. */
export function repositoryHref(fullName: string): string {
  return `/${carriedQuery({ kind: 'repository', fullName }, DEFAULT_WEEKS, null)}`;
}
