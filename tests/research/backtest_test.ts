import assert from "node:assert/strict";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { InputError } from "../../engine/market/errors.ts";
import { backtest } from "../../engine/research/backtest.ts";
import emaCross from "../../strategies/ema_cross.ts";
import rsiReversion from "../../strategies/rsi_reversion.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";

const candles = waves(500), params = { fast: 3, slow: 12 };

Deno.test("a result holds a row a candle, the signals with their values, and the trades", () => {
  const { equity, signals, trades, open, parameters, strategy, ...result } = backtest(
    smaCross,
    candles,
    { params },
  );
  assert.equal(strategy, smaCross);
  assert.deepEqual(parameters, params);
  assert.equal(result.candles.length, 500);
  assert.equal(equity.length, 500);
  assert.deepEqual(equity.column("time"), candles.time);
  assert(trades.length > 10 && trades.length === [...trades].length);
  assert.equal(signals.length, 2 * trades.length + (open ? 1 : 0));
  for (const { action, values, price, time } of signals) {
    assert.deepEqual(Object.keys(values), ["quick", "steady"]);
    assert(action === "enterLong" ? values.quick > values.steady : values.quick < values.steady);
    assert.equal(price, candles.close[candles.time.indexOf(time)]);
  }
});

Deno.test("candles that someone put together are checked: twice, out of order, no price", () => {
  const rows = candles.rows();
  const refused = (spoil: (rows: Candle[]) => void, reason: RegExp) => {
    const spoilt = rows.map((row) => ({ ...row }));
    spoil(spoilt);
    const made = Candles.fromRows(candles.timeframe, spoilt);
    assert.throws(() => backtest(smaCross, made), { name: "CandleError", message: reason });
  };
  refused((all) => all[7] = all[6], /row 8: time .* is there twice/);
  refused((all) => all[7].time = all[5].time, /row 8: .* before the row above/);
  refused((all) => all[7].close = NaN, /row 8: close is NaN/);
});

Deno.test("by default it is 10,000, a fee of 0.1 %, all in at the next open", () => {
  const { account, equity, trades } = backtest(smaCross, candles, { params });
  assert.deepEqual(account, {
    balance: 10_000,
    fee: 0.001,
    slippage: 0,
    fill: "next-open",
    size: 1,
    shorts: false,
    lot: 0,
  });
  assert.equal(equity.column("equity")[0], 10_000);
  const { amount, entryPrice } = trades.rows[0];
  assert(Math.abs(amount * entryPrice * 1.001 - 10_000) < 1e-9);
});

Deno.test("an account may sell short where its strategy does, and only then", () => {
  assert.equal(backtest(emaCross, candles).account.shorts, true);
  assert.equal(backtest(smaCross, candles).account.shorts, false);
  const spot = () => backtest(emaCross, candles, { account: { shorts: false } });
  assert.throws(spot, /ema_cross sells short, but the account may not/);
});

Deno.test("stops of the strategy are the account's", () => {
  const { trades } = backtest(rsiReversion, candles, {
    params: { window: 5, oversold: 40, recovered: 99, stop: 0.02, target: 0.03 },
  });
  const reasons = new Set(trades.rows.map(({ reason }) => reason));
  assert.deepEqual([...reasons].toSorted(), ["stopLoss", "takeProfit"]);
  for (const { reason, exitPrice, entryPrice } of trades) {
    const off = exitPrice / entryPrice - 1;
    assert(reason === "stopLoss" ? off <= -0.02 + 1e-12 : off >= 0.03 - 1e-12);
  }
});

Deno.test("before the start only the indicators see the candles", () => {
  const start = candles.time[99], whole = backtest(smaCross, candles, { params });
  const late = backtest(smaCross, candles, { params, start });
  assert.equal(late.candles.length, 400);
  assert.deepEqual(late.equity.column("time"), candles.time.subarray(100));
  assert.equal(late.equity.column("equity")[0], 10_000);
  // Averages are warm, so the first crossing is the one that the whole run has behind the start.
  const first = whole.signals.rows.find(({ time, action }) =>
    time > start && action === "enterLong"
  );
  assert.deepEqual(late.signals.rows[0], first);
});

Deno.test("what cannot be is refused", () => {
  const empty = Candles.fromRows("1h", []);
  const refused = (test: () => void, message: RegExp) =>
    assert.throws(test, (error) => error instanceof InputError && message.test(error.message));
  refused(() => backtest(smaCross, empty), /no candles at all/);
  refused(
    () => backtest(smaCross, candles, { start: candles.time[499] + 1 }),
    /at or after the st/,
  );
  refused(
    () => backtest(smaCross, candles, { params: { fast: 30, slow: 10 } }),
    /fast 30, slow 10/,
  );
  refused(() => backtest(smaCross, candles, { params: { fats: 3 } }), /did you mean "fast"/);
  refused(() => backtest(smaCross, candles, { account: { fee: -0.1 } }), /account\.fee is -0\.1/);
  const misspelt: object = { fees: 0.1 };
  refused(() => backtest(smaCross, candles, { account: misspelt }), /did you mean "fee"/);
});

Deno.test("decimals given are used: a price between their ticks is refused", () => {
  assert.equal(backtest(smaCross, candles, { params, decimals: 4 }).trades.length > 0, true);
  assert.throws(() => backtest(smaCross, candles, { decimals: 0 }), /no whole number of ticks/);
});
