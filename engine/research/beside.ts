import type { Candles } from "../market/candles.ts";
import { isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { withInstruments } from "../market/with_instruments.ts";
import { neededInstruments } from "../strategy/needed_instruments.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";

/** Candles of the other markets that a strategy reads, by symbol. */
export type InstrumentSources = Readonly<Record<string, CandleSource>>;

/**
 * The candles with those of the other markets that a strategy reads beside them; as they are, where it
 * reads none. Throws an `InputError` for a market that is missing, or that it does not read.
 */
export function beside(
  strategy: Strategy,
  candles: Candles,
  given: InstrumentSources = {},
): Candles {
  if (!isPlainObject(given)) {
    throw new InputError(
      `instruments are candles by symbol, { "ETH/USDT": candles }, not ${describeValue(given)}`,
    );
  }
  const needed = neededInstruments(strategy);
  for (const symbol of Object.keys(given)) {
    if (needed.includes(symbol)) continue;
    const hint = didYouMean(symbol, needed) || ".", reads = needed.join(", ") || "no other market";
    throw new InputError(
      `${strategy.name} does not read the instrument "${symbol}"${hint} It reads ${reads}`,
    );
  }
  const there = { ...candles.instruments, ...given };
  const missing = needed.find((symbol) => !Object.hasOwn(there, symbol));
  if (missing !== undefined) {
    throw new InputError(
      `${strategy.name} reads the candles of ${missing}, too: give them, ` +
        `instruments: { "${missing}": candles }`,
    );
  }
  const others = Object.entries(given).map(([symbol, source]) =>
    [symbol, candlesOf(source, `instruments: { "${symbol}": candles }`)] as const
  );
  return others.length === 0 ? candles : withInstruments(candles, Object.fromEntries(others));
}
