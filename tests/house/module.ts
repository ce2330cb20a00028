/** What a module imports. */
export interface Import {
  specifier: string;
  line: number;
  /** Nothing of it is left at run time: `import type`, `export type … from`, `import("…")` in a type. */
  typeOnly: boolean;
  /** `import(…)`: loaded when it is reached. */
  lazy: boolean;
  /** The names taken, where they are listed. */
  names: readonly string[];
}

/** A name, property or comment that a rule may be about. */
export interface Mention {
  text: string;
  line: number;
}

/** What the rules need to know of a module. */
export interface Module {
  /** From the project's root: `engine/market/candles.ts`. */
  path: string;
  imports: Import[];
  /** Lines of `import(…)` whose argument is no literal. */
  computedImports: number[];
  /** Free and local names that are read, such as `Deno`. */
  names: Mention[];
  /** Properties of plain names: `Date.now`; `new Date()` and `Date()` are `Date.now` too. */
  members: Mention[];
  strings: Mention[];
  comments: Mention[];
  /** Lines with the type `any`. */
  anys: number[];
  /** Lines with a default export. */
  defaults: number[];
}

/** Reads a module with Deno's own parser. Works within `deno test` only. */
export function readModule(path: string, source: string): Module {
  const module: Module = {
    path,
    imports: [],
    computedImports: [],
    names: [],
    members: [],
    strings: [],
    comments: [],
    anys: [],
    defaults: [],
  };
  const lineAt = (node: { range: [number, number] }) =>
    source.slice(0, node.range[0]).split("\n").length;
  const create = ({ sourceCode }: Deno.lint.RuleContext): Deno.lint.LintVisitor => {
    for (const comment of sourceCode.getAllComments()) {
      module.comments.push({ text: comment.value, line: lineAt(comment) });
    }
    return { ...importVisitor(module, lineAt), ...nameVisitor(module, lineAt) };
  };
  Deno.lint.runPlugin({ name: "house", rules: { read: { create } } }, path, source);
  return module;
}

type LineAt = (node: { range: [number, number] }) => number;

function importVisitor(module: Module, lineAt: LineAt): Deno.lint.LintVisitor {
  const add = (
    specifier: string,
    node: Deno.lint.Node,
    { typeOnly = false, lazy = false, names = [] as string[] },
  ) => module.imports.push({ specifier, line: lineAt(node), typeOnly, lazy, names });
  return {
    ImportDeclaration(node) {
      const names = node.specifiers.map((item) =>
        item.type === "ImportSpecifier" ? nameOf(item.imported) : "*"
      );
      add(node.source.value, node, { typeOnly: node.importKind === "type", names });
    },
    ExportNamedDeclaration(node) {
      if (!node.source) return;
      const names = node.specifiers.map((item) => nameOf(item.local));
      add(node.source.value, node, { typeOnly: node.exportKind === "type", names });
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node, { typeOnly: node.exportKind === "type", names: ["*"] });
    },
    ExportDefaultDeclaration(node) {
      module.defaults.push(lineAt(node));
    },
    ImportExpression(node) {
      const { source } = node;
      if (source.type === "Literal" && typeof source.value === "string") {
        add(source.value, node, { lazy: true, names: ["*"] });
      } else module.computedImports.push(lineAt(node));
    },
    Literal(node) {
      if (typeof node.value !== "string") return;
      module.strings.push({ text: node.value, line: lineAt(node) });
      const { parent } = node;
      const inType = parent.type === "TSImportType" ||
        (parent.type === "TSLiteralType" && parent.parent.type === "TSImportType");
      if (inType) add(node.value, node, { typeOnly: true, names: ["*"] });
    },
    TemplateElement(node) {
      module.strings.push({ text: node.cooked, line: lineAt(node) });
    },
  };
}

function nameVisitor(module: Module, lineAt: LineAt): Deno.lint.LintVisitor {
  const member = (text: string, node: Deno.lint.Node) =>
    module.members.push({ text, line: lineAt(node) });
  return {
    TSAnyKeyword(node) {
      module.anys.push(lineAt(node));
    },
    Identifier(node) {
      if (!isKey(node)) module.names.push({ text: node.name, line: lineAt(node) });
      if (isStrayObject(node)) member(CLOCKS[node.name], node);
    },
    MemberExpression(node) {
      const { object, property, computed } = node;
      if (object.type !== "Identifier") return;
      if (!computed && property.type === "Identifier") {
        member(`${object.name}.${property.name}`, node);
      } else if (property.type === "Literal") member(`${object.name}.${property.value}`, node);
    },
    TSQualifiedName({ left, right, range }) {
      if (left.type !== "Identifier") return;
      module.members.push({ text: `${left.name}.${right.name}`, line: lineAt({ range }) });
    },
    NewExpression(node) {
      if (isDate(node.callee) && node.arguments.length === 0) member("Date.now", node);
    },
    CallExpression(node) {
      if (isDate(node.callee)) member("Date.now", node);
    },
  };
}

/** Objects with one impure property among pure ones. */
const CLOCKS: Readonly<Record<string, string>> = { Date: "Date.now", Math: "Math.random" };

/** Whether the object itself is passed on, as in `const { now } = Date`, so that none can say for what. */
function isStrayObject(node: Deno.lint.Identifier): boolean {
  if (!Object.hasOwn(CLOCKS, node.name) || isKey(node)) return false;
  const { parent } = node;
  if (parent.type === "MemberExpression") {
    return parent.computed && parent.property.type !== "Literal";
  }
  return parent.type === "VariableDeclarator" || parent.type === "SpreadElement" ||
    parent.type === "AssignmentExpression" || parent.type === "Property" ||
    (parent.type === "CallExpression" && parent.callee !== node);
}

/** Whether the name is a property's own, as in `{ name: 1 }` and `x.name`, and refers to nothing. */
function isKey(node: Deno.lint.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    case "Property":
      return parent.key === node && !parent.computed && !parent.shorthand;
    case "TSQualifiedName":
      return parent.right === node;
    case "TSPropertySignature":
    case "TSMethodSignature":
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.key === node && !parent.computed;
    default:
      return false;
  }
}

function isDate(node: Deno.lint.Node): boolean {
  return node.type === "Identifier" && node.name === "Date";
}

function nameOf(node: Deno.lint.Identifier | Deno.lint.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}
