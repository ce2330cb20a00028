import { type Command, Option } from "commander";
import { InputError } from "../market/errors.ts";
import { seededRandom } from "../research/seeded_random.ts";
import {
  type Allows,
  anySet,
  gridSets,
  type ParameterSets,
  type ParameterSpace,
} from "../research/sweep/parameter_sets.ts";
import { whereText } from "../research/sweep/where_text.ts";
import { MADE_BY, METHODS, type SearchMethod, STAGED } from "../search/search_methods.ts";
import { wholeFrom } from "./options.ts";
import type { StrategyFile } from "./strategy_file.ts";

/** What flags say of which sets are tried. */
export interface SearchFlags {
  params: ParameterSpace;
  where?: string;
  method?: SearchMethod;
  count?: number;
  random?: number;
  seed: number;
}

/** A method, and how many sets it tries; none of a grid, which tries all. */
export interface Asked {
  method: SearchMethod;
  count?: number;
}

/** Adds the flags of methods, and the one that says which sets are tried. */
export function withMethods(command: Command): Command {
  return command
    .option(
      "--where <condition>",
      "sets that are tried, such as 'fast < slow'; given several times, all have to hold",
      (text: string, before?: string) => before === undefined ? text : `(${before}) && (${text})`,
    )
    .addOption(
      new Option("--method <name>", "how sets are found; all unless given").choices(METHODS),
    )
    .option("--count <count>", "how many sets are tried, by any method but grid", wholeFrom(1))
    .option("--random <count>", "as --method random --count <count>", wholeFrom(1))
    .option("--seed <number>", "what chance begins with", wholeFrom(0), 1);
}

/** Which method flags ask for. Throws an `InputError` where they do not go together. */
export function askedMethod({ method, count, random }: SearchFlags): Asked {
  if (random !== undefined) {
    if (method === undefined && count === undefined) return { method: "random", count: random };
    throw new InputError("--random is --method random with a --count: give these, or it alone");
  }
  if (method === undefined || method === "grid") {
    if (count === undefined) return { method: "grid" };
    throw new InputError("--count is for another --method: a grid tries all sets");
  }
  if (count !== undefined) return { method, count };
  throw new InputError(`--method ${method} needs a --count: how many sets it tries`);
}

/** Whether the sets of a method depend on what came of those before. */
export function isStaged({ method }: Asked): boolean {
  return STAGED[method] !== undefined;
}

/** What is tried: of a config its own values, too. */
export function spaceOf({ params }: StrategyFile, flags: SearchFlags): ParameterSpace {
  return { ...params, ...flags.params };
}

/** What --where allows. */
export function allowsOf({ strategy }: StrategyFile, { where }: SearchFlags): Allows {
  return where === undefined ? anySet : whereText(where, strategy.parameters, "--where");
}

/** The sets that flags ask for. Throws an `InputError` for a method whose sets are not known beforehand. */
export function setsOf(file: StrategyFile, flags: SearchFlags): ParameterSets {
  const asked = askedMethod(flags), { strategy } = file, make = MADE_BY[asked.method];
  const space = spaceOf(file, flags), allows = allowsOf(file, flags);
  if (isStaged(asked)) {
    throw new InputError(
      `--method ${asked.method} finds its sets as it goes, on one machine and one span: take grid, ` +
        "random or sobol here",
    );
  }
  return make === undefined
    ? gridSets(strategy, space, allows)
    : make(strategy, space, asked.count!, seededRandom(flags.seed), allows);
}
