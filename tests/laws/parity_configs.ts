import type { Instrument } from "../../engine/market/trade.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import type { Config } from "../../engine/strategy/config.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { sellsShort, type Strategy } from "../../engine/strategy/strategy.ts";
import { writeRisk, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import { allStrategies } from "./all_strategies.ts";

/** How a strategy is to trade so often that eleven minutes of seconds show all that it can do. */
interface Setting {
  params: Record<string, number>;
  /** For strategies without stops of their own. */
  risk?: Stops;
  account?: Partial<AccountSettings>;
}

/** Between them: both fills, sizes, costs, whole lots, protections, stops of strategy and config. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  sma_cross: {
    params: { fast: 2, slow: 4 },
    risk: { stopLoss: 0.0002, takeProfit: 0.0006, trailingStop: 0.0003, timeStop: 40 },
    account: { size: 0.5, lot: 0.001, slippage: 0.0001, spread: 0.00002, cooldown: 2 },
  },
  ema_cross: {
    params: { fast: 2, slow: 3 },
    risk: {
      stopLoss: 0.0003,
      takeProfit: 0.00015,
      breakEven: 0.0001,
      limitEntry: 0.00002,
      timeInForce: 3,
    },
    account: { slippage: 0.00005, sizing: "risk", size: 0.0001, impact: 0.00001, fixedFee: 0.01 },
  },
  rsi_reversion: {
    params: { window: 2, oversold: 45, recovered: 55, stop: 0.0001, target: 0.0002 },
    risk: { maxEntries: 3, firstTarget: 0.00005, firstPart: 0.3 },
    account: {
      size: 0.3,
      fill: "close",
      fee: 0.0004,
      makerFee: 0,
      maxTradesPerDay: 400,
      dailyLoss: 0.5,
    },
  },
};

/** Whether a strategy is known to trade often here; a user's own runs with its defaults. */
export const tradesOften = (bot: string): boolean =>
  Object.keys(SETTINGS).some((name) => bot.startsWith(`${name}-`));

/** By what a config goes. */
type Clocks = Pick<Config["market"], "timeframe" | "base">;

/** A config of every strategy for each of the instruments, on candles of one second. */
export async function parityConfigs(
  instruments: readonly Instrument[],
  clocks: Clocks = { timeframe: "1s" },
): Promise<Config[]> {
  const strategies = await allStrategies();
  return instruments.flatMap((instrument) =>
    strategies.map((strategy) => configOf(strategy, instrument, clocks))
  );
}

/** The same, deciding by the minute and filling by the second. */
export function baseConfigs(instruments: readonly Instrument[]): Promise<Config[]> {
  return parityConfigs(instruments, { timeframe: "1m", base: "1s" });
}

function configOf(strategy: Strategy, { exchange, symbol }: Instrument, clocks: Clocks): Config {
  const setting = SETTINGS[strategy.name] ?? { params: {} };
  const config = {
    name: `${strategy.name}-${exchange}-${symbol.replace("/", "")}${clocks.base ? "-base" : ""}`,
    market: { exchange, symbol, ...clocks },
    strategy: { ...writeStrategy(strategy), params: setting.params },
    account: { ...DEFAULT_ACCOUNT, shorts: sellsShort(strategy), ...setting.account },
    risk: { ...writeRisk(strategy), ...setting.risk },
  };
  return loadConfig(JSON.stringify(config), config.name).config;
}
