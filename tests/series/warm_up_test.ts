import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import {
  close,
  type Expression,
  high,
  low,
  type ValueType,
} from "../../engine/series/expression.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { highest } from "../../engine/series/operators/statistics/extremes.ts";
import { lag } from "../../engine/series/operators/rows/lag.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { obv } from "../../engine/series/operators/volumes/obv.ts";
import { Plan } from "../../engine/series/plan.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { argumentCases, expressionsOf } from "../laws/operator_cases.ts";

const CANDLES = madeCandles({ rows: 9_000, seed: 12 });

function plan(expressions: Record<string, Expression>): Plan {
  const { timeframe, decimals, length } = CANDLES;
  return new Plan(expressions, { timeframe, decimals, chunk: length });
}

Deno.test("The warm-up is the longest way through the graph", () => {
  const rows = (expression: Expression) => plan({ x: expression }).warmUp.get("x");
  assert.equal(rows(close), 0);
  assert.equal(rows(sma(close, 20)), 20);
  assert.equal(rows(lag(sma(close, 20), 5).minus(highest(high, 22))), 25);
  assert.equal(rows(on("15m", sma(close, 20))), 21 * 15);
  assert.equal(rows(obv()), Infinity);
  // 2 / 51 a row: a billionth is left after 519 rows.
  assert.equal(rows(ema(close, 50)), 50 + 519);
  assert((49 / 51) ** 519 < 1e-9 && (49 / 51) ** 518 > 1e-9);
});

/** What depends on more than its last rows where these do not say what it needs. */
const OTHERWISE: Readonly<Record<string, string>> = {
  crossesAbove: "a tie asks for the row before",
  crossesBelow: "a tie asks for the row before",
  firstIn: "what was let through before silences what comes after",
  oncePerSession: "a run that begins in a session has not seen all of it",
  sessionTotal: "a run that begins in a session has not seen all of it",
  vwap: "a run that begins in a session has not seen all of it",
};

for (const operator of CATALOGUE) {
  if (operator.kind !== "kernel" && operator.kind !== "composite") continue;
  if (operator.name in OTHERWISE) continue;
  Deno.test(`${operator.name}: a run that begins so much earlier shows the same`, () => {
    const inputs = [close, low, high, sma(close, 3)];
    let next = 0;
    const pick = (type: ValueType) => type === "boolean" ? close.above(low) : inputs[next++ % 4];
    for (const args of argumentCases(operator, 4).slice(0, 4)) {
      next = 0;
      const expressions = expressionsOf(operator, pick, args);
      const whole = plan(expressions), late = plan(expressions), begin = 4_000;
      whole.advance(CANDLES, 0, CANDLES.length);
      late.advance(CANDLES.slice(begin, CANDLES.length), 0, CANDLES.length - begin);
      for (const [name, rows] of whole.warmUp) {
        if (!(begin + rows + 100 < CANDLES.length)) continue;
        compare(
          whole.read(name).subarray(begin),
          late.read(name),
          rows,
          `${name} ${JSON.stringify(args)}`,
        );
      }
    }
  });
}

/** Holds two columns of prices and what is made of them together, from a row on. */
function compare(whole: Float64Array, late: Float64Array, from: number, name: string): void {
  for (let i = from; i < whole.length; i++) {
    if (Number.isNaN(whole[i]) && Number.isNaN(late[i])) continue;
    const size = Math.max(1, Math.abs(whole[i]));
    const off = whole[i] === late[i] ? 0 : Math.abs(whole[i] - late[i]);
    assert(off <= 1e-6 * size, `${name}, row ${i}: ${late[i]} is not ${whole[i]}`);
  }
}
