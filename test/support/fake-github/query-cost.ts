import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';

/** What GitHub counts of a query before it runs it. */
export interface QueryCost {
  /** Requests it may take to fill all connections: each counts once per parent, the outermost too. */
  readonly connections: number;
  /** What it takes of the hourly pot. */
  readonly points: number;
  /** The most nodes it can return. */
  readonly nodes: number;
}

/** What the cost depends on beside the query's text. */
export interface CostQuestion {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Which operation of several; null or left out for the only one. */
  readonly operationName?: string | null;
  /**
   * Whether what stands under `nodes(ids:)` counts once per id [true]. GitHub's documentation leaves it open; who
   * keeps the limits by the dearer reading keeps them by the other too.
   */
  readonly idsMultiply?: boolean;
}

/**
 * The cost of a query by GitHub's documented formula: every connection counts once per parent (the product of the
 * pages above it); their sum by 100, rounded, is the points, 1 at least. A connection is a field with `first` or
 * `last`: GitHub refuses one without, and no other field has them but `Topic.relatedTopics`. What `@include` or
 * `@skip` leaves out costs nothing.
 */
export function queryCost(document: DocumentNode, question: CostQuestion): QueryCost {
  const { connections, nodes } = new CostCount(document, question);
  return { connections, points: pointsOf(connections), nodes };
}

/** The points of so many connections. */
export function pointsOf(connections: number): number {
  return Math.max(1, Math.round(connections / 100));
}

class CostCount {
  connections = 0;
  nodes = 0;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #idsMultiply: boolean;

  constructor(document: DocumentNode, { variables, operationName = null, idsMultiply = true }: CostQuestion) {
    const operation = operationOf(document, operationName);
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.#variables = { ...this.#defaultsOf(operation), ...variables };
    this.#idsMultiply = idsMultiply;
    this.#visit(operation.selectionSet, 1);
  }

  #visit(selections: SelectionSetNode, parents: number): void {
    for (const selection of selections.selections) {
      if (!this.#isAsked(selection.directives ?? [])) continue;
      if (selection.kind === Kind.FIELD) this.#visitField(selection, parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#visit(selection.selectionSet, parents);
      else this.#visitFragment(selection.name.value, parents);
    }
  }

  #visitFragment(name: string, parents: number): void {
    const fragment = this.#fragments.get(name);
    if (fragment !== undefined) this.#visit(fragment.selectionSet, parents);
  }

  #visitField(field: FieldNode, parents: number): void {
    const page = this.#argument(field, 'first') ?? this.#argument(field, 'last');
    const ids = field.name.value === 'nodes' && this.#idsMultiply ? this.#argument(field, 'ids') : undefined;
    let children = parents;
    if (typeof page === 'number') {
      this.connections += parents;
      children = parents * page;
      this.nodes += children;
    } else if (Array.isArray(ids)) {
      children = parents * ids.length;
      this.nodes += children;
    }
    if (field.selectionSet !== undefined) this.#visit(field.selectionSet, children);
  }

  #isAsked(directives: NonNullable<FieldNode['directives']>): boolean {
    return directives.every((directive) => {
      const value = this.#valueOf(directive.arguments?.find((argument) => argument.name.value === 'if')?.value);
      if (directive.name.value === 'include') return value !== false;
      return directive.name.value !== 'skip' || value !== true;
    });
  }

  #argument(field: FieldNode, name: string): unknown {
    return this.#valueOf(field.arguments?.find((argument) => argument.name.value === name)?.value) ?? undefined;
  }

  #valueOf(value: ValueNode | undefined): unknown {
    switch (value?.kind) {
      case Kind.VARIABLE:
        return this.#variables[value.name.value];
      case Kind.INT:
        return Number(value.value);
      case Kind.LIST:
        return value.values.map((item) => this.#valueOf(item));
      case Kind.BOOLEAN:
      case Kind.STRING:
        return value.value;
      default:
        return undefined;
    }
  }

  #defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
    const variables = operation.variableDefinitions ?? [];
    return Object.fromEntries(variables.flatMap(({ variable, defaultValue }) => (defaultValue === undefined ? [] : [[variable.name.value, this.#valueOf(defaultValue)]])));
  }
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((candidate) => name === null || candidate.name?.value === name);
  if (operation === undefined) throw new Error(`The document has no operation ${name ?? 'at all'}.`);
  return operation;
}
