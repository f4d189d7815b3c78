import type { PullEntry, RepositoryState } from '../world.ts';
import { problem, type Asked, type Node } from './asked.ts';
import { connection, type PageArguments } from './connection.ts';

/** However many match, a search hands out this many. */
const HANDED_OUT = 1000;

/** What is searched for in pull requests; every part narrows. */
interface Search {
  readonly repositories: readonly string[];
  readonly owners: readonly string[];
  readonly updated: Range;
  readonly created: Range;
  readonly states: readonly string[];
  readonly order: { readonly field: 'updatedAt' | 'createdAt'; readonly isDescending: boolean };
}

/** Both ends included, as GitHub includes them. Epoch ms. */
interface Range {
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly repository: RepositoryState;
  readonly entry: PullEntry;
  readonly place: number;
}

/** The connection `search(type: ISSUE)`, over pull requests. */
export function search(asked: Asked, args: PageArguments & { readonly query: string; readonly type: string }): Node {
  if (args.type !== 'ISSUE') asked.refuse(`The fake does not search for ${args.type}.`);
  const wanted = readQuery(asked, args.query);
  const found = repositoriesOf(asked, wanted).flatMap((repository) =>
    asked.world
      .entries(repository.id, asked.at)
      .filter((entry) => matches(entry, wanted))
      .map((entry) => ({ repository, entry })),
  );
  const sign = wanted.order.isDescending ? -1 : 1;
  const ordered = found.sort((a, b) => sign * (a.entry[wanted.order.field] - b.entry[wanted.order.field] || a.repository.id - b.repository.id || a.entry.number - b.entry.number));
  const items = ordered.slice(0, HANDED_OUT).map((one, place) => ({ ...one, place }));
  const node = ({ repository, entry }: Found): Node | null => {
    const pull = asked.world.pull(repository.id, entry.number, asked.at);
    return pull === null ? null : asked.make.pull(asked, repository, pull);
  };
  // A search pages by count, not by place: what changes in between shifts its pages.
  return connection('SearchResultItemConnection', { items, keyOf: ({ place }) => [place], node }, args, { issueCount: found.length });
}

function repositoriesOf(asked: Asked, wanted: Search): readonly RepositoryState[] {
  const named = wanted.repositories.map((name) => asked.world.repositoryNamed(name, asked.at)?.repository ?? null);
  if (named.some((repository) => repository === null || !asked.sees(repository))) {
    throw problem('INVALID_SEARCH_QUERY', 'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.');
  }
  const owned = asked.world.repositories(asked.at).filter((repository) => asked.sees(repository) && (wanted.repositories.length + wanted.owners.length === 0 || wanted.owners.includes(repository.owner.login.toLowerCase())));
  const all = [...named.filter((repository) => repository !== null), ...owned];
  return [...new Map(all.map((repository) => [repository.id, repository])).values()];
}

function matches(entry: PullEntry, { updated, created, states }: Search): boolean {
  const isInside = (at: number, range: Range): boolean => at >= range.from && at <= range.to;
  return isInside(entry.updatedAt, updated) && isInside(entry.createdAt, created) && states.every((state) => (state === 'CLOSED' ? entry.state !== 'OPEN' : entry.state === state));
}

const ALWAYS: Range = { from: -Infinity, to: Infinity };

function readQuery(asked: Asked, query: string): Search {
  const found = { repositories: new Array<string>(), owners: new Array<string>(), updated: ALWAYS, created: ALWAYS, states: new Array<string>(), order: { field: 'createdAt', isDescending: true } as Search['order'] };
  for (const word of query.split(/\s+/).filter((part) => part !== '')) {
    const [qualifier = '', value = ''] = word.split(/:(.*)/s);
    if (qualifier === 'repo') found.repositories.push(value);
    else if (qualifier === 'org' || qualifier === 'user') found.owners.push(value.toLowerCase());
    else if (qualifier === 'updated') found.updated = readRange(value);
    else if (qualifier === 'created') found.created = readRange(value);
    else if (qualifier === 'sort') found.order = readOrder(asked, value);
    else if (qualifier === 'is' && ['open', 'closed', 'merged'].includes(value)) found.states.push(value.toUpperCase());
    else if (word !== 'is:pr' && word !== 'type:pr') asked.refuse(`The fake does not know ${word} in a search.`);
  }
  return found;
}

function readOrder(asked: Asked, value: string): Search['order'] {
  const match = /^(updated|created)(-asc|-desc)?$/.exec(value);
  if (match === null) asked.refuse(`The fake does not know sort:${value} in a search.`);
  return { field: match?.[1] === 'updated' ? 'updatedAt' : 'createdAt', isDescending: match?.[2] !== '-asc' };
}

/** `a..b`, `>=a`, `<b`, `2026-11-01` for a whole day; `*` for an open end. */
function readRange(value: string): Range {
  const [from, to] = value.split('..');
  if (from !== undefined && to !== undefined) return { from: from === '*' ? -Infinity : startOf(from), to: to === '*' ? Infinity : endOf(to) };
  const match = /^([<>]=?)?(.+)$/.exec(value);
  const text = match?.[2] ?? '';
  switch (match?.[1]) {
    case '>':
      return { from: endOf(text) + 1, to: Infinity };
    case '>=':
      return { from: startOf(text), to: Infinity };
    case '<':
      return { from: -Infinity, to: startOf(text) - 1 };
    case '<=':
      return { from: -Infinity, to: endOf(text) };
    default:
      return { from: startOf(text), to: endOf(text) };
  }
}

function startOf(text: string): number {
  return Date.parse(text);
}

function endOf(text: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) + 86_399_999 : Date.parse(text) + 999;
}
