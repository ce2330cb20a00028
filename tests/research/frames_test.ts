/** Data frames in and out of backtests: danfo's, as a notebook has them. */
import assert from "node:assert/strict";
import { candlesToFrame, columnsToFrame } from "../../engine/market/frame.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import "../../engine/charts/display/register.ts";
import { Table } from "../../engine/research/table.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";

const candles = waves(200), params = { fast: 3, slow: 9 };

Deno.test("a frame of candles gives the result that the candles give", async () => {
  const expected = backtest(smaCross, candles, { params });
  const result = backtest(smaCross, await candlesToFrame(candles), { params });
  assert(expected.trades.length > 3);
  assert.deepEqual(result.trades.rows, expected.trades.rows);
  assert.deepEqual(result.equity, expected.equity);
});

Deno.test("columns of a frame are signals: truths or numbers", async () => {
  const [prices, buy, sell] = [candles.close, 10, 40];
  const truths = Array.from(prices, (_, i) => i === buy),
    numbers = truths.map((_, i) => i === sell ? 1 : 0);
  const expected = backtestSignals(candles, { entries: truths, exits: numbers });
  const frame = await columnsToFrame({ entries: truths, exits: numbers });
  const result = backtestSignals(await candlesToFrame(candles), {
    entries: frame.column("entries"),
    exits: frame.column("exits"),
  });
  assert.equal(result.trades.length, 1);
  assert.equal(result.trades.rows[0].entryTime, candles.time[buy]);
  assert.deepEqual(result.trades.rows, expected.trades.rows);
});

Deno.test("equity, trades and signals come as frames, with their numbers to the last bit", async () => {
  const { equity, trades, signals } = backtest(smaCross, candles, { params });
  const equityFrame = await equity.frame();
  assert.deepEqual(equityFrame.columns, ["time", "equity", "cash", "position", "drawdown"]);
  assert.deepEqual(equityFrame.column("equity").values, [...equity.column("equity")]);
  const tradeFrame = await trades.frame();
  assert.deepEqual(tradeFrame.shape, [trades.length, 12]);
  assert.deepEqual(tradeFrame.column("pnl").values, trades.rows.map(({ pnl }) => pnl));
  assert.deepEqual(tradeFrame.column("reason").values, trades.rows.map(({ reason }) => reason));
  const signalFrame = await signals.frame(), names = ["time", "action", "confidence", "price"];
  assert.deepEqual(signalFrame.columns.toSorted(), [...names, "quick", "steady"].toSorted());
  const quick = signals.rows.map(({ values }) => values.quick);
  assert.deepEqual(signalFrame.column("quick").values, quick);
});

Deno.test("what is missing in a row is unknown, wherever it is missing", async () => {
  const rows = [{ a: null, b: null, at: { c: 1 } }, { a: 2, b: "x" }, {
    a: 3,
    b: "y",
    at: { c: 5 },
  }];
  const frame = await new Table<object>(rows).frame();
  assert.deepEqual(frame.columns, ["a", "b", "c"]);
  assert.deepEqual(frame.column("a").values, [NaN, 2, 3]);
  assert.deepEqual(frame.column("c").values, [1, NaN, 5]);
  assert.deepEqual(frame.column("b").values, [NaN, "x", "y"]);
  assert.deepEqual(frame.dtypes, ["float32", "string", "float32"]);
});

Deno.test("a series called as a field of the signal is a column of its own", async () => {
  const names = ["time", "price", "action", "confidence"] as const;
  const named = strategy("named", {}, {
    build: (_, { close, open }) => {
      const up = close.above(open), line = sma(close, 5);
      return {
        enterLong: up,
        exitLong: up.not(),
        series: { time: line, price: line.plus(1), action: line.plus(2), confidence: line.plus(3) },
      };
    },
  });
  const { signals } = backtest(named, candles), frame = await signals.frame();
  assert.ok(signals.length > 9);
  for (const name of names) {
    assert.deepEqual(frame.column(name).values, signals.rows.map((row) => row[name]));
    const values = signals.rows.map((row) => row.values[name]);
    assert.deepEqual(frame.column(`values.${name}`).values, values);
  }
  const head = `${signals}`.split("\n")[0];
  for (const name of names) assert.match(head, new RegExp(` values\\.${name}\\b`));
});

Deno.test("a run without trades gives frames without rows", async () => {
  const never = Array(candles.length).fill(false);
  const { trades, signals } = backtestSignals(candles, { entries: never, exits: never });
  assert.equal((await trades.frame()).shape[0], 0);
  assert.equal((await signals.frame()).shape[0], 0);
});
