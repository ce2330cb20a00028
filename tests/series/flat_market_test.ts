import assert from "node:assert/strict";
import { allocateColumns, Candles } from "../../engine/market/candles.ts";
import { close } from "../../engine/series/expression.ts";
import { crossesAbove, crossesBelow } from "../../engine/series/operators/events/crosses.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { Plan } from "../../engine/series/plan.ts";

const MOVING = 200, SECOND = 1_000;

/** A market that moves for a while, steps once, and then is silent. */
function falling(from: number, to: number, rows: number): Candles {
  const columns = allocateColumns(rows);
  for (let i = 0; i < rows; i++) {
    const price = i < MOVING ? from + (i % 7) / 100 : to;
    columns.time[i] = (i + 1) * SECOND;
    for (const name of ["open", "high", "low", "close"] as const) columns[name][i] = price;
  }
  return new Candles("1s", columns, 2);
}

Deno.test("averages of a silent market come to rest without crossing each other", () => {
  for (let k = 0; k < 300; k++) {
    const from = (10_000 + k * 37) / 100, to = from + (k % 2 ? 1 : -1) * (k % 50 + 1) / 100;
    const candles = falling(from, to, 3_000);
    const [fast, slow] = [ema(close, 12), ema(close, 26)];
    const crosses = { up: crossesAbove(fast, slow), down: crossesBelow(fast, slow) };
    const plan = new Plan(crosses, candles);
    plan.advance(candles, 0, candles.length);
    for (const name of ["up", "down"]) {
      assert.equal(plan.read(name).indexOf(1, MOVING + 40), -1, `${name} after ${from} to ${to}`);
    }
  }
});

Deno.test("the strength of a silent market stays as it was, until it is forgotten", () => {
  const candles = falling(100, 97, 16_000);
  const plan = new Plan({ strength: rsi(close, 14) }, {
    timeframe: "1s",
    decimals: 2,
    chunk: 16_000,
  });
  plan.advance(candles, 0, candles.length);
  const strength = plan.read("strength"), last = strength[MOVING];
  const known = strength.subarray(MOVING).filter((value) => !Number.isNaN(value));
  assert(known.length > 5_000 && known.every((value) => Math.abs(value - last) < 1e-9));
  assert(Number.isNaN(strength.at(-1)!));
});
