import { InputError } from "../market/errors.ts";
import type { Config } from "../strategy/config.ts";
import { loadConfig, type LoadedConfig } from "../strategy/load.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { readText } from "./read_text.ts";

/** A strategy from a file, and the config if it is one. */
export interface StrategyFile {
  strategy: Strategy;
  params: Record<string, number | string>;
  config: Config | undefined;
}

/** Reads `STRATEGY.ts` (its default export) or `CONFIG.json`. */
export async function readStrategyFile(path: string): Promise<StrategyFile> {
  if (path.endsWith(".json")) {
    const { strategy, config } = await readConfigFile(path);
    return { strategy, config, params: config.strategy.params };
  }
  const program = await readText(path);
  if (!MODULE.test(path)) {
    throw new InputError(`${path} is no strategy (STRATEGY.ts), nor a config (CONFIG.json)`);
  }
  const module = await importFile(path, program);
  if (isStrategy(module.default)) {
    return { strategy: module.default, params: {}, config: undefined };
  }
  throw new InputError(
    `${path} is no strategy: its default export must be what strategy() returns`,
  );
}

/** The ends of the names of programs. */
const MODULE = /\.[cm]?[jt]s$/;

/** Reads a config file. */
export async function readConfigFile(path: string): Promise<LoadedConfig> {
  if (MODULE.test(path)) {
    throw new InputError(
      `${path} is no config (CONFIG.json): a strategy becomes one when a backtest of it is promoted`,
    );
  }
  return loadConfig(await readText(path), path);
}

async function importFile(path: string, program: string): Promise<{ default?: unknown }> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    return await import(url);
  } catch (error) {
    const { name, message, stack = "" } = error as Error;
    if (message.includes("lockfile is out of date")) throw notLoaded(path, program);
    const at = stack.split(url)[1]?.match(/^:(\d+:\d+)/)?.[1];
    const said = error instanceof InputError ? message : `${name}: ${message.split("\n")[0]}`;
    throw new InputError(`Cannot load ${at ? `${path}:${at}` : path}: ${said.replace(url, path)}`);
  }
}

/** A command's lock file is a short one, and what Deno advises would not make it longer. */
function notLoaded(path: string, program: string): InputError {
  const imports = program.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g);
  const named = [...imports].map(([, name]) => name).filter((name) => PACKAGE.test(name));
  return new InputError(
    `Cannot load ${path}: it, or what it imports, wants a package that this command does not have` +
      `${
        named.length === 0 ? "" : `: ${named.join(", ")}`
      }. A strategy of the commands may import ` +
      "engine/mod.ts and what is beside it, and only such packages as the command itself uses",
  );
}

/** What no path is, nor a part of Deno. */
const PACKAGE = /^(?!\.{0,2}\/|node:|file:)/;

function isStrategy(value: unknown): value is Strategy {
  return typeof value === "object" && value !== null && "signals" in value && "parameters" in value;
}
