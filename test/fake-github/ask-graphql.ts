import { answerGraphQL } from '#test/support/fake-github/graphql/answer-graphql.ts';
import { readOperation } from '#test/support/fake-github/graphql/operation.ts';
import { aCall } from '#test/support/fake-github/a-call.ts';
import type { Caller } from '#test/support/fake-github/hooks.ts';
import type { World } from '#test/support/fake-github/world.ts';

/** Something of an answer as it comes: a test holds it to an expectation at once. */
export type Answered = ReturnType<typeof JSON.parse>;

/** What came back: GitHub's body, and what the fake noted as unknown to it. */
export interface Asked {
  readonly status: number;
  readonly data: Answered;
  readonly errors: readonly Readonly<Record<string, Answered>>[];
  readonly refusals: readonly string[];
}

/** Asks a world as it is at an instant (epoch ms); a personal token asks, unless said otherwise. */
export async function askGraphQL(world: World, at: number, query: string, variables: Readonly<Record<string, unknown>> = {}, caller: Caller = { kind: 'token' }): Promise<Asked> {
  const body = JSON.stringify({ query, variables });
  const read = readOperation(body);
  const refusals: string[] = [];
  const call = aCall({ at, method: 'POST', path: '/graphql', api: 'graphql', name: 'Asked', body, caller, operation: 'operation' in read ? read.operation : null });
  const answer = await answerGraphQL(world, call, (what) => void refusals.push(what));
  const { data, errors = [] } = JSON.parse(answer.body);
  return { status: answer.status, data, errors, refusals };
}
