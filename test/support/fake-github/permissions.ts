import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { failure, type FakeAnswer, type FakeCall } from './hooks.ts';

type Permissions = Readonly<Record<string, string>>;

/** What a REST route asks of an installation, first match first; the others ask nothing beyond what it has by being there. */
const ROUTES: readonly (readonly [pattern: RegExp, anyOf: readonly string[]])[] = [
  [/ \/repos\/\{owner\}\/\{repo\}\/pulls/, ['pull_requests']],
  [/ \/repos\/\{owner\}\/\{repo\}\/issues/, ['issues', 'pull_requests']],
  [/ \/repos\/\{owner\}\/\{repo\}\/(?:commits|compare|branches)/, ['contents']],
  [/ \/repos\/\{owner\}\/\{repo\}\/actions/, ['actions']],
  [/ \/repos\/\{owner\}\/\{repo\}\/(?:deployments|environments)/, ['deployments']],
  [/ \/orgs\/\{org\}\/(?:teams|members|memberships|invitations|failed_invitations)/, ['members']],
  [/ \/teams\//, ['members']],
];

/** What a field, or a fragment on a type, asks of an installation. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['pullRequests', 'pull_requests'],
  ['pullRequest', 'pull_requests'],
  ['on PullRequest', 'pull_requests'],
  ['teams', 'members'],
  ['team', 'members'],
  ['on Team', 'members'],
  ['membersWithRole', 'members'],
]);

/** What an installation must have for a route and has not; null where it may. Any one of several is enough. */
export function missingPermission(call: FakeCall, granted: Permissions): readonly string[] | null {
  const anyOf = ROUTES.find(([pattern]) => pattern.test(call.name))?.[1] ?? [];
  return anyOf.length === 0 || anyOf.some((name) => granted[name] !== undefined) ? null : anyOf;
}

/** 403, with the header that names what would be enough. */
export function forbiddenAnswer(anyOf: readonly string[]): FakeAnswer {
  return failure(403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': anyOf.map((name) => `${name}=read`).join('; ') });
}

/** Takes out of an answer of GraphQL what the installation may not read: null where it stood, and a FORBIDDEN error each. */
export function withForbiddenFields(call: FakeCall, granted: Permissions, answer: FakeAnswer): FakeAnswer {
  if (call.operation === null || answer.status !== 200) return answer;
  const paths = forbiddenPaths(call.operation.document, granted);
  const body: unknown = paths.length === 0 ? null : JSON.parse(answer.body);
  if (typeof body !== 'object' || body === null || !('data' in body) || typeof body.data !== 'object' || body.data === null) return answer;

  const data: Record<string, unknown> = { ...body.data };
  const errors = 'errors' in body && Array.isArray(body.errors) ? [...body.errors] : [];
  for (const path of paths) {
    const [root = ''] = path;
    const before = data[root];
    if (Array.isArray(before) && before.length > 0) {
      data[root] = before.map(() => null);
      for (const index of before.keys()) errors.push(forbidden([root, index]));
    } else if (root in data) {
      // The connections that ask for a permission are never null by the schema, so what holds them is.
      data[root] = null;
      errors.push(forbidden(path));
    }
  }
  return { ...answer, body: JSON.stringify({ data, errors }) };
}

function forbidden(path: readonly (string | number)[]): object {
  return { type: 'FORBIDDEN', path, extensions: { saml_failure: false }, message: 'Resource not accessible by integration' };
}

/** The shallowest fields of each root field that need what is not granted, by their names in the answer. */
function forbiddenPaths(document: DocumentNode, granted: Permissions): readonly (readonly string[])[] {
  const fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
  return document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? pathsIn(one.selectionSet, [], { granted, fragments }) : []));
}

interface Search {
  readonly granted: Permissions;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function pathsIn(selections: SelectionSetNode, path: readonly string[], search: Search): readonly (readonly string[])[] {
  const needs = (word: string): boolean => {
    const permission = FIELDS.get(word);
    return permission !== undefined && search.granted[permission] === undefined;
  };
  const found = selections.selections.flatMap((selection): readonly (readonly string[])[] => {
    if (selection.kind === Kind.FIELD) {
      const here = [...path, selection.alias?.value ?? selection.name.value];
      if (needs(selection.name.value)) return [here];
      return selection.selectionSet === undefined ? [] : pathsIn(selection.selectionSet, here, search);
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? search.fragments.get(selection.name.value) : selection;
    if (fragment === undefined) return [];
    const type = fragment.typeCondition?.name.value;
    // Only what `node` or `nodes` is asked for: a team deeper down, such as one asked for a review, stays readable.
    return type !== undefined && needs(`on ${type}`) && path.length === 1 ? [path] : pathsIn(fragment.selectionSet, path, search);
  });
  const [root] = path;
  return root === undefined ? found : found.slice(0, 1);
}
