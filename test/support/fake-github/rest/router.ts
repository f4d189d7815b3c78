import type { FakeAnswer, FakeCall } from '../hooks.ts';
import type { World } from '../world.ts';

/** A route with its place-holders filled in. */
export interface RouteCall {
  readonly world: World;
  readonly call: FakeCall;
  readonly parameters: Readonly<Record<string, string>>;
  /** Notes that something was asked that the fake does not know. */
  readonly refuse: (what: string) => void;
}

/** A route as GitHub's description writes it, and what answers it. */
export interface Route {
  /** `GET /repos/{owner}/{repo}`. */
  readonly name: string;
  answer(route: RouteCall): FakeAnswer;
}

/** A route's name and what its place-holders stand for. */
export interface Matched {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const BY_NAME = '/repos/{owner}/{repo}/';
const BY_ID = '/repositories/{repository_id}/';

/**
 * Finds the route of a call among names; one with more fixed words goes before one with fewer. Null for none. What lies
 * below a repository is found by the repository's id as well, which is where GitHub leads who asks by an earlier name.
 */
export function routeMatcher(names: Iterable<string>): (method: string, path: string) => Matched | null {
  const routes = [...names].flatMap((name) => [readRoute(name), ...(name.includes(BY_NAME) ? [{ ...readRoute(name.replace(BY_NAME, BY_ID)), name }] : [])]).sort((a, b) => b.fixed - a.fixed);
  return (method, path) => {
    for (const { name, verb, pattern, parameters } of routes) {
      if (verb !== method) continue;
      const match = pattern.exec(path);
      if (match !== null) return { name, parameters: Object.fromEntries(parameters.map((parameter, index) => [parameter, decodeURIComponent(match[index + 1] ?? '')])) };
    }
    return null;
  };
}

function readRoute(name: string): { readonly name: string; readonly verb: string; readonly pattern: RegExp; readonly parameters: readonly string[]; readonly fixed: number } {
  const [verb = '', path = ''] = name.split(' ');
  const parameters: string[] = [];
  const pattern = path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    parameters.push(parameter);
    return '([^/]+)';
  });
  return { name, verb, pattern: new RegExp(`^${pattern}$`), parameters, fixed: path.split('/').length - parameters.length };
}
