import { OF_MARKET } from "../account/settings.ts";
import { inOrder } from "../account/portfolio/settings.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import type { Candles } from "../market/candles.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { utcTime } from "../market/time.ts";
import type { PortfolioSpec } from "../run/portfolio_run.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { sellsShort, Strategy, valuesFor } from "../strategy/strategy.ts";
import { accountSettings } from "./account_settings.ts";
import { checkClocks } from "./check_clocks.ts";
import {
  type ByInstrument,
  type MarketSettings,
  PORTFOLIO_USAGE,
  type PortfolioOptions,
} from "./portfolio_options.ts";

/** The run that the options ask for. Throws an `InputError` for what they cannot. */
export function portfolioSpec(
  strategies: Strategy | ByInstrument<Strategy>,
  candles: ByInstrument<Candles>,
  options: PortfolioOptions,
): PortfolioSpec {
  const { params = {}, account, instruments = {}, portfolio = {}, start } = options;
  const names = Object.keys(candles), one = strategies instanceof Strategy ? strategies : undefined;
  const each = one ? {} : byInstrument(strategies, names, "A strategy");
  const strategyOf = (name: string) => one ?? strategyAt(each, name);
  const shorts = names.some((name) => sellsShort(strategyOf(name)));
  const shared = accountSettings(account, shorts);
  const values = one ? {} : byInstrument(params, names, "params") as ByInstrument<ParameterValues>;
  const markets = byInstrument(instruments, names, "instruments");
  const from = start === undefined ? undefined : utcTime(start, "start");
  const list = names.map((name) => ({
    name,
    run: {
      strategy: strategyOf(name),
      parameters: valuesFor(strategyOf(name), one ? params as ParameterValues : values[name] ?? {}),
      account: { ...shared, ...ofMarket(markets[name], name) },
      ...clocksOf(candles[name], options),
      decimals: candles[name].decimals,
      start: from,
    },
  }));
  const priority = Array.isArray(portfolio?.priority) ? portfolio.priority.map(String) : [];
  const order = inOrder(names, priority.filter((name) => names.includes(name)));
  const placed = new Map(list.map((one) => [one.name, one]));
  return { instruments: order.map((name) => placed.get(name)!), portfolio };
}

/** The strategy's timeframe, and that of the candles where they are shorter. */
function clocksOf({ timeframe: base }: Candles, { timeframe = base }: PortfolioOptions) {
  checkClocks(timeframe, base);
  return { timeframe, ...(timeframe !== base && { base }) };
}

function strategyAt(strategies: ByInstrument<unknown>, name: string): Strategy {
  const found = strategies[name];
  if (found instanceof Strategy) return found;
  throw new InputError(`${name} needs a strategy, but is given ${describeValue(found)}`);
}

function ofMarket(given: unknown, name: string): MarketSettings {
  if (given === undefined) return {};
  checkOptions(given, OF_MARKET, `instruments["${name}"]`);
  return given as MarketSettings;
}

/** Refuses names that are no instruments. */
function byInstrument(
  given: unknown,
  names: readonly string[],
  what: string,
): ByInstrument<unknown> {
  if (!isPlainObject(given)) {
    throw new InputError(`${what} is needed for each instrument by its name: ${PORTFOLIO_USAGE}`);
  }
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger === undefined) return given as ByInstrument<unknown>;
  const hint = didYouMean(stranger, names) || ".";
  throw new InputError(
    `${what} is given for "${stranger}", of which there are no candles${hint} ` +
      `There are ${names.join(", ")}`,
  );
}
