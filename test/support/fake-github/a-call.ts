import { parse } from 'graphql';
import { json, type FakeAnswer, type FakeCall, type Middleware } from './hooks.ts';

let number = 0;

/** A call of REST as a layer gets it: `GET /repos/{owner}/{repo}` by the first installation, unless said otherwise. */
export function aCall(more: Partial<FakeCall> = {}): FakeCall {
  number += 1;
  return {
    number,
    at: 0,
    method: 'GET',
    path: '/repos/acme/widgets',
    root: 'http://api.github.com',
    query: new URLSearchParams(),
    headers: { accept: 'application/vnd.github+json', authorization: 'bearer ghs_first' },
    body: '',
    name: 'GET /repos/{owner}/{repo}',
    api: 'rest',
    operation: null,
    caller: { kind: 'installation', installationId: '50000001' },
    budget: null,
    ...more,
  };
}

/** A call of `/graphql` with this query. */
export function aQueryCall(text: string, more: Partial<FakeCall> & { readonly variables?: Readonly<Record<string, unknown>>; readonly isDryRun?: boolean } = {}): FakeCall {
  const { variables = {}, isDryRun = false, ...rest } = more;
  const operation = { name: null, kind: 'query' as const, document: parse(text), variables, size: { nodes: 0, connectionRequests: 0 }, isDryRun };
  return aCall({ method: 'POST', path: '/graphql', name: 'Asked', api: 'graphql', operation, ...rest });
}

/** Asks a layer; what lies behind it answers `{"id":1}`, unless said otherwise. */
export function ask(layer: Middleware, call: FakeCall, behind: FakeAnswer | ((call: FakeCall) => Promise<FakeAnswer>) = json({ id: 1 })): Promise<FakeAnswer> {
  return layer.answer(call, typeof behind === 'function' ? behind : () => Promise.resolve(behind));
}
