import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { baseMarket } from "../market/base_market.ts";
import type { Config } from "../strategy/config.ts";
import { neededInstruments } from "../strategy/needed_instruments.ts";
import type { Strategy } from "../strategy/strategy.ts";
import type { Stamp } from "../market/checked_candles.ts";
import { marketName } from "../market/market_name.ts";
import { backtestCandles, seriesNamed } from "./backtest_candles.ts";

/** What instruments are told by. */
export interface InstrumentOptions {
  instrument?: string[];
  archive: string;
  stamp?: Stamp;
}

/**
 * The candles of the other markets that a strategy reads, by symbol: those that `--instrument` names; of
 * the others the archive's, where the exchange is known from a config or from what `--candles` is.
 * Throws an `InputError` for a flag that names no market.
 */
export async function instrumentCandles(
  strategy: Strategy,
  candles: string,
  options: InstrumentOptions,
  config: Config | undefined,
): Promise<Record<string, Candles> | undefined> {
  const { archive: root, stamp } = options;
  const sources = instrumentSources(strategy, candles, options, config);
  if (sources.size === 0) return undefined;
  const found: Record<string, Candles> = {};
  for (const [symbol, source] of sources) {
    found[symbol] = (await backtestCandles(source, { root, ...(stamp && { stamp }) })).candles;
  }
  return found;
}

/** Where they are, by symbol. */
export function instrumentSources(
  strategy: Strategy,
  candles: string,
  { instrument = [] }: InstrumentOptions,
  config?: Config,
): Map<string, string> {
  const sources = new Map(instrument.map(namedSource));
  const key = seriesNamed(candles) ?? (config && baseMarket(config.market));
  for (const symbol of neededInstruments(strategy)) {
    if (sources.has(symbol)) continue;
    if (key === undefined) {
      throw new InputError(
        `${strategy.name} reads the candles of ${symbol}, too: say where they are, ` +
          `--instrument ${symbol}=CANDLES`,
      );
    }
    sources.set(symbol, marketName({ ...key, symbol }));
  }
  return sources;
}

function namedSource(text: string): [symbol: string, source: string] {
  const [, symbol, source] = text.match(/^([^=]+)=(.+)$/) ?? [];
  if (symbol !== undefined) return [symbol, source];
  throw new InputError(
    `--instrument ${text} names no market: it is SYMBOL=CANDLES, such as ETH/USDT=${text}`,
  );
}
