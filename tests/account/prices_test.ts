/** Where fills lie: each at a price that its candle had at that moment, moved against us. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { openTime } from "../../engine/market/timeframe.ts";
import { accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { plainInput } from "./random_inputs.ts";

Deno.test("signals are filled at the next open or at their close, moved by the slippage", () => {
  assertProperty(
    fc.property(plainInput, (input) => {
      const { candles, settings: { fill, slippage } } = input;
      const { trades, signals, open } = accountRun(input);
      const rowsOfSignals = new Set(signals.map(({ row }) => row));
      const check = (time: number, price: number, side: 1 | -1) => {
        const row = fill === "close"
          ? candles.time.indexOf(time)
          : candles.time.findIndex((close) => openTime(close, "1h") === time);
        const decided = fill === "close" ? row : row - 1;
        assert(rowsOfSignals.has(decided), `a decision at row ${decided}`);
        const quoted = fill === "close" ? candles.close[row] : candles.open[row];
        assert.equal(price, quoted * (1 + side * slippage));
      };
      for (const { side, entryTime, entryPrice, exitTime, exitPrice, reason } of trades) {
        const buys = side === "long" ? 1 : -1;
        check(entryTime, entryPrice, buys);
        if (reason === "signal" || reason === "reversal") {
          check(exitTime, exitPrice, buys === 1 ? -1 : 1);
        }
      }
      if (open) check(open.entryTime, open.entryPrice, open.side === "long" ? 1 : -1);
    }),
    1_000,
  );
});

Deno.test("a reversal closes and opens at the same price and time", () => {
  let reversals = 0;
  assertProperty(
    fc.property(plainInput, (input) => {
      const { trades, open, counts } = accountRun(input);
      if (counts.refused > 0) return;
      const entries = [...trades, ...(open ? [open] : [])];
      trades.forEach(({ side, reason, exitTime, exitPrice }, n) => {
        if (reason !== "reversal") return;
        const next = entries[n + 1];
        assert.notEqual(next.side, side);
        assert.equal(next.entryTime, exitTime);
        // Both are purchases, or both sales, so slippage moves them alike.
        assert.equal(next.entryPrice, exitPrice);
        reversals++;
      });
    }),
    1_000,
  );
  assert(reversals > 100);
});

Deno.test("stops are filled at their level, or at the open beyond it", () => {
  let inside = 0, gaps = 0;
  assertProperty(
    fc.property(plainInput, (input) => {
      const { candles, stops, settings: { slippage } } = input;
      for (const { side, entryPrice, exitTime, exitPrice, reason } of accountRun(input).trades) {
        if (reason !== "stopLoss" && reason !== "takeProfit") continue;
        const given = stops[reason], up = side === "long" ? 1 : -1;
        if (typeof given !== "number") continue;
        const [off, moved] = reason === "stopLoss" ? [-given, 1 - up * slippage] : [given, 1];
        const level = entryPrice * (1 + up * off), row = candles.time.indexOf(exitTime);
        // What binary fractions make of a level does not decide.
        const hair = 1e-12 * level, isAtLevel = Math.abs(exitPrice - level * moved) <= hair;
        if (row >= 0 && isAtLevel) {
          assert(candles.low[row] <= level + hair, "inside its candle");
          assert(level - hair <= candles.high[row], "inside its candle");
          inside++;
        } else {
          const gap = candles.time.findIndex((close) => openTime(close, "1h") === exitTime);
          assert.equal(exitPrice, candles.open[gap] * moved);
          const beyond = up * (candles.open[gap] - level);
          assert(reason === "stopLoss" ? beyond <= hair : beyond >= -hair, "beyond its level");
          gaps++;
        }
      }
    }),
    1_000,
  );
  assert(inside > 100 && gaps > 100);
});
