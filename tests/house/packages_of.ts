import { ROOT } from "./project_files.ts";

/** What `deno info` tells of a module. */
interface Info {
  specifier: string;
  kind: string;
  dependencies?: { code?: { specifier: string } }[];
}

/** A package and its version, without the file in it that is imported. */
const PACKAGE = /^npm:(@[^/]+\/)?[^/]+/;

/** What is loaded by a name that `deno info` cannot read, by who loads it. */
export type LoadedLater = Readonly<Record<string, readonly string[]>>;

/**
 * The packages that `entries` load, as they name them (`npm:zod@4.6.7`), sorted. Types are left out, for
 * nothing is left of them at run time. All paths are from the project's root.
 */
export function packagesOf(entries: readonly string[], later: LoadedLater): string[] {
  const found = new Set<string>(), seen = new Set<string>(), waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const specifier of importsOf(path)) {
      if (specifier.startsWith("npm:")) found.add(specifier.match(PACKAGE)![0]);
      else if (specifier.startsWith(ROOT.href)) waiting.push(specifier.replace(ROOT.href, ""));
    }
    waiting.push(...later[path] ?? []);
  }
  return [...found].sort();
}

/** What has been told so far, by path. */
const told = new Map<string, string[]>();

/** What a module imports at run time. */
function importsOf(path: string): readonly string[] {
  if (!told.has(path)) ask(path);
  return told.get(path) ?? [];
}

/** Notes what a module and all those that it loads import. */
function ask(path: string): void {
  const { success, stdout } = new Deno.Command("deno", {
    args: ["info", "--json", "--lock=deno.lock", "--frozen", path],
    cwd: ROOT,
    stderr: "null",
  }).outputSync();
  if (!success) throw new Error(`Cannot tell what ${path} imports`);
  const { modules }: { modules: Info[] } = JSON.parse(new TextDecoder().decode(stdout));
  for (const { specifier, dependencies = [] } of modules) {
    const codes = dependencies.flatMap(({ code }) => code ? [code.specifier] : []);
    told.set(specifier.replace(ROOT.href, ""), codes);
  }
}
