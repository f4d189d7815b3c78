import { schema } from '@octokit/graphql-schema';
import { buildASTSchema, GraphQLScalarType, Kind, parse, visit, type DocumentNode, type GraphQLSchema } from 'graphql';

let published: GraphQLSchema | null = null;

/**
 * GitHub's published schema. One thing is wider than it says: `databaseId` and `id` in answers may be larger than an
 * `Int` of GraphQL, because GitHub's are. Read once a process: that takes about a second.
 */
export function githubSchema(): GraphQLSchema {
  published ??= widened(parse(schemaText(), { noLocation: true }));
  return published;
}

function schemaText(): string {
  return schema.idl;
}

function widened(document: DocumentNode): GraphQLSchema {
  const wide = visit(document, {
    FieldDefinition(field) {
      const isId = (field.name.value === 'databaseId' || field.name.value === 'id') && field.type.kind === Kind.NAMED_TYPE && field.type.name.value === 'Int';
      return isId ? { ...field, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'WideInt' } } } : undefined;
    },
  });
  const definitions = [...wide.definitions, ...parse('"An Int as GitHub gives it." scalar WideInt', { noLocation: true }).definitions];
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: true, assumeValidSDL: true });
  const bigInt = schema.getType('BigInt');
  // GitHub writes its BigInt as text.
  if (bigInt instanceof GraphQLScalarType) bigInt.serialize = (value) => String(value);
  return schema;
}
