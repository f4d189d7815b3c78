import { GraphQLError, isEnumType, isListType, isNonNullType, isObjectType, isScalarType, type GraphQLFieldResolver, type GraphQLOutputType } from 'graphql';
import type { Asked } from './asked.ts';
import { connection } from './connection.ts';

/**
 * Answers a field from its object. What the world does not know is a constant where the schema requires a value;
 * where it does not, the question is noted as one that the fake cannot answer, rather than answered with a null that
 * a test would take for GitHub's.
 */
export const answerField: GraphQLFieldResolver<Readonly<Record<string, unknown>>, Asked> = (source, args, asked, info) => {
  const value = source[info.fieldName];
  if (typeof value === 'function') return (value as (args: unknown, asked: Asked) => unknown)(args, asked);
  if (value !== undefined) return value;
  const field = `${info.parentType.name}.${info.fieldName}`;
  const constant = isNonNullType(info.returnType) ? constantOf(info.returnType.ofType) : undefined;
  if (constant !== undefined) return constant;
  asked.refuse(`The fake does not know ${field}.`);
  if (!isNonNullType(info.returnType)) return null;
  throw new GraphQLError(`The fake does not know ${field}.`);
};

/** What stands in for a required value that a recording lacks; undefined for objects, which cannot be made up. */
function constantOf(type: GraphQLOutputType): unknown {
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isScalarType(type)) return SCALARS.get(type.name) ?? '';
  if (isObjectType(type) && type.name.endsWith('Connection')) return connection(type.name, { items: [], keyOf: () => [], node: () => null }, {});
  return undefined;
}

const SCALARS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['Int', 0],
  ['WideInt', 0],
  ['Float', 0],
  ['Boolean', false],
  ['BigInt', '0'],
  ['DateTime', '2008-02-08T00:00:00Z'],
  ['PreciseDateTime', '2008-02-08T00:00:00.000Z'],
  ['Date', '2008-02-08'],
  ['URI', 'https://github.com/'],
  ['GitObjectID', '0'.repeat(40)],
  ['ID', 'X_constant'],
]);
