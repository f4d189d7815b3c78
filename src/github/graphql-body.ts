import { z } from 'zod';
import { parseJson } from '#src/core/json.ts';
import type { QueryProblem } from './github.ts';

/** What is read of every answer of GraphQL, whatever was asked. */
const envelope = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        type: z.string().optional().catch(undefined),
        path: z.array(z.union([z.string(), z.number()])).optional().catch(undefined),
        message: z.string().catch('without a word'),
      }),
    )
    .nullish(),
});

const price = z.object({ rateLimit: z.object({ cost: z.int().min(0) }) });

/** The body of an answer of GraphQL; `data` is null where it answered nothing at all. */
export interface GraphQLBody {
  readonly data: unknown;
  readonly problems: readonly QueryProblem[];
}

/** Reads a body; null where it is not one. */
export function readGraphQLBody(text: string): GraphQLBody | null {
  const parsed = envelope.safeParse(parsedOrNull(text));
  if (!parsed.success) return null;
  const { data = null, errors } = parsed.data;
  const problems = (errors ?? []).map(({ type = 'UNKNOWN', path = [], message }) => ({ type, path, message }));
  return data === null && problems.length === 0 ? null : { data, problems };
}

/** What a query took of the hourly pot, where it asked for `rateLimit { cost }`; else null. */
export function priceOf(data: unknown): number | null {
  const parsed = price.safeParse(data);
  return parsed.success ? parsed.data.rateLimit.cost : null;
}

/** What a problem of GraphQL means for the query. */
export type ProblemKind = 'hourly-limit' | 'secondary-limit' | 'too-large' | 'slow' | 'forbidden' | 'not-found' | 'passing' | 'other';

const KIND_OF_TYPE: Readonly<Record<string, ProblemKind>> = {
  RATE_LIMITED: 'hourly-limit',
  RATE_LIMIT: 'hourly-limit',
  RESOURCE_LIMITS_EXCEEDED: 'too-large',
  MAX_NODE_LIMIT_EXCEEDED: 'too-large',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  NOT_FOUND: 'not-found',
  INTERNAL: 'passing',
  SERVICE_UNAVAILABLE: 'passing',
};

/** Says what a problem means, by its type and where it has none by GitHub's words. */
export function problemKind({ type, message }: QueryProblem): ProblemKind {
  if (/secondary rate limit|abuse detection/i.test(message)) return 'secondary-limit';
  const known = KIND_OF_TYPE[type];
  if (known !== undefined) return known;
  if (/rate limit (?:already )?exceeded/i.test(message)) return 'hourly-limit';
  if (/resource limits? .*exceeded/i.test(message)) return 'too-large';
  if (/something went wrong while executing your query|timeout|timed out/i.test(message)) return 'slow';
  return 'other';
}

function parsedOrNull(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
