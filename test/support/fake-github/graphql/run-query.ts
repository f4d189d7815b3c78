import { execute, Kind, validate, type DocumentNode, type GraphQLError } from 'graphql';
import type { GraphQLOperation } from '../hooks.ts';
import type { Asked, Node } from './asked.ts';
import { answerField } from './field.ts';
import { runError, validationError, type GitHubError } from './github-error.ts';
import { pageRefusals } from './page-bounds.ts';
import { queryRoot } from './query-root.ts';
import { githubSchema } from './schema.ts';

/** The most nodes that a query may be able to give back. */
const MOST_NODES = 500_000;

/** The body of an answer of `/graphql`; GitHub sends it with status 200, errors or not. */
export interface QueryResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GitHubError[];
}

const judged = new WeakMap<DocumentNode, readonly GraphQLError[]>();

/** Judges a query by GitHub's schema and its rules for pages, and runs it over the world. */
export async function runQuery(operation: GraphQLOperation, asked: Asked): Promise<QueryResult> {
  const { document, variables } = operation;
  const refused = refusalOf(operation);
  if (refused !== null) return refused;
  if (operation.kind === 'mutation') {
    asked.refuse('The fake runs no mutations.');
    return { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] };
  }
  const result = await execute({
    schema: githubSchema(),
    document: operation.isDryRun ? rateLimitOnly(document) : document,
    rootValue: queryRoot(asked),
    contextValue: asked,
    variableValues: variables,
    ...(operation.name === null ? {} : { operationName: operation.name }),
    fieldResolver: answerField,
    typeResolver: (value: Node) => value.__typename,
  });
  // A variable of the wrong type is found only now, and GitHub refuses the whole query for it.
  if (result.data === undefined) return { errors: (result.errors ?? []).map((error) => validationError(error, document)) };
  return { data: result.data, ...(result.errors === undefined ? {} : { errors: result.errors.map(runError) }) };
}

/** What GitHub says of a query that it does not run; null for one that it does. */
export function refusalOf({ document, variables, size }: GraphQLOperation): QueryResult | null {
  const invalid = judged.get(document) ?? validate(githubSchema(), document);
  judged.set(document, invalid);
  if (invalid.length > 0) return { errors: invalid.map((error) => validationError(error, document)) };
  const pages = pageRefusals(document, variables);
  if (pages.length > 0) return { data: null, errors: pages };
  if (size === null || size.nodes <= MOST_NODES) return null;
  const message = `This query requests up to ${size.nodes.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of 500,000.`;
  return { data: null, errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] };
}

function rateLimitOnly(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const selections = definition.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD && selection.name.value === 'rateLimit');
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
  });
  return { ...document, definitions };
}
