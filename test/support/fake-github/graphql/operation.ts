import { getOperationAST, GraphQLError, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { z } from 'zod';
import type { GraphQLOperation } from '../hooks.ts';
import { queryCost } from '../query-cost.ts';

const body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish(), operationName: z.string().nullish() });

/** What the body of a call asks; an error says why it cannot be read. */
export type ReadOperation = { readonly operation: GraphQLOperation } | { readonly problem: string; readonly status: 200 | 400 };

/** Reads the body of a call of `/graphql`. */
export function readOperation(text: string): ReadOperation {
  const parsed = body.safeParse(jsonOf(text));
  if (!parsed.success) return { problem: 'Problems parsing JSON', status: 400 };
  const document = documentOf(parsed.data.query);
  if (document instanceof GraphQLError) return { problem: `Parse error on ${document.message}`, status: 200 };
  const operation = getOperationAST(document, parsed.data.operationName);
  if (operation == null) return { problem: 'An operation name is required', status: 200 };
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => (defaultValue === undefined ? [] : [[variable.name.value, constant(defaultValue)] as const]));
  const variables = { ...Object.fromEntries(defaults), ...parsed.data.variables };
  const { nodes, connections } = queryCost(document, { variables, operationName: operation.name?.value ?? null });
  return {
    operation: {
      name: operation.name?.value ?? null,
      kind: operation.operation === 'mutation' ? 'mutation' : 'query',
      document,
      variables,
      size: { nodes, connectionRequests: connections },
      isDryRun: isDryRun(operation, variables),
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function documentOf(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function isDryRun(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return operation.selectionSet.selections.some((selection) => {
    if (selection.kind !== Kind.FIELD || selection.name.value !== 'rateLimit') return false;
    const given = selection.arguments?.find(({ name }) => name.value === 'dryRun')?.value;
    return given?.kind === Kind.VARIABLE ? variables[given.name.value] === true : given?.kind === Kind.BOOLEAN && given.value;
  });
}

function constant(value: NonNullable<OperationDefinitionNode['variableDefinitions']>[number]['defaultValue']): unknown {
  if (value?.kind === Kind.INT || value?.kind === Kind.FLOAT) return Number(value.value);
  if (value?.kind === Kind.STRING || value?.kind === Kind.BOOLEAN || value?.kind === Kind.ENUM) return value.value;
  return value?.kind === Kind.LIST ? value.values.map(constant) : null;
}
