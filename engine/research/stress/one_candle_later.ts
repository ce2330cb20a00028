import type { SignalName } from "../../account/signals.ts";
import { Condition, isScalar, type Numeric } from "../../series/expression.ts";
import { where } from "../../series/operators/conditions/where.ts";
import { lag } from "../../series/operators/rows/lag.ts";
import { isDistance, type StopOperands } from "../../strategy/stop_values.ts";
import { type SignalSeries, Strategy } from "../../strategy/strategy.ts";

/**
 * The strategy, one candle of its own later: each signal, and each stop that is a series, is the one of
 * the candle before. What is known before a run stays as it is. It looks at the past only, as any
 * strategy does, so that it may be backtested, and a bot may run it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCandlesCsv } from "../../market/candles_csv.ts";
 * import smaCross from "../../../strategies/sma_cross.ts";
 * import { backtest } from "../backtest.ts";
 *
 * const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
 * const [own] = backtest(smaCross, candles).signals, [late] = backtest(oneCandleLater(smaCross), candles).signals;
 * assert.equal(late.time - own.time, 3_600_000);
 * ```
 */
export function oneCandleLater(strategy: Strategy): Strategy {
  const { signals, stops } = strategy;
  return new Strategy({
    ...strategy,
    signals: eachOf(signals, (signal) => isScalar(signal) ? signal : before(signal)),
    stops: eachOf(stops, (stop) => isDistance(stop) ? lag(stop, 1) : stop),
  });
}

function before(signal: Condition | Numeric): Condition | Numeric {
  // Of what is unknown the number is, too, and does not fire.
  return signal instanceof Condition ? lag(where(signal, 1, 0), 1).equals(1) : lag(signal, 1);
}

function eachOf<Parts extends SignalSeries | StopOperands>(
  parts: Parts,
  of: (part: NonNullable<Parts[keyof Parts]>) => unknown,
): Parts {
  const made = (Object.keys(parts) as (keyof Parts & (SignalName | string))[])
    .map((name) => [name, of(parts[name]!)]);
  return Object.fromEntries(made) as Parts;
}
