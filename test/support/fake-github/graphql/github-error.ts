import { visit, type DocumentNode, type GraphQLError } from 'graphql';

/** An entry of `errors` in an answer of GitHub's. */
export interface GitHubError {
  readonly message: string;
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Wording {
  readonly pattern: RegExp;
  readonly say: (...groups: readonly string[]) => { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> };
}

/** How GitHub says what graphql-js says otherwise. */
const WORDINGS: readonly Wording[] = [
  {
    pattern: /^Cannot query field "(\w+)" on type "(\w+)"/,
    say: (fieldName = '', typeName = '') => ({ message: `Field '${fieldName}' doesn't exist on type '${typeName}'`, extensions: { code: 'undefinedField', typeName, fieldName } }),
  },
  {
    pattern: /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/,
    say: (argumentName = '', _type, name = '') => ({ message: `Field '${name}' doesn't accept argument '${argumentName}'`, extensions: { code: 'argumentNotAccepted', name, typeName: 'Field', argumentName } }),
  },
  {
    pattern: /^Variable "\$(\w+)" is never used in operation "(\w+)"/,
    say: (variableName = '', operation = '') => ({ message: `Variable $${variableName} is declared by ${operation} but not used`, extensions: { code: 'variableNotUsed', variableName } }),
  },
  {
    pattern: /^Variable "\$(\w+)" of required type "(.+?)" was not provided/,
    say: (name = '', type = '') => ({
      message: `Variable $${name} of type ${type} was provided invalid value`,
      extensions: { value: null, problems: [{ path: [], explanation: 'Expected value to not be null' }] },
    }),
  },
];

/** An error of validation in GitHub's words where they are known, with the path of the query that GitHub gives. */
export function validationError(error: GraphQLError, document: DocumentNode): GitHubError {
  const said = WORDINGS.flatMap(({ pattern, say }) => {
    const match = pattern.exec(error.message);
    return match === null ? [] : [say(...match.slice(1))];
  });
  return { path: pathIn(document, error), ...(said[0] ?? { message: error.message, extensions: {} }), locations: error.locations ?? [] };
}

/** An error of running: GitHub puts its type beside the message. */
export function runError(error: GraphQLError): GitHubError {
  const type = error.extensions['type'];
  return { ...(typeof type === 'string' ? { type } : {}), ...(error.path === undefined ? {} : { path: error.path }), locations: error.locations ?? [], message: error.message };
}

function pathIn(document: DocumentNode, error: GraphQLError): readonly string[] {
  const wanted = error.nodes?.[0];
  const open: string[] = [];
  let found: readonly string[] = ['query'];
  const push = (name: string, node: unknown): void => {
    open.push(name);
    if (node === wanted) found = [...open];
  };
  visit(document, {
    OperationDefinition: { enter: (node) => push(node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`, node), leave: () => void open.pop() },
    FragmentDefinition: { enter: (node) => push(`fragment ${node.name.value}`, node), leave: () => void open.pop() },
    Field: { enter: (node) => push(node.alias?.value ?? node.name.value, node), leave: () => void open.pop() },
    InlineFragment: { enter: (node) => push(`... on ${node.typeCondition?.name.value ?? ''}`, node), leave: () => void open.pop() },
    Argument: (node) => {
      if (node === wanted) found = [...open, node.name.value];
    },
  });
  return found;
}
