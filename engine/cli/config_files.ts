import { InputError } from "../market/errors.ts";
import type { Config } from "../strategy/config.ts";
import { editedNote } from "./config_notes.ts";
import { note } from "./output.ts";
import { readConfigFile } from "./strategy_file.ts";

/**
 * Reads the configs that are to be traded: those that are named, or all in strategies/. Throws an
 * `InputError` for any bad one; says of a good one that it was edited.
 */
export async function readConfigs(paths: readonly string[]): Promise<Config[]> {
  const files = paths.length > 0 ? withoutSchemas(paths) : configsIn("strategies");
  const loaded = await Promise.all(files.map(readConfigFile));
  const names = loaded.map(({ config }) => config.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new InputError(`Two configs are called "${twice}": each bot needs its own name`);
  for (const [i, one] of loaded.entries()) {
    for (const text of editedNote(one)) note(`${files[i]}: ${text}`, { level: "warning" });
  }
  return loaded.map(({ config }) => config);
}

/** What of `strategies/*.json` are configs. Throws an `InputError` if none are. */
export function withoutSchemas(paths: readonly string[]): string[] {
  const configs = paths.filter((path) => !path.endsWith(".schema.json"));
  if (configs.length > 0) return configs;
  throw new InputError(`${paths.join(", ")} is the schema of configs, and no config itself`);
}

function configsIn(folder: string): string[] {
  const files = namesIn(folder)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  if (files.length > 0) return files.sort().map((name) => `${folder}/${name}`);
  throw new InputError(`There is no config in ${folder}/: promote a strategy first`);
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new InputError(`There is no folder ${folder}/ here: name the configs to trade`);
    }
    throw error;
  }
}
