import { json, failure, type Caller, type FakeAnswer, type FakeCall, type GraphQLBudget } from '../hooks.ts';
import { pointsOf } from '../query-cost.ts';
import type { RepositoryState, World } from '../world.ts';
import type { Asked } from './asked.ts';
import { readOperation } from './operation.ts';
import { nodeMakers } from './query-root.ts';
import { runQuery } from './run-query.ts';

/** Answers a call of `/graphql` from the world as it is at the call's time. */
export async function answerGraphQL(world: World, call: FakeCall, refuse: (what: string) => void): Promise<FakeAnswer> {
  if (call.operation === null) {
    const read = readOperation(call.body);
    if ('operation' in read) throw new Error('A readable operation was not read.');
    return read.status === 400 ? failure(400, read.problem) : json({ errors: [{ message: read.problem }] });
  }
  const asked = askedBy(world, call, refuse);
  return json(await runQuery(call.operation, asked));
}

function askedBy(world: World, call: FakeCall, refuse: (what: string) => void): Asked {
  const sees = sightOf(world, call.caller, call.at);
  return {
    world,
    at: call.at,
    sees,
    repository(id) {
      const state = world.repository(id, call.at);
      return state !== null && sees(state) ? state : null;
    },
    organization(login) {
      const isVisible = call.caller.kind !== 'installation' || installationOf(world, call.caller.installationId, call.at)?.account.login.toLowerCase() === login.toLowerCase();
      return isVisible ? world.organization(login, call.at) : null;
    },
    budget: call.budget ?? unlimited(call),
    refuse: (what) => refuse(`${call.name}: ${what}`),
    make: nodeMakers,
  };
}

function installationOf(world: World, id: string, at: number): ReturnType<World['installations']>[number] | undefined {
  return world.installations(at).find((installation) => installation.id === id);
}

/** Which repositories a caller sees: an installation its own, a token all, others those that are public. */
export function sightOf(world: World, caller: Caller, at: number): (repository: RepositoryState) => boolean {
  if (caller.kind === 'token') return () => true;
  if (caller.kind !== 'installation') return ({ isPrivate }) => !isPrivate;
  const own = new Set(installationOf(world, caller.installationId, at)?.repositoryIds);
  return ({ id }) => own.has(id);
}

/** What `rateLimit` says where no limits are kept. */
function unlimited(call: FakeCall): GraphQLBudget {
  const { nodes = 0, connectionRequests = 0 } = call.operation?.size ?? {};
  return { limit: 5000, cost: pointsOf(connectionRequests), remaining: 5000, used: 0, resetAt: call.at + 3_600_000, nodeCount: nodes };
}
