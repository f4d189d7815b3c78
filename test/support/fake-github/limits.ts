import { withEtag } from './etags.ts';
import { json, type Caller, type FakeAnswer, type FakeCall, type FakeParts, type GraphQLBudget, type MakeMiddleware } from './hooks.ts';
import { LimitWatch } from './limit-watch.ts';
import { Pot, type PotState } from './pots.ts';
import { queryCost } from './query-cost.ts';
import { SecondaryLimits } from './secondary-limits.ts';

/** How the limits differ from those of an installation in a Team organisation. */
export interface LimitsOptions {
  readonly watch?: LimitWatch;
  /** Points an hour in both pots [5,000, and 50 more for each repository above 20, at most 12,500]. */
  readonly perHour?: Partial<Record<'rest' | 'graphql', number>>;
  /** The status of a refusal by REST [403]; GitHub's documentation allows either. */
  readonly refusal?: 403 | 429;
  /** Whether everything under `nodes(ids:)` counts once per id [true]. */
  readonly idsMultiply?: boolean;
}

/**
 * GitHub's documented limits, to the unit: hourly pots for REST and GraphQL, calls under way, points and writing
 * requests a minute. It also tags answers, since one that still stands costs nothing, and answers `GET /rate_limit`.
 */
export const limits: MakeMiddleware<LimitsOptions> = (parts, options) => {
  const watch = options.watch ?? new LimitWatch();
  const pots = new CallerPots(parts, options);
  const gates = new SecondaryLimits(watch, options.refusal ?? 403);
  return {
    routes: ['GET /rate_limit'],
    async answer(call, next) {
      const caller = callerKey(call.caller);
      if (call.name === 'GET /rate_limit') return pots.overview(call);
      const closed = gates.enter(caller, call);
      if (closed !== null) return closed;
      try {
        watch.calls += 1;
        const cost = costOf(call, options.idsMultiply ?? true);
        const pot = pots.of(call.caller, call.api);
        if (!pot.take(cost.points, call.at)) {
          watch.violations.push({ limit: 'primary', call: call.number, name: call.name, at: call.at });
          return primaryRefusal(call, pot.at(call.at), options.refusal ?? 403);
        }
        watch.spent[call.api] += cost.points;
        const state = pot.at(call.at);
        const budget: GraphQLBudget | null = call.api === 'graphql' ? { ...state, cost: cost.points || cost.dryPoints, nodeCount: cost.nodes } : null;
        const answer = withEtag(call, await next({ ...call, budget }));
        if (answer.status !== 304) return withPotHeaders(answer, call.api, pot.at(call.at));
        watch.unchanged += 1;
        watch.spent[call.api] -= cost.points;
        pot.putBack(cost.points, call.at);
        return withPotHeaders(answer, call.api, pot.at(call.at));
      } finally {
        gates.leave(caller);
      }
    },
  };
};

interface Cost {
  readonly points: number;
  /** What a query that is only priced would have cost. */
  readonly dryPoints: number;
  readonly nodes: number;
}

function costOf(call: FakeCall, idsMultiply: boolean): Cost {
  if (call.operation === null || call.operation.size === null) return { points: 1, dryPoints: 1, nodes: 0 };
  const { document, variables, name, isDryRun } = call.operation;
  const { points, nodes } = queryCost(document, { variables, operationName: name, idsMultiply });
  return { points: isDryRun ? 0 : points, dryPoints: points, nodes };
}

/** Which pots a caller takes from: an installation's are its own, whatever its token. */
function callerKey(caller: Caller): string {
  return caller.kind === 'installation' ? `installation ${caller.installationId}` : caller.kind;
}

class CallerPots {
  readonly #pots = new Map<string, Pot>();
  readonly #parts: FakeParts;
  readonly #options: LimitsOptions;

  constructor(parts: FakeParts, options: LimitsOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  of(caller: Caller, api: 'rest' | 'graphql'): Pot {
    const key = `${api} of ${callerKey(caller)}`;
    const known = this.#pots.get(key) ?? new Pot((at) => this.#options.perHour?.[api] ?? this.#documented(caller, at));
    this.#pots.set(key, known);
    return known;
  }

  /** `GET /rate_limit`, which takes nothing of any pot. */
  overview(call: FakeCall): FakeAnswer {
    const part = (api: 'rest' | 'graphql'): Record<string, number> => {
      const { limit, used, remaining, resetAt } = this.of(call.caller, api).at(call.at);
      return { limit, used, remaining, reset: resetAt / 1000 };
    };
    const [core, graphql] = [part('rest'), part('graphql')];
    const search = { limit: 30, used: 0, remaining: 30, reset: Math.floor(call.at / 1000) + 60 };
    return json({ resources: { core, search, graphql }, rate: core });
  }

  #documented(caller: Caller, at: number): number {
    if (caller.kind === 'anonymous') return 60;
    if (caller.kind !== 'installation') return 5_000;
    const installation = this.#parts.world.installations(at).find(({ id }) => id === caller.installationId);
    return Math.min(12_500, 5_000 + 50 * Math.max(0, (installation?.repositoryIds.length ?? 0) - 20));
  }
}

function primaryRefusal(call: FakeCall, pot: PotState, status: 403 | 429): FakeAnswer {
  const message = `API rate limit exceeded for ${call.caller.kind === 'installation' ? `installation ID ${call.caller.installationId}` : 'user ID 1'}.`;
  const answer =
    call.api === 'graphql'
      ? json({ errors: [{ type: 'RATE_LIMITED', message }] })
      : json({ message, documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api', status: String(status) }, status);
  return withPotHeaders(answer, call.api, { ...pot, remaining: 0 });
}

function withPotHeaders(answer: FakeAnswer, api: 'rest' | 'graphql', pot: PotState): FakeAnswer {
  const headers = {
    'x-ratelimit-limit': String(pot.limit),
    'x-ratelimit-remaining': String(pot.remaining),
    'x-ratelimit-used': String(pot.used),
    'x-ratelimit-reset': String(pot.resetAt / 1000),
    'x-ratelimit-resource': api === 'rest' ? 'core' : 'graphql',
  };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
