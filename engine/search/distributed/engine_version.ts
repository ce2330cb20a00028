import { createHash } from "node:crypto";
import project from "../../../deno.json" with { type: "json" };
import { InputError } from "../../market/errors.ts";

/** What makes the numbers: the same versions make the same bits. */
export interface EngineVersion {
  lockstep: string;
  deno: string;
  /** SHA-256 of all code that numbers are made by. */
  code: string;
}

/** The folders of `engine/` that numbers are made in, or packed for the way. */
const FOLDERS = [
  "market",
  "series",
  "account",
  "strategy",
  "run",
  "metrics",
  "research",
  "search",
];

/** Packages that make numbers. */
const LIBRARIES = ["technicalindicators"];

/** The version of this engine, or of the one whose project is at `root`. */
export async function engineVersion(
  root = new URL("../../../", import.meta.url),
): Promise<EngineVersion> {
  const hash = createHash("sha256");
  for (const folder of FOLDERS) {
    for (const [path, text] of await filesIn(new URL(`engine/${folder}/`, root))) {
      // What git does to the ends of lines on other systems is no change.
      hash.update(`${path}\n${text.replaceAll("\r\n", "\n")}`);
    }
  }
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("import_map.json", root)));
  for (const name of LIBRARIES) hash.update(`${name} ${imports[name]}\n`);
  return { lockstep: project.version, deno: Deno.version.deno, code: hash.digest("hex") };
}

async function filesIn(folder: URL, name = ""): Promise<[path: string, text: string][]> {
  const found: [string, string][] = [], entries = await Array.fromAsync(Deno.readDir(folder));
  for (const entry of entries.sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name))) {
    const path = `${name}/${entry.name}`, url = new URL(entry.name, folder);
    if (entry.isDirectory) found.push(...await filesIn(new URL(`${url}/`), path));
    else if (entry.name.endsWith(".ts")) found.push([path, await Deno.readTextFile(url)]);
  }
  return found;
}

/** Refuses work of another engine. Throws an `InputError` that says what differs. */
export function checkEngine(theirs: EngineVersion, ours: EngineVersion): void {
  const differs = engineDiffers(theirs, ours);
  if (differs === undefined) return;
  throw new InputError(
    `it is of another engine: ${differs}. All machines of a search run the same version`,
  );
}

/** What differs between an engine and this one, the first that does; undefined for the same one. */
export function engineDiffers(
  theirs: Partial<EngineVersion> | undefined,
  ours: EngineVersion,
): string | undefined {
  const short = (code = "unknown") => code.slice(0, 8);
  for (const name of ["lockstep", "deno", "code"] as const) {
    if (theirs?.[name] === ours[name]) continue;
    const what = { lockstep: "Lockstep", deno: "Deno", code: "Lockstep's code" }[name];
    return `${what} is ${short(theirs?.[name])} there and ${short(ours[name])} here`;
  }
}
