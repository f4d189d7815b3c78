import { json, type FakeAnswer } from '../hooks.ts';
import type { RouteCall } from './router.ts';

/** A page of a list, and the header that leads to the others. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

const USUAL = 30;
const MOST = 100;

/** The page that a call asks for by `page` and `per_page` [30, at most 100]. Behind the last one is nothing. */
export function pageOf<T>({ call }: Pick<RouteCall, 'call'>, all: readonly T[]): Page<T> {
  const perPage = Math.min(MOST, count(call.query.get('per_page'), USUAL));
  const page = count(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const links = [
    ['prev', page > 1 ? Math.min(page - 1, last) : null],
    ['next', page < last ? page + 1 : null],
    ['last', page < last ? last : null],
    ['first', page > 1 ? 1 : null],
  ].filter((link): link is [string, number] => link[1] !== null);
  const urlOf = (target: number): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(target));
    return `${call.root}${call.path}?${query.toString()}`;
  };
  const link = links.map(([relation, target]) => `<${urlOf(target)}>; rel="${relation}"`).join(', ');
  return { items: all.slice((page - 1) * perPage, page * perPage), headers: link === '' ? {} : { link } };
}

/** The answer of a route that lists: a page of entities, of which only those on it are made. */
export function listed<T>(route: Pick<RouteCall, 'call'>, all: readonly T[], entity: (item: T) => unknown): FakeAnswer {
  const { items, headers } = pageOf(route, all);
  return json(items.map(entity), 200, headers);
}

/** Notes parameters that the fake would have to ignore; those of pages it knows for every list. */
export function refuseOtherParameters({ call, refuse }: RouteCall, known: readonly string[] = []): void {
  for (const name of call.query.keys()) {
    if (![...known, 'page', 'per_page'].includes(name)) refuse(`The fake does not know the parameter ${name}.`);
  }
}

/** What is no positive number counts as not said, as with GitHub. */
function count(text: string | null, usual: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : usual;
}
