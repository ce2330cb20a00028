/** The parts of a lock file that say which packages a program gets. */
export interface Lock {
  version: string;
  /** From what is asked for to the version: `npm:zod@4.6.7` to `4.6.7`. */
  specifiers: Record<string, string>;
  /** By name and version: `zod@4.6.7`. */
  npm: Record<string, LockedPackage>;
  workspace: {
    /** What the import map names: `npm:zod@4.6.7`. */
    dependencies: string[];
  };
}

interface LockedPackage {
  integrity: string;
  /** Names, with their version where the lock file has several. */
  dependencies?: string[];
  optionalDependencies?: string[];
  [more: string]: unknown;
}

/** The part of `full` that has `specifiers`, with what they depend on. */
export function lightLock(full: Lock, specifiers: readonly string[]): Lock {
  const roots = [...new Set(specifiers)].sort(), wanted = new Set<string>();
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

/** `npm:zod@4.6.7`, found as `4.6.7`, is `zod@4.6.7`. */
function nameOf(specifier: string, version: string): string {
  return `${withoutVersion(specifier.replace("npm:", ""))}@${version}`;
}

/** The key of a dependency, whose version is left out where there is only one. */
function keyOf({ npm }: Lock, dependency: string): string {
  // What another package stands in for: `xlsx@npm:empty-npm-package@1.0.0`.
  const name = dependency.replace(/^.+@npm:/, "");
  if (Object.hasOwn(npm, name)) return name;
  const keys = Object.keys(npm).filter((key) => withoutVersion(key) === name);
  if (keys.length === 1) return keys[0];
  throw new Error(`Cannot tell which ${name} the lock file means: it has ${keys.length}`);
}

/** Of `@scope/name@1.0.0`, `@scope/name`. */
function withoutVersion(key: string): string {
  return key.replace(/(?<=.)@.*$/, "");
}

function pick<T>(from: Record<string, T>, keys: Iterable<string>): Record<string, T> {
  return Object.fromEntries([...keys].sort().map((key) => [key, from[key]]));
}
