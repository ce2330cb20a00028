import type { z } from "zod";
import { InputError } from "../market/errors.ts";
import { contentHash } from "../series/canonical.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { type Config, configSchema } from "./config.ts";
import { parameterValues } from "./parameters.ts";
import { sellsShort, type Strategy, valuesFor } from "./strategy.ts";
import { readStrategy } from "./strategy_json.ts";

/** A config that was checked throughout, and the strategy in it. */
export interface LoadedConfig {
  config: Config;
  strategy: Strategy;
  parameters: ParameterValues;
  /** Whether it was changed by hand since it was promoted: its receipt speaks of another strategy. */
  edited: boolean;
}

/**
 * Reads a config from its text. Throws an `InputError` that names the file, the JSON path, what was
 * found and what is allowed; every mistake of shape is listed, then the first one of meaning.
 */
export function loadConfig(text: string, file: string): LoadedConfig {
  const parsed = configSchema.safeParse(parse(text, file), { reportInput: true });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(describe);
    throw new InputError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  }
  const config = parsed.data;
  try {
    return { config, ...understand(config), edited: isEdited(config) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

/** The hash of all that decides what a config does: not its name, nor its receipt. */
export function configHash({ market, strategy, account, risk }: Config): string {
  return contentHash({ market, strategy, account, risk });
}

function understand({ strategy: { params, ...json }, account, risk }: Config) {
  const values = parameterValues(json.parameters, params, "strategy.params");
  const strategy = readStrategy(json, risk, values);
  const parameters = valuesFor(strategy, params, "strategy.params");
  if (sellsShort(strategy) && !account.shorts) {
    throw new InputError(
      "account.shorts: false, but strategy.signals has enterShort: a spot account cannot sell short",
    );
  }
  return { strategy, parameters };
}

function isEdited(config: Config): boolean {
  return config.receipt !== undefined && config.receipt.contentHash !== configHash(config);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: not JSON: ${(error as Error).message}`);
  }
}

/** A zod issue as the lines that a person needs: where, what was found, what is allowed. */
function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.reduce<string>(
    (path, key) =>
      typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${String(key)}` : String(key),
    "",
  );
  const place = path || "the whole file", found = JSON.stringify(issue.input) ?? "nothing";
  const shown = found.length > 60 ? `${found.slice(0, 57)}…` : found;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => `${path ? `${path}.` : ""}${key}: unknown key`);
    case "invalid_union":
      return issue.errors.length > 0 &&
          issue.errors.some((errors) => errors.some((e) => e.path.length > 0))
        ? deepest(issue)
        : [`${place}: found ${shown}, which is none of the allowed forms`];
    default:
      return [`${place}: found ${shown}: ${issue.message}`];
  }
}

/** Of a union's ways to fail, the one that came furthest: the form that was probably meant. */
function deepest(issue: z.core.$ZodIssueInvalidUnion): string[] {
  const depth = (issues: z.core.$ZodIssue[]) =>
    Math.max(0, ...issues.map(({ path }) => path.length));
  const errors = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0];
  return errors.flatMap((error) => describe({ ...error, path: [...issue.path, ...error.path] }));
}
