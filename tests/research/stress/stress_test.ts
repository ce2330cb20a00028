import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { backtestSignals } from "../../../engine/research/backtest_signals.ts";
import { evaluate } from "../../../engine/research/evaluate.ts";
import { oneCandleLater } from "../../../engine/research/stress/one_candle_later.ts";
import { stress } from "../../../engine/research/stress/stress.ts";
import { param } from "../../../engine/series/expression.ts";
import { atr, close, crossesAbove, crossesBelow, sma } from "../../../engine/series/mod.ts";
import { number } from "../../../engine/strategy/parameters.ts";
import { readStrategy, writeRisk, writeStrategy } from "../../../engine/strategy/strategy_json.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import smaCross from "../../../strategies/sma_cross.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 150);
const PARAMS = { fast: 8, slow: 25 };

/** A condition's values, one row later, by hand. */
function shifted(values: Float64Array): boolean[] {
  return Array.from(values, (_, i) => i > 0 && values[i - 1] === 1);
}

Deno.test("each row of the table is the backtest that it says it is", () => {
  const account = { fee: 0.001, slippage: 0.0004, spread: 0.0002 };
  const result = backtest(smaCross, candles, { params: PARAMS, account });
  const quick = sma(close, PARAMS.fast), steady = sma(close, PARAMS.slow);
  const up = evaluate(crossesAbove(quick, steady), candles);
  const down = evaluate(crossesBelow(quick, steady), candles);
  const plain = { entries: [...up].map((x) => x === 1), exits: [...down].map((x) => x === 1) };
  const delayed = { entries: shifted(up), exits: shifted(down) };
  const dear = { fee: 0.002 }, rough = { slippage: 0.0012, spread: 0.0006 };
  const expected = [
    backtestSignals(candles, plain, { account }),
    backtestSignals(candles, plain, { account: { ...account, ...dear } }),
    backtestSignals(candles, plain, { account: { ...account, ...rough } }),
    backtestSignals(candles, delayed, { account }),
    backtestSignals(candles, delayed, { account: { ...account, ...dear, ...rough } }),
  ];
  const rows = stress(result).rows, names = rows.map(({ name }) => name);
  assert.deepEqual(names, [
    "as it was",
    "fees × 2",
    "slippage × 3",
    "one candle later",
    "all of it",
  ]);
  expected.forEach((own, i) => {
    const { totalReturn, sharpe, maxDrawdown, trades } = own.summary();
    const { fees, slippage } = own.performance, name = names[i];
    assert.deepEqual(rows[i], { name, totalReturn, sharpe, maxDrawdown, trades, fees, slippage });
  });
  assert(new Set(rows.map(({ totalReturn }) => totalReturn)).size === 5);
});

Deno.test("where fills are at the price, slippage is assumed and told of", () => {
  const result = backtest(smaCross, candles, { params: PARAMS });
  const row = stress(result).rows[2];
  assert.equal(row.name, "slippage × 3 (of 0.05 %, assumed)");
  const own = backtest(smaCross, candles, { params: PARAMS, account: { slippage: 0.0015 } });
  assert.equal(row.totalReturn, own.summary().totalReturn);
});

Deno.test("a candle later is one of the strategy's, also where it goes by shorter ones", async () => {
  const minutes = (await readCandlesCsv("data/sample_candles_1m.csv.gz")).slice(0, 60 * 24 * 4);
  const options = { params: { fast: 2, slow: 5 }, timeframe: "1h" } as const;
  const own = backtest(smaCross, minutes, options),
    delayed = backtest(oneCandleLater(smaCross), minutes, options);
  const times = own.signals.rows.map(({ time, action }) => ({ time: time + 3_600_000, action }));
  const found = delayed.signals.rows.map(({ time, action }) => ({ time, action }));
  assert(found.length > 4);
  assert.deepEqual(found, times.filter(({ time }) => time <= minutes.time.at(-1)!));
});

Deno.test("stops that are series come later, too, and it stays a strategy that can be written", () => {
  const stopped = strategy("stopped", {}, {
    build: (_, { close }) => ({
      enterLong: close.above(sma(close, 10)),
      exitLong: close.below(sma(close, 20)),
      stopLoss: atr(14).times(2),
      takeProfit: 0.1,
      confidence: close.over(close.plus(1)),
    }),
  });
  const delayed = oneCandleLater(stopped), { stopLoss, takeProfit } = delayed.stops;
  assert.equal(takeProfit, 0.1);
  const before = evaluate(atr(14).times(2), candles);
  const after = evaluate(stopLoss as typeof close, candles);
  assert.deepEqual(after.slice(1), before.slice(0, -1));
  const read = readStrategy(writeStrategy(delayed), writeRisk(delayed));
  const returns = [delayed, read].map((one) => backtest(one, candles).summary().totalReturn);
  assert.equal(returns[0], returns[1]);
});

Deno.test("numbers that size positions come later, row for row; what is no series stays", () => {
  const part = atr(14).over(close), conditions = { enterLong: close.above(sma(close, 10)) };
  const parameters = { half: number(0.5, { min: 0, max: 1 }) };
  for (const name of ["size", "volatility", "exposure", "confidence"] as const) {
    const delayed = (given: (half: typeof part) => typeof part) => {
      const entries = name === "exposure" ? {} : conditions;
      const build = ({ half }: { half: typeof part }) => ({
        ...{ ...entries, [name]: given(half) },
        series: { level: close.times(half) },
      });
      return oneCandleLater(strategy("sized", parameters, { build })).signals[name];
    };
    const before = evaluate(part, candles), after = evaluate(delayed(() => part)!, candles);
    assert(before.some((value) => value > 0));
    assert.deepEqual(after.slice(1), before.slice(0, -1), name);
    assert(Number.isNaN(after[0]), name);
    assert.deepEqual(delayed((half) => half), param("half"), name);
  }
});

Deno.test("signals that were computed by hand cannot be run otherwise", () => {
  const entries = Array.from({ length: candles.length }, (_, i) => i % 20 === 3);
  const exits = entries.map((_, i) => i % 20 === 13);
  assert.throws(() => stress(backtestSignals(candles, { entries, exits })), /computed by hand/);
});
