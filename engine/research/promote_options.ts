import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import type { Instrument } from "../market/trade.ts";
import { checkName } from "../strategy/names.ts";

/** What promotion has to be told. */
export interface PromoteOptions {
  /** What the bot is to be called: the file is `<name>.json`. */
  name: string;
  /** The market that the bot is to trade. */
  market: Instrument;
  /**
   * How many parameter sets were tried before this one was chosen, it included: 1 or more. Searches are counted by
   * themselves; this is for what else was looked at.
   */
  trials?: number;
  /** Where configs are kept; by default the project's own `strategies`, wherever this is called. */
  folder?: string;
  /** Whether a file of that name that holds another strategy may be replaced. */
  replace?: boolean;
}

const MARKET = 'such as { exchange: "binance", symbol: "BTC/USDT" }';

/** Refuses options with which there is no promotion. Notebooks check no types. */
export function checkPromoteOptions(options: PromoteOptions): void {
  checkOptions(options, ["name", "market", "trials", "folder", "replace"], "promote");
  const { name, market, trials = 1, folder = "", replace = false } = options;
  checkName(name, "A bot");
  const isMarket = isPlainObject(market) && isText(market.exchange) && isText(market.symbol);
  check("market", market, isMarket, MARKET);
  check(
    "trials",
    trials,
    Number.isInteger(trials) && trials >= 1,
    "a whole number of 1 or more",
  );
  check("folder", folder, typeof folder === "string", "the path of a folder");
  check("replace", replace, typeof replace === "boolean", "true or false");
}

function check(name: string, value: unknown, holds: boolean, rule: string): void {
  if (!holds) {
    throw new InputError(`promote: ${name} is ${describeValue(value)}, but must be ${rule}`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** The project's folder of configs, from where one is: notebooks work in a folder of their own. */
export function configFolder(): string {
  const own = fileURLToPath(new URL("../../strategies", import.meta.url));
  return relative(Deno.cwd(), own) || ".";
}
