import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { resample } from "../../engine/market/resample.ts";
import { withInstruments } from "../../engine/market/with_instruments.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { fingerprint } from "../../engine/research/fingerprint.ts";
import "../../engine/research/evaluate.ts";
import { close } from "../../engine/series/expression.ts";
import { instrument } from "../../engine/series/operators/candles/instrument.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { neededInstruments } from "../../engine/strategy/needed_instruments.ts";
import { strategyText } from "../../engine/strategy/strategy_text.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import pairs from "../../strategies/pairs_z_score.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { madeCandles, madeOther, OTHER } from "../laws/made_candles.ts";

const MADE = { rows: 3_000, seed: 31 }, BTC = madeCandles(MADE), ETH = madeOther(MADE);
const PARAMS = { params: { window: 20, entry: 1.5 } };

Deno.test("a backtest takes the candles of the other markets, and is decided by both", () => {
  const result = backtest(pairs, BTC, { ...PARAMS, instruments: { [OTHER]: ETH } });
  assert(result.trades.length > 50, `${result.trades.length} trades`);
  const byTime = new Map(ETH.rows().map((row) => [row.time, row.close]));
  for (const { values, price, time } of result.signals) {
    assert.equal(values.ratio, Math.log(price / byTime.get(time)!));
  }
  // The z-score of the last 20 rows, in two passes: each signal is where it goes beyond its level.
  const parted = BTC.time.map((_, i) => {
    const x = Array.from({ length: 20 }, (_, n) => {
      const row = i - 19 + n;
      return row < 0 ? NaN : Math.log(BTC.close[row] / (byTime.get(BTC.time[row]) ?? NaN));
    });
    const mean = x.reduce((sum, it) => sum + it, 0) / 20;
    const variance = x.reduce((sum, it) => sum + (it - mean) ** 2, 0) / 20;
    return (x[19] - mean) / Math.sqrt(variance);
  });
  const entries = result.signals.rows.filter(({ action }) => action.startsWith("enter"));
  for (const { action, time } of entries) {
    const row = BTC.time.indexOf(time), side = action === "enterLong" ? -1 : 1;
    assert(side * parted[row] > 1.5 - 1e-6, `${action} at ${parted[row]}`);
  }
  const again = backtest(pairs, withInstruments(BTC, { [OTHER]: ETH }), PARAMS);
  assert.deepEqual(again.trades.rows, result.trades.rows);
});

Deno.test("what a strategy reads is known from its graph, and said", () => {
  assert.deepEqual(neededInstruments(pairs), [OTHER]);
  assert.deepEqual(neededInstruments(smaCross), []);
  assert.match(strategyText(pairs), /log\(close \/ instrument\("ETH\/USDT", close\)\)/);
});

const refused = (make: () => unknown, message: string | RegExp) =>
  assert.throws(make, { name: "InputError", message });

Deno.test("a market that is missing, not read, of another timeframe, or of another time is refused", () => {
  refused(
    () => backtest(pairs, BTC),
    'pairs_z_score reads the candles of ETH/USDT, too: give them, instruments: { "ETH/USDT": candles }',
  );
  refused(
    () => backtest(pairs, BTC, { instruments: { "ETH/USD": ETH } }),
    'pairs_z_score does not read the instrument "ETH/USD": did you mean "ETH/USDT"? It reads ETH/USDT',
  );
  refused(
    () => backtest(smaCross, BTC, { instruments: { [OTHER]: ETH } }),
    'sma_cross does not read the instrument "ETH/USDT". It reads no other market',
  );
  const given = (it: unknown) => backtest(pairs, BTC, { instruments: { [OTHER]: it as Candles } });
  refused(() => given(resample(ETH, "5m")), /has 5m candles, but must have 1m ones/);
  const later = Candles.fromRows(
    "1m",
    ETH.rows().map((row) => ({ ...row, time: row.time + 1e11 - 1e11 % 6e4 })),
  );
  refused(
    () => given(later),
    /^No candle of the instrument ETH\/USDT closes with one of the market: it is from /,
  );
  refused(() => given(ETH.slice(0, 0)), /: it has none, the market is from /);
  refused(() => given("eth.csv"), /is the text "eth\.csv": give await readCandlesCsv/);
  refused(
    () => backtest(pairs, BTC, { instruments: ETH as never }),
    /instruments are candles by symbol/,
  );
});

Deno.test("other markets are part of what a fingerprint tells", () => {
  const one = withInstruments(BTC, { [OTHER]: ETH });
  const two = withInstruments(BTC, { [OTHER]: BTC });
  assert.equal(new Set([BTC, one, two].map(fingerprint)).size, 3);
  assert.equal(fingerprint(one), fingerprint(withInstruments(BTC, { [OTHER]: ETH })));
});

Deno.test("an expression of another market shows its values", () => {
  const rows = BTC.slice(0, 5), ratio = close.over(instrument(OTHER, close));
  const values = ratio.on(withInstruments(rows, { [OTHER]: ETH }));
  assert.equal(values[4], BTC.close[4] / ETH.close[4]);
});

Deno.test("in a portfolio an instrument may read another one of it", () => {
  const follower = strategy("follower", {}, {
    build: () => ({
      enterLong: instrument(OTHER, close.above(sma(close, 9))),
      exitLong: instrument(OTHER, close.below(sma(close, 9))),
    }),
  });
  const together = backtestPortfolio(follower, { BTC, [OTHER]: ETH }, { account: { fee: 0 } });
  const alone = backtest(follower, BTC, { instruments: { [OTHER]: ETH }, account: { fee: 0 } });
  const times = together.trades.rows.filter(({ instrument }) => instrument === "BTC")
    .map(({ entryTime }) => entryTime);
  assert.deepEqual(times, alone.trades.rows.map(({ entryTime }) => entryTime));
  assert(times.length > 3);
});
