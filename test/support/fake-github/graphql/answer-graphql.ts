import { json, failure, type FakeAnswer, type FakeCall, type GraphQLBudget } from '../hooks.ts';
import { pointsOf } from '../query-cost.ts';
import { seesInside, sightOf } from '../sight.ts';
import type { World } from '../world.ts';
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
      return seesInside(world, call.caller, call.at, login) ? world.organization(login, call.at) : null;
    },
    budget: call.budget ?? unlimited(call),
    refuse: (what) => refuse(`${call.name}: ${what}`),
    make: nodeMakers,
  };
}

/** What `rateLimit` says where no limits are kept. */
function unlimited(call: FakeCall): GraphQLBudget {
  const { nodes = 0, connectionRequests = 0 } = call.operation?.size ?? {};
  return { limit: 5000, cost: pointsOf(connectionRequests), remaining: 5000, used: 0, resetAt: call.at + 3_600_000, nodeCount: nodes };
}
