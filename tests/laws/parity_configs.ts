import type { Instrument } from "../../engine/market/trade.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import type { Config } from "../../engine/strategy/config.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { neededInstruments } from "../../engine/strategy/needed_instruments.ts";
import { mayBeShort, type Strategy, strategy } from "../../engine/strategy/strategy.ts";
import {
  type StrategyJson,
  writeRisk,
  writeStrategy,
} from "../../engine/strategy/strategy_json.ts";
import { atr, crossesAbove, crossesBelow, sma } from "../../engine/series/mod.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { allStrategies } from "./all_strategies.ts";

/** How a strategy is to trade so often that eleven minutes of seconds show all that it can do. */
interface Setting {
  params: Record<string, number | string>;
  /** For strategies without stops of their own. */
  risk?: Stops;
  account?: Partial<AccountSettings>;
  /** For those that by their nature trade a few times a day at most. */
  seldom?: true;
}

/** Between them: both fills, sizes, costs, whole lots, protections, stops of strategy and config. */
const MAIN: Readonly<Record<string, Setting>> = {
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

/** Stops that are often reached by the second. */
const TIGHT: Stops = { stopLoss: 0.0001, takeProfit: 0.0002 };

/** The others show what operators do in a bot: one bot each is enough. */
const FURTHER: Readonly<Record<string, Setting>> = {
  ema_trend: {
    params: { fast: 2, slow: 3, trend: 5 },
    risk: { ...TIGHT, stopEntry: 0.00001, timeInForce: 2 },
    account: { sizing: "quote", size: 300, maxDrawdown: 0.9 },
  },
  rsi_calm: {
    params: { window: 2, oversold: 45, recovered: 80, memory: 5, calm: 0.9, ranges: 0.5 },
    risk: { takeProfit: 0.0001 },
  },
  bollinger_breakout: {
    params: { window: 5, width: 0.7 },
    risk: { ...TIGHT, secondTarget: 0.00015, secondPart: 0.4 },
    account: { sizing: "units", size: 0.01, fundingRate: 0.0001, fundingHours: 0.05 },
  },
  donchian_turtle: {
    params: { entry: 3, exit: 2, window: 3, ranges: 1 },
    risk: { takeProfit: 0.0001, maxEntries: 2 },
    account: { sizing: "risk", size: 0.0001 },
  },
  macd_filtered: {
    params: { fast: 2, slow: 3, signal: 2, longer: "1m", trend: 2 },
    risk: TIGHT,
  },
  // Its margin is gone two basis points from where it entered.
  supertrend_flip: {
    params: { window: 2, width: 0.5 },
    risk: { takeProfit: 0.0003 },
    account: { size: 0.005, leverage: 20, maintenanceMargin: 0.0498, fee: 0.00001 },
  },
  keltner_squeeze: {
    params: { window: 4, deviations: 1, ranges: 1 },
    risk: TIGHT,
    account: { stopSlippage: 0.00002, maxLossesInRow: 5_000 },
  },
  time_series_momentum: {
    params: { window: 3, spell: 5, target: 0.00002 },
  },
  pairs_z_score: {
    params: { window: 5, entry: 1, stop: 0.0003 },
    risk: { stopLoss: 0.0001, takeProfit: 0.0001 },
  },
  opening_range: { params: { range: 0.005, ends: 24 }, seldom: true },
};

/** What no strategy of the folder does: parts closed by signals of either side, stops of moving distance. */
const reducer = strategy("reducer", { quick: whole(2), slow: whole(4) }, {
  build({ quick, slow }, { close }) {
    const fast = sma(close, quick), steady = sma(close, slow), range = atr(4);
    return {
      enterLong: crossesAbove(fast, steady),
      enterShort: crossesBelow(fast, steady),
      exitLong: close.below(steady.minus(range)),
      exitShort: close.above(steady.plus(range)),
      reduceLong: crossesBelow(close, fast),
      reduceShort: crossesAbove(close, fast),
      reducePart: 0.4,
      stopLoss: range.times(2),
      trailingStop: range.times(3),
      takeProfit: range.times(1.5),
    };
  },
});

const REDUCER: Readonly<Record<string, Setting>> = {
  reducer: { params: {}, account: { tick: 0.01, lot: 0.00001, minNotional: 1 } },
};

const SETTINGS = { ...MAIN, ...FURTHER, ...REDUCER };

/** Whether a strategy is known to trade often here; a user's own runs with its defaults. */
export const tradesOften = (bot: string): boolean =>
  Object.entries(SETTINGS).some(([name, { seldom }]) => !seldom && bot.startsWith(`${name}-`));

/** By what a config goes. */
type Clocks = Pick<Config["market"], "timeframe" | "base">;

/**
 * Configs on candles of one second: of the main strategies for each of the instruments, of all others
 * in the folder for the first.
 */
export async function parityConfigs(
  instruments: readonly Instrument[],
  clocks: Clocks = { timeframe: "1s" },
): Promise<Config[]> {
  const all = [...await allStrategies(), reducer];
  const others = all.filter(({ name }) => !Object.hasOwn(MAIN, name));
  const beside = besideOf(instruments);
  const possible = others.filter((strategy) => beside || neededInstruments(strategy).length === 0);
  const first = possible.map((strategy) => configOf(strategy, instruments[0], clocks, beside));
  return [...await mainConfigs(instruments, clocks), ...first];
}

/** Of the strategies that read another market, on the first of the instruments, if there is another one. */
export async function togetherConfigs(instruments: readonly Instrument[]): Promise<Config[]> {
  const beside = besideOf(instruments), all = await allStrategies();
  if (beside === undefined) return [];
  return all.filter((strategy) => neededInstruments(strategy).length > 0)
    .map((strategy) => configOf(strategy, instruments[0], { timeframe: "1s" }, beside));
}

/** Another market of the first one's exchange. */
function besideOf([first, ...more]: readonly Instrument[]): string | undefined {
  return more.find(({ exchange }) => exchange === first.exchange)?.symbol;
}

/** Of the main strategies alone, where it is not the strategies that a test is about. */
export async function mainConfigs(
  instruments: readonly Instrument[],
  clocks: Clocks = { timeframe: "1s" },
): Promise<Config[]> {
  const main = (await allStrategies()).filter(({ name }) => Object.hasOwn(MAIN, name));
  return instruments.flatMap((instrument) =>
    main.map((strategy) => configOf(strategy, instrument, clocks))
  );
}

/** By what a config goes that decides by the minute and fills by the second. */
export const BASE: Clocks = { timeframe: "1m", base: "1s" };

function configOf(
  strategy: Strategy,
  { exchange, symbol }: Instrument,
  clocks: Clocks,
  beside?: string,
): Config {
  const setting = SETTINGS[strategy.name] ?? { params: {} };
  const config = {
    name: `${strategy.name}-${exchange}-${symbol.replace("/", "")}${clocks.base ? "-base" : ""}`,
    market: { exchange, symbol, ...clocks },
    strategy: { ...reading(writeStrategy(strategy), beside), params: setting.params },
    account: { ...DEFAULT_ACCOUNT, shorts: mayBeShort(strategy), ...setting.account },
    risk: { ...writeRisk(strategy), ...setting.risk },
  };
  return loadConfig(JSON.stringify(config), config.name).config;
}

/** A strategy's JSON that reads a market of the tape, where it reads another one. */
function reading(json: StrategyJson, beside: string | undefined): StrategyJson {
  const graph = Object.entries(json.graph).map(([name, node]) =>
    [name, node.op === "instrument" ? { ...node, args: { symbol: beside! } } : node] as const
  );
  return { ...json, graph: Object.fromEntries(graph) };
}
