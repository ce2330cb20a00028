import { type Arrows, findCycle } from "./cycle.ts";
import type { Import, Mention, Module } from "./module.ts";
import * as table from "./table.ts";

/** Everything in which the modules break the rules of the house, one line each. */
export function violations(modules: readonly Module[]): string[] {
  return [...modules.flatMap(ofModule), ...cycles(modules)];
}

/** The folder that a path belongs to in the table: `market`, `mod.ts`, `strategies`; or `outside`. */
function folderOf(path: string): string {
  const [top, inner] = path.split("/");
  if (top === "strategies") return top;
  return top === "engine" && Object.hasOwn(table.MAY_IMPORT, inner) ? inner : "outside";
}

function ofModule(module: Module): string[] {
  if (folderOf(module.path) === "outside") {
    return [`${module.path}: its folder is not in the table`];
  }
  return [
    ...imports(module),
    ...packages(module),
    ...literalDanfo(module),
    ...module.computedImports.filter(() => !table.COMPUTED_IMPORTS.includes(module.path))
      .map((line) => `${module.path}:${line}: imports what a variable names`),
    ...purity(module),
    ...manners(module),
  ];
}

function imports(module: Module): string[] {
  const folder = folderOf(module.path);
  return module.imports.filter(isOurs).flatMap((item) => {
    const target = resolved(module, item), to = folderOf(target);
    const at = `${module.path}:${item.line}: ${folder} may not import`;
    if (to === folder || table.ROOT_FILES.includes(target)) return [];
    if (!table.MAY_IMPORT[folder].includes(to)) return [`${at} ${to} (${target})`];
    if (table.TYPES_ONLY.includes(folder) && !item.typeOnly) return [`${at} more than types`];
    const late = table.LAZILY[folder]?.includes(to) && !item.lazy && !item.typeOnly;
    return late ? [`${at} ${to} before it is used`] : [];
  });
}

function isOurs({ specifier }: Import): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier.startsWith("file:");
}

/** The path of what is imported, from the project's root. */
function resolved({ path }: Module, { specifier }: Import): string {
  const base = "file:///project/";
  return new URL(specifier, `${base}${path}`).href.replace(base, "");
}

function packages({ path, imports, strings }: Module): string[] {
  return Object.entries(table.PACKAGES).flatMap(([name, places]) => {
    const named = new RegExp(`^(npm:/?)?${name}(@[^/]*)?(/.*)?$`);
    const allowed = places.some((place) => path.startsWith(place));
    const wrong = allowed ? [] : [
      ...strings.filter(({ text }) => table.NEVER_NAMED.includes(name) && named.test(text)),
      ...imports.filter(({ specifier }) => named.test(specifier)),
    ];
    return wrong.map(({ line }) => `${path}:${line}: only ${places} may name ${name}`);
  });
}

function literalDanfo(module: Module): string[] {
  if (module.path === table.DANFO) return [];
  return module.imports.filter((item) => {
    const isDanfo = item.specifier === "danfojs" || resolved(module, item) === table.DANFO;
    return isDanfo && !item.typeOnly;
  }).map(({ line }) => `${module.path}:${line}: a literal import has danfo fetched always`);
}

function purity(module: Module): string[] {
  const { path, names, members } = module;
  if (!table.PURE.includes(folderOf(path))) return [];
  const touchesFiles = table.TOUCH_FILES.includes(path);
  const impure = table.IMPURE.filter((name) => !(touchesFiles && name === "Deno"));
  const fileCall = ({ text }: Mention) => table.FILE_CALLS.includes(text.replace("Deno.", ""));
  const wrong = [
    ...names.filter(({ text }) => impure.includes(text)),
    ...members.filter(({ text }) => table.IMPURE_MEMBERS.includes(text)),
    ...members.filter((mention) =>
      touchesFiles && mention.text.startsWith("Deno.") && !fileCall(mention)
    ),
  ];
  return [
    ...wrong.map(({ text, line }) => `${path}:${line}: ${text} in a pure folder`),
    ...nodeModules(module, touchesFiles),
  ];
}

function nodeModules({ path, imports }: Module, touchesFiles: boolean): string[] {
  const allowed = [...table.PURE_NODE, ...(touchesFiles ? table.FILE_NODE : [])];
  return imports.filter(({ specifier }) => specifier.startsWith("node:")).flatMap((item) => {
    const { specifier, line, names } = item;
    if (!allowed.includes(specifier)) return [`${path}:${line}: ${specifier} in a pure folder`];
    if (specifier !== "node:crypto") return [];
    return names.filter((name) => !table.PURE_CRYPTO.includes(name))
      .map((name) => `${path}:${line}: ${name} of ${specifier} in a pure folder`);
  });
}

/** What holds in every folder. */
function manners({ path, anys, comments, names, defaults }: Module): string[] {
  const folder = folderOf(path);
  const unwanted = /^\W*(deno-lint-ignore|@ts-(ignore|expect-error|nocheck))|\b(TODO|FIXME)\b/;
  return [
    ...anys.map((line) => `${path}:${line}: any`),
    ...comments.filter(({ text }) => unwanted.test(text))
      .map(({ text, line }) => `${path}:${line}: comment "${text.trim()}"`),
    ...names.filter(({ text }) => text === "console" && folder !== "cli")
      .map(({ line }) => `${path}:${line}: console outside cli`),
    ...defaults.filter(() => folder !== "strategies")
      .map((line) => `${path}:${line}: default export outside strategies/`),
    ...(/^[a-z0-9_]+(\.d)?\.ts$/.test(path.slice(path.lastIndexOf("/") + 1))
      ? []
      : [`${path}: file names are snake_case`]),
    ...(/(util|helper)s?\b/.test(path) ? [`${path}: named after no thing in particular`] : []),
  ];
}

/** Imports of types count: who may know of whom is the same question at run time and before. */
function cycles(modules: readonly Module[]): string[] {
  const files = new Map<string, Set<string>>(), folders = new Map<string, Set<string>>();
  for (const module of modules) {
    const targets = module.imports.filter(isOurs).map((item) => resolved(module, item));
    files.set(module.path, new Set(targets));
    const from = folderOf(module.path), known = folders.get(from) ?? new Set();
    for (const target of targets) known.add(folderOf(target));
    known.delete(from);
    folders.set(from, known);
  }
  return [...cycleIn("files", files), ...cycleIn("folders", folders)];
}

function cycleIn(what: string, arrows: Arrows): string[] {
  const cycle = findCycle(arrows);
  return cycle ? [`a cycle of ${what}: ${cycle.join(" -> ")}`] : [];
}
