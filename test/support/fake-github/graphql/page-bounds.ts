import { Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type FieldNode, type ValueNode } from 'graphql';
import { githubSchema } from './schema.ts';

/** What GitHub refuses of a query before it runs it, typed as GitHub types it. */
export interface Refusal {
  readonly type: 'MISSING_PAGINATION_BOUNDARIES' | 'EXCESSIVE_PAGINATION' | 'ARGUMENT_LIMIT';
  readonly message: string;
  readonly path: readonly string[];
  readonly locations: readonly { readonly line: number; readonly column: number }[];
}

/** The most that one page of a connection may hold, and the most ids that may be asked for at once. */
const MOST = 100;

/**
 * Connections without `first` or `last`, with more than a hundred, or lists of more than a hundred ids. A connection
 * of which only the count is asked needs no bounds.
 */
export function pageRefusals(document: DocumentNode, variables: Readonly<Record<string, unknown>>): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const path: string[] = [];
  const types = new TypeInfo(githubSchema());
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(field) {
          path.push(field.alias?.value ?? field.name.value);
          const isConnection = /Connection!?$/.test(String(types.getType()));
          const found = isConnection ? ofConnection(field, variables) : ofIds(field, variables);
          const { line = 1, column = 1 } = field.loc?.startToken ?? {};
          if (found !== null) refusals.push({ ...found, path: [...path], locations: [{ line, column }] });
        },
        leave() {
          path.pop();
        },
      },
    }),
  );
  return refusals;
}

function ofConnection(field: FieldNode, variables: Readonly<Record<string, unknown>>): Pick<Refusal, 'type' | 'message'> | null {
  const name = field.name.value;
  const bounds = (['first', 'last'] as const).map((bound) => ({ bound, size: argument(field, bound, variables) })).filter(({ size }) => size != null);
  if (bounds.length === 0 && asksForItems(field)) {
    return { type: 'MISSING_PAGINATION_BOUNDARIES', message: `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.` };
  }
  const large = bounds.find(({ size }) => typeof size === 'number' && size > MOST);
  if (large === undefined) return null;
  return { type: 'EXCESSIVE_PAGINATION', message: `Requesting ${String(large.size)} records on the \`${name}\` connection exceeds the \`${large.bound}\` limit of ${String(MOST)} records.` };
}

function ofIds(field: FieldNode, variables: Readonly<Record<string, unknown>>): Pick<Refusal, 'type' | 'message'> | null {
  const ids = field.name.value === 'nodes' ? argument(field, 'ids', variables) : null;
  if (!Array.isArray(ids) || ids.length <= MOST) return null;
  return { type: 'ARGUMENT_LIMIT', message: `You may not provide more than ${String(MOST)} node ids; you provided ${String(ids.length)}.` };
}

/** Anything but a count; a fragment may ask for whatever it likes. */
function asksForItems(field: FieldNode): boolean {
  const selections = field.selectionSet?.selections ?? [];
  return selections.some((selection) => selection.kind !== Kind.FIELD || ['nodes', 'edges', 'pageInfo'].includes(selection.name.value));
}

function argument(field: FieldNode, name: string, variables: Readonly<Record<string, unknown>>): unknown {
  return valueOf(field.arguments?.find((given) => given.name.value === name)?.value, variables);
}

function valueOf(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): unknown {
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values.map((item) => valueOf(item, variables)) : null;
}
