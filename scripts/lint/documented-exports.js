/** An export whose type says everything there is to say: the union of a documented list's entries or keys. */
function isDerivedType(declaration) {
  if (declaration?.type !== 'TSTypeAliasDeclaration') return false;
  const { type } = declaration.typeAnnotation;
  return type === 'TSIndexedAccessType' || type === 'TSTypeOperator';
}

/** Every export has a doc comment before it: what it is, units, what happens at the boundary, why. */
export const documentedExports = {
  meta: {
    type: 'suggestion',
    messages: { undocumented: 'An export needs a doc comment (/** … */): what it is, units, edge behaviour, why.' },
    schema: [],
  },
  create(context) {
    const isDocumented = (node) => {
      const comment = context.sourceCode.getCommentsBefore(node).at(-1);
      return comment?.type === 'Block' && comment.value.startsWith('*');
    };
    /** Where something is declared that `export default name` only names. */
    const declarationOf = (name) =>
      context.sourceCode.ast.body.find((one) => one.id?.name === name || one.declarations?.some((declared) => declared.id.name === name));
    const check = (node) => {
      const isReexport = node.type === 'ExportNamedDeclaration' && node.declaration === null;
      const isOverload = node.declaration?.type === 'TSDeclareFunction';
      if (isReexport || isOverload || isDerivedType(node.declaration)) return;
      const named = node.declaration.type === 'Identifier' ? declarationOf(node.declaration.name) : undefined;
      if (!isDocumented(named ?? node)) context.report({ node, messageId: 'undocumented' });
    };
    return { ExportNamedDeclaration: check, ExportDefaultDeclaration: check };
  },
};
