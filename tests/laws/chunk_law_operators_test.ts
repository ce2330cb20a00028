import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { close, type Expression, high, low, volume } from "../../engine/series/expression.ts";
import { change } from "../../engine/series/operators/rows/change.ts";
import { instrument } from "../../engine/series/operators/candles/instrument.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import type { ValueType } from "../../engine/series/expression.ts";
import { assertChunkLaw, planMachine } from "./chunk_law.ts";
import { assertKernelLaw } from "./kernel_law.ts";
import { madeTogether, OTHER } from "./made_candles.ts";
import { argumentCases, expressionsOf, kernelRows, TEXTS } from "./operator_cases.ts";

const CANDLES = madeTogether({ rows: 17_000 });
const SHORT = CANDLES.slice(0, 1_800);

/** What is unknown on most of these rows, and why. */
const SELDOM_KNOWN: Readonly<Record<string, string>> = {
  stochastic: "its lowest low is seldom below its highest high here",
  ultimate: "its ranges of one row are often nothing here",
  stochRsi: "its window is a single row here",
};

for (const operator of CATALOGUE) {
  if (operator.kind === "adapter") continue; // see chunk_law_replayed_test.ts
  if (operator.kind === "kernel") {
    Deno.test(`Law 1, kernel: ${operator.name}`, () => {
      argumentCases(operator).forEach((args, n) => {
        for (const sort of ["prices", "computed", "broken"] as const) {
          assertKernelLaw(operator, args, kernelRows(operator.inputs, SHORT, sort, n), n);
        }
      });
    });
  }
  Deno.test(`Law 1, in a plan: ${operator.name}`, () => {
    const texts = TEXTS[operator.name] ?? [undefined];
    const { timeframe, decimals } = CANDLES, rows = CANDLES.length;
    const cases = operator.name in TEXTS ? [{}] : argumentCases(operator, 2).slice(-2);
    const most = new Map<string, number>();
    for (const [n, args] of cases.entries()) {
      texts.forEach((text) => {
        const expressions = expressionsOf(operator, inputs(n), args, text);
        const output = assertChunkLaw(
          planMachine(expressions, { timeframe, decimals }, rows),
          CANDLES,
          n,
        );
        for (const [name, column] of output.columns) {
          const known = column.filter((value) => value === value).length;
          most.set(name, Math.max(known, most.get(name) ?? 0));
        }
      });
    }
    const needed = operator.name in SELDOM_KNOWN ? 100 : 0.5 * rows;
    for (const [name, known] of most) {
      assert(known > needed, `${name}: at most ${known} rows known`);
    }
  });
}

Deno.test("Law 1 covers every operator of the catalogue", () => {
  for (const entry of CATALOGUE) {
    if (entry.kind === "adapter") continue;
    const { name, args, kind } = entry;
    const hasText = Object.values(args).some((rule) => typeof rule === "string");
    assert.equal(hasText, name in TEXTS, `${name}: give TEXTS what its texts may be`);
    assert(hasText || kind === "kernel" || kind === "composite", `${name}: how is it called?`);
  }
});

/** Inputs: candle columns, computed columns, and columns of another timeframe, in turn. */
function inputs(n: number): (type: ValueType) => Expression {
  const numbers = n % 2 === 0 ? [close, on("5m", high), low.over(high), volume] : [
    instrument(OTHER, sma(close, 3)).over(on("15m", sma(close, 3))),
    change(close, 2),
    volume.over(low.plus(volume)),
    high,
  ];
  let next = 0;
  return (type) => {
    const [a, b] = [numbers[next++ % 4], numbers[next++ % 4]];
    return type === "boolean" ? a.above(b) : a;
  };
}
