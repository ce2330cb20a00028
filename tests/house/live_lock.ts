/** The parts of a lock file that say which packages a program gets. */
export interface Lock {
  version: string;
  /** From what is asked for to the version: `npm:zod@4.6.7` to `4.6.7`. */
  specifiers: Record<string, string>;
  /** By name and version: `zod@4.6.7`. */
  npm: Record<string, LockedPackage>;
  workspace: unknown;
}

interface LockedPackage {
  integrity: string;
  /** Names, with their version where the lock file has several. */
  dependencies?: string[];
  optionalDependencies?: string[];
  [more: string]: unknown;
}

/** What `deno info --json` says of a program's modules. */
export interface Graph {
  modules: { specifier: string; dependencies?: Dependency[] }[];
  roots: string[];
}

/** An import. Types alone have no `code`. */
interface Dependency {
  code?: { specifier: string };
}

/** The part of `full` that a program needs to run: what it imports, and what that depends on. */
export function liveLock(full: Lock, graph: Graph): Lock {
  const roots = importedPackages(graph), wanted = new Set<string>();
  const want = (key: string) => {
    if (wanted.has(key)) return;
    wanted.add(key);
    const { dependencies = [], optionalDependencies = [] } = full.npm[key];
    for (const name of [...dependencies, ...optionalDependencies]) want(keyOf(full, name));
  };
  for (const root of roots) want(keyOf(full, nameOf(root, full.specifiers[root])));
  return {
    version: full.version,
    specifiers: pick(full.specifiers, roots),
    npm: pick(full.npm, wanted),
    workspace: full.workspace,
  };
}

/** The npm specifiers that the modules import, whenever that may be. */
function importedPackages({ roots, modules }: Graph): Set<string> {
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const packages = new Set<string>(), seen = new Set(roots), queue = [...roots];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const { code } of byName.get(at)?.dependencies ?? []) {
      if (!code || seen.has(code.specifier)) continue;
      seen.add(code.specifier);
      if (code.specifier.startsWith("npm:")) packages.add(code.specifier);
      else queue.push(code.specifier);
    }
  }
  return packages;
}

/** `npm:zod@4.6.7`, found as `4.6.7`, is `zod@4.6.7`. */
function nameOf(specifier: string, version: string): string {
  const name = specifier.replace(/^npm:\/?/, "").replace(/(?<=.)@.*$/, "");
  return `${name}@${version}`;
}

/** The key of a dependency, whose version is left out where there is only one. */
function keyOf({ npm }: Lock, name: string): string {
  if (Object.hasOwn(npm, name)) return name;
  const keys = Object.keys(npm).filter((key) => key.replace(/(?<=.)@.*$/, "") === name);
  if (keys.length === 1) return keys[0];
  throw new Error(`Cannot tell which ${name} the lock file means: it has ${keys.length}`);
}

function pick<T>(from: Record<string, T>, keys: Iterable<string>): Record<string, T> {
  return Object.fromEntries([...keys].sort().map((key) => [key, from[key]]));
}
