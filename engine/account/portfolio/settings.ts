import { checkOptions, isPlainObject } from "../../market/check_options.ts";
import { describeValue } from "../../market/describe_value.ts";
import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import { checkRule } from "../check_settings.ts";
import type { Rule } from "../rule.ts";
import { checkRebalance, type Rebalance } from "./rebalance.ts";
import type { AccountSettings } from "../settings.ts";

/** How several instruments share the cash of one account. Shares are fractions of its equity. */
export interface PortfolioSettings {
  /** The most positions that may be open at a time; by default any number. */
  maxOpenPositions?: number;
  /**
   * What each instrument may take: an equal share, the default, or one in inverse proportion to the
   * deviation of its returns, so that each carries about the same risk. Neither knows of correlations.
   */
  weights?: "equal" | "inverseVolatility";
  /** Candles whose returns `inverseVolatility` goes by; 30 by default. */
  window?: number;
  /** Each instrument's share by name, in the place of `weights`. */
  allocation?: Readonly<Record<string, number>>;
  /** The most that all positions may be together at the time of an entry, as a fraction of equity. */
  exposureCap?: number;
  /**
   * Which instruments come first where several want the same cash; the others follow, by their names
   * in the order of their characters. By default all go by their names.
   */
  priority?: readonly string[];
  /** When positions are brought back to their shares; by default they are left as they are. */
  rebalance?: Rebalance;
}

/** The settings that are one number or word: their rules, as messages and schemas say them. */
const PORTFOLIO_RULES = {
  maxOpenPositions: { type: "number", min: 1, whole: true, allowed: "a whole number of 1 or more" },
  weights: {
    type: "choice",
    options: ["equal", "inverseVolatility"],
    allowed: "equal or inverseVolatility",
  },
  window: { type: "number", min: 2, whole: true, allowed: "a whole number of candles, 2 or more" },
  exposureCap: { type: "number", above: 0, allowed: "a fraction of equity, above 0" },
} as const satisfies Record<string, Rule>;

/** Candles whose returns weigh the instruments where nothing else is said. */
export const DEFAULT_WINDOW = 30;

/** Throws an `InputError` for settings with which no portfolio of these instruments can be. */
export function checkPortfolio(
  settings: PortfolioSettings,
  names: readonly string[],
  { sizing = "fraction", maintenanceMargin }: Pick<AccountSettings, "sizing" | "maintenanceMargin">,
): void {
  if (maintenanceMargin !== undefined) {
    throw new InputError(
      "account.maintenanceMargin is given, but a portfolio's positions have no margins of their own: " +
        "run the instruments one by one",
    );
  }
  const further = ["allocation", "priority", "rebalance"];
  checkOptions(settings, [...Object.keys(PORTFOLIO_RULES), ...further], "portfolio");
  for (const [name, rule] of Object.entries(PORTFOLIO_RULES)) {
    const value = settings[name as keyof typeof PORTFOLIO_RULES];
    if (value !== undefined) checkRule(`portfolio.${name}`, value, rule);
  }
  const { allocation, weights, window, priority, rebalance } = settings;
  if (allocation !== undefined) checkAllocation(allocation, weights, names);
  if (window !== undefined && weights !== "inverseVolatility") {
    throw new InputError(
      "portfolio.window is given, but goes with portfolio.weights inverseVolatility only",
    );
  }
  if ((allocation ?? weights) !== undefined && (sizing === "quote" || sizing === "units")) {
    throw new InputError(
      `portfolio.${allocation ? "allocation" : "weights"} is given, but account.sizing is ` +
        `${sizing}: what a position takes does not go by shares of equity then`,
    );
  }
  if (priority !== undefined) checkPriority(priority, names);
  if (rebalance !== undefined) checkRebalance(rebalance, sizing, allocation);
}

/** The instruments in the order in which they are served. */
export function inOrder(names: readonly string[], priority: readonly string[] = []): string[] {
  const rest = names.filter((name) => !priority.includes(name));
  return [...priority, ...rest.toSorted((a, b) => a < b ? -1 : 1)];
}

function checkAllocation(
  allocation: unknown,
  weights: PortfolioSettings["weights"],
  names: readonly string[],
): void {
  if (weights !== undefined) {
    throw new InputError("portfolio.allocation and portfolio.weights are both given: give one");
  }
  if (!isPlainObject(allocation)) {
    throw new InputError(
      `portfolio.allocation is ${describeValue(allocation)}, but must be a share for each ` +
        `instrument, such as { "BTC/USDT": 0.5 }`,
    );
  }
  const shares = allocation as Record<string, unknown>;
  for (const name of Object.keys(shares)) checkName(name, "portfolio.allocation", names);
  for (const name of names) {
    checkRule(`portfolio.allocation["${name}"]`, shares[name], {
      type: "number",
      above: 0,
      max: 1,
      allowed: "a fraction of equity, above 0 and at most 1",
    });
  }
}

function checkPriority(priority: unknown, names: readonly string[]): void {
  if (!Array.isArray(priority)) {
    throw new InputError(
      `portfolio.priority is ${describeValue(priority)}, but must be a list of instruments`,
    );
  }
  for (const name of priority) checkName(String(name), "portfolio.priority", names);
  const twice = priority.find((name, n) => priority.indexOf(name) < n);
  if (twice !== undefined) throw new InputError(`portfolio.priority names ${twice} twice`);
}

function checkName(name: string, where: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const hint = didYouMean(name, names) || ".";
  throw new InputError(
    `${where} names "${name}", which is no instrument${hint} There are ${names.join(", ")}`,
  );
}
