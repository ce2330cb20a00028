import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { defaultValues } from "../../engine/strategy/parameters.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import donchianTurtle from "../../strategies/donchian_turtle.ts";
import keltnerSqueeze from "../../strategies/keltner_squeeze.ts";
import openingRange from "../../strategies/opening_range.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { evaluateAll } from "../series/evaluate.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR;
const candles = madeCandles({ rows: 6_000, seed: 12 });
const { time, high, low, close } = candles;

/** Rows on which a strategy's signal is true, with its defaults. */
function rowsOf(strategy: Strategy, signal: "enterLong" | "exitLong" | "enterShort"): number[] {
  const all = evaluateAll(
    { [signal]: strategy.signals[signal] as Expression },
    candles,
    defaultValues(strategy.parameters),
  );
  return rowsWhere((i) => all[signal][i] === 1);
}

function rowsWhere(holds: (row: number) => boolean): number[] {
  return Array.from(close.keys()).filter(holds);
}

const before = (column: Candles["high"], i: number, rows: number) =>
  Array.from(column.subarray(i - rows, i));

Deno.test("The turtle follows closes beyond 20 candles before, and leaves beyond 10", () => {
  const long = rowsWhere((i) => i >= 20 && close[i] > Math.max(...before(high, i, 20)));
  assert.deepEqual(rowsOf(donchianTurtle, "enterLong"), long);
  const short = rowsWhere((i) => i >= 20 && close[i] < Math.min(...before(low, i, 20)));
  assert.deepEqual(rowsOf(donchianTurtle, "enterShort"), short);
  const exit = rowsWhere((i) => i >= 10 && close[i] < Math.min(...before(low, i, 10)));
  assert.deepEqual(rowsOf(donchianTurtle, "exitLong"), exit);
  assert.ok(long.length > 50 && short.length > 50);
});

Deno.test("The opening range is the first hour's; its first break of a day until 20:00 is followed", () => {
  const long: number[] = [], short: number[] = [];
  const days = Map.groupBy(close.keys(), (i) => Math.floor((time[i] - 1) / DAY));
  for (const [day, rows] of days) {
    const into = (i: number) => (time[i] - day * DAY) / HOUR;
    const opening = rows.filter((i) => into(i) <= 1);
    // The candles begin in the evening: the first day has no range.
    if (opening.length === 0) continue;
    const top = Math.max(...opening.map((i) => high[i]));
    const bottom = Math.min(...opening.map((i) => low[i]));
    const first = (beyond: (row: number) => boolean) =>
      rows.filter((i) => into(i) > 1 && beyond(i)).slice(0, 1).filter((i) => into(i) <= 20);
    long.push(...first((i) => close[i] > top));
    short.push(...first((i) => close[i] < bottom));
  }
  assert.deepEqual(rowsOf(openingRange, "enterLong"), long);
  assert.deepEqual(rowsOf(openingRange, "enterShort"), short);
  assert.ok(long.length + short.length > 4, `${long.length} and ${short.length}`);
});

Deno.test("The squeeze is entered on the row after it ends, on the side to which the price leans", () => {
  const { squeezed, lean } = evaluateAll(
    keltnerSqueeze.series as Record<string, Expression>,
    candles,
    defaultValues(keltnerSqueeze.parameters),
  );
  const ends = (i: number) => squeezed[i - 1] === 1 && squeezed[i] === 0;
  const long = rowsWhere((i) => ends(i) && lean[i] > 0);
  assert.deepEqual(rowsOf(keltnerSqueeze, "enterLong"), long);
  assert.deepEqual(rowsOf(keltnerSqueeze, "enterShort"), rowsWhere((i) => ends(i) && lean[i] < 0));
  const span = (i: number) =>
    Math.max(...before(high, i + 1, 20)) + Math.min(...before(low, i + 1, 20));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const row of long) {
    const y = Array.from({ length: 20 }, (_, k) => {
      const j = row - 19 + k;
      return close[j] - (span(j) / 2 + mean(before(close, j + 1, 20))) / 2;
    });
    const slope = y.reduce((sum, value, k) => sum + value * (k - 9.5), 0) / 665;
    assert.ok(Math.abs(lean[row] - (mean(y) + slope * 9.5)) < 1e-9, `row ${row}`);
  }
  assert.ok(long.length > 5);
});
