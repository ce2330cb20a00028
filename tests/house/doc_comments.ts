/** Exported functions and classes without a doc comment, as `path:line: name`. */
export function undocumented(path: string, source: string): string[] {
  const documented = new Set<string>(), found = new Map<string, number>();
  const create = ({ sourceCode }: Deno.lint.RuleContext): Deno.lint.LintVisitor => {
    const comments = sourceCode.getAllComments();
    return {
      ExportNamedDeclaration({ declaration, range: [start] }) {
        const name = nameOf(declaration);
        if (name === undefined) return;
        const before = comments.findLast(({ range: [, end] }) => end <= start);
        const isDoc = before?.type === "Block" && before.value.startsWith("*") &&
          source.slice(before.range[1], start).trim() === "";
        if (isDoc) documented.add(name);
        else if (!found.has(name)) found.set(name, source.slice(0, start).split("\n").length);
      },
    };
  };
  Deno.lint.runPlugin({ name: "house", rules: { doc: { create } } }, path, source);
  // Of a function's several signatures, one has the comment.
  return [...found].filter(([name]) => !documented.has(name))
    .map(([name, line]) => `${path}:${line}: ${name}`);
}

function nameOf(declaration: Deno.lint.ExportNamedDeclaration["declaration"]): string | undefined {
  switch (declaration?.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
      return declaration.id?.name;
  }
}
