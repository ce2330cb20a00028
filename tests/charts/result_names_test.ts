import assert from "node:assert/strict";
import { compare } from "../../engine/charts/compare.ts";
import { resultNames, sharedCaption } from "../../engine/charts/result_names.ts";
import { fittedBetween, textWidth } from "../../engine/charts/text_width.ts";
import { Candles } from "../../engine/market/candles.ts";
import { backtest, type BacktestOptions } from "../../engine/research/backtest.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { channel } from "./gallery.ts";
import { waves } from "../research/waves.ts";

const candles = waves(200);
const cross = (options: BacktestOptions = {}) => backtest(smaCross, candles, options);

Deno.test("results are called by what differs between them, and by nothing else", () => {
  const slower = cross({ params: { slow: 60 } }), free = cross({ account: { fee: 0 } });
  assert.deepEqual(resultNames([cross(), slower]), ["slow 30", "slow 60"]);
  assert.equal(sharedCaption([cross(), slower]), "2 × sma_cross (fast 10)");
  assert.deepEqual(resultNames([cross(), free]), ["fee 0.1%", "fee 0%"]);
  assert.deepEqual(resultNames([cross()]), ["sma_cross"]);
  assert.deepEqual(resultNames([cross(), backtest(channel, candles)]), [
    "sma_cross, fast 10, slow 30",
    "channel, window 20",
  ]);
  assert.deepEqual(resultNames([cross(), backtest(smaCross, candles.slice(0, 192))]), [
    "2024-01-01 00:00 to 2024-01-09 08:00 UTC",
    "2024-01-01 to 2024-01-09 UTC",
  ]);
});

Deno.test("results are called by any setting of the account, and any stop, in which they differ", () => {
  const names = (...accounts: BacktestOptions["account"][]) =>
    resultNames(accounts.map((account) => cross({ account })));
  assert.deepEqual(names({ sizing: "quote", size: 300 }, { sizing: "quote", size: 400 }), [
    "size 300",
    "size 400",
  ]);
  assert.deepEqual(names({ size: 0.3 }, { sizing: "units", size: 2 }), [
    "size 30%, sizing fraction",
    "size 2, sizing units",
  ]);
  const maintenanceMargin = 0.01;
  assert.deepEqual(names({ leverage: 1, maintenanceMargin }, { leverage: 5, maintenanceMargin }), [
    "leverage 1",
    "leverage 5",
  ]);
  assert.deepEqual(names({}, { fundingRate: 0.0001 }), ["fundingRate 0%", "fundingRate 0.01%"]);
  assert.deepEqual(names({}, { maxDrawdown: 0.2, maxTradesPerDay: 3 }), [
    "no maxDrawdown, no maxTradesPerDay",
    "maxDrawdown 20%, maxTradesPerDay 3",
  ]);
  const stopped = (stopLoss?: number) =>
    strategy("riser", {}, {
      build: (_, { close, open }) => ({
        enterLong: close.above(open),
        exitLong: close.below(open),
        ...(stopLoss !== undefined && { stopLoss }),
      }),
    });
  const results = [stopped(), stopped(0.02), stopped(0.05)].map((one) => backtest(one, candles));
  assert.deepEqual(resultNames(results), ["no stopLoss", "stopLoss 2%", "stopLoss 5%"]);
});

Deno.test("results that differ in their prices only, or in nothing, are numbered", () => {
  const dearer = new Candles("1h", { ...candles, close: candles.high }, candles.decimals);
  assert.deepEqual(resultNames([cross(), backtest(smaCross, dearer)]), [
    "sma_cross (candles 1)",
    "sma_cross (candles 2)",
  ]);
  assert.deepEqual(resultNames([cross(), cross()]), ["sma_cross (1)", "sma_cross (2)"]);
});

Deno.test("a name that is too long keeps both of its ends", () => {
  const long = "long_short_mean_reversion_with_a_long_name (period 14, low 30, width 2)";
  const short = fittedBetween(long, 12, 200);
  assert.match(short, /^long_short.*….*width 2\)$/);
  assert.ok(textWidth(short, 12) <= 200);
});

Deno.test("a comparison can leave out buying and holding, and show ratios", async () => {
  const names = (text: string) => text.split("\n").slice(3).map((line) => line.split("  ")[0]);
  const both = [cross(), cross({ params: { slow: 60 } })];
  assert.deepEqual(names(`${compare(both)}`), ["Buy and hold", "slow 30", "slow 60"]);
  const picture = compare(both, { buyAndHold: false, scale: "log" });
  assert.deepEqual(names(`${picture}`), ["slow 30", "slow 60"]);
  assert.ok(
    (await picture.svg()).includes("Equity as a multiple of the balance at the start (log)"),
  );
});
