import assert from "node:assert/strict";
import fc from "fast-check";
import { Candles } from "../../engine/market/candles.ts";
import { openTime } from "../../engine/market/timeframe.ts";
import { excursions } from "../../engine/metrics/excursions.ts";
import { randomInput } from "../account/random_inputs.ts";
import { type AccountRun, accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";

/** Closed at a close or by the next open's decision: the whole of the candle before was held through. */
const AT_CLOSES = [
  "ruin",
  "signal",
  "reversal",
  "timeStop",
  "reduction",
  "maxDrawdown",
  "dailyLoss",
];

/** The extremes of a run's trades, by the rows on which their fills happened. */
function byRows({ trades, closedOn, fills, filledOn }: AccountRun, candles: Candles) {
  let first = 0;
  return trades.map(({ side, entryPrice, exitPrice, exitTime, reason }, n) => {
    const last = fills.findIndex(({ position }, at) => at >= first && position === 0);
    const opensAt = (row: number) => openTime(candles.time[row], candles.timeframe);
    const enteredOn = filledOn[first], exitedOn = closedOn[n];
    const from = fills[first].time === opensAt(enteredOn) ? enteredOn : enteredOn + 1;
    const prices = [entryPrice, exitPrice],
      add = (row: number) => {
        prices.push(candles.high[row], candles.low[row]);
      };
    for (let row = from; row < exitedOn; row++) add(row);
    if (exitTime !== opensAt(exitedOn) && exitedOn >= from) {
      if (AT_CLOSES.includes(reason)) add(exitedOn);
      else prices.push(candles.open[exitedOn]);
    }
    first = last + 1;
    const up = Math.max(...prices) / entryPrice - 1, down = Math.min(...prices) / entryPrice - 1;
    return side === "long" ? [down, up] : [-up, -down];
  });
}

Deno.test("the excursions of an account's trades are those of the rows that they were held on", () => {
  let trades = 0;
  assertProperty(
    fc.property(randomInput, (input) => {
      const run = accountRun(input), { candles } = input;
      const found = excursions(run.trades, candles, {
        position: run.curve.position,
        open: run.open,
      });
      byRows(run, candles).forEach(([adverse, favourable], n) => {
        const off = Math.max(
          Math.abs(found[n].adverse - adverse),
          Math.abs(found[n].favourable - favourable),
        );
        assert(off < 1e-9, `trade ${n}: ${JSON.stringify(found[n])}, ${adverse}, ${favourable}`);
        trades++;
      });
    }),
    3_000,
  );
  assert(trades > 1_000);
});
