import assert from "node:assert/strict";
import fc from "fast-check";
import { checkSize, LIMITS } from "../../engine/series/check_size.ts";
import { Compiler } from "../../engine/series/compile.ts";
import { close, type Expression, high, low } from "../../engine/series/expression.ts";
import { atr, indicator, lag, on, sma } from "../../engine/series/mod.ts";
import { Plan } from "../../engine/series/plan.ts";
import type { Program } from "../../engine/series/program.ts";
import { programSize } from "../../engine/series/program_size.ts";
import { expressionsOf, randomStrategies } from "../laws/random_strategy.ts";
import { assertProperty } from "../support/property.ts";

function programOf(expressions: readonly Expression[], values = {}): Program {
  const compiler = new Compiler("1m", values);
  for (const expression of expressions) compiler.slot(expression);
  return compiler.program;
}

Deno.test("what a program is said to remember is what its plan saves", () => {
  let most = 0;
  assertProperty(
    fc.property(randomStrategies, ({ strategy, values }) => {
      const expressions = expressionsOf(strategy);
      const plan = new Plan(expressions, { timeframe: "1m", decimals: 2, parameters: values });
      const { kept } = programSize(programOf(Object.values(expressions), values));
      assert.equal(kept, plan.size);
      most = Math.max(most, kept);
    }),
    100,
  );
  assert.ok(most > 200, `${most} numbers`);
});

Deno.test("steps, the rows that they look back at, and what is held, counted by hand", () => {
  const size = (...expressions: Expression[]) => programSize(programOf(expressions));
  // The candle, and the average; each column as long as the longest look-back.
  assert.deepEqual([size(lag(close, 7)).steps, size(lag(close, 7)).rows], [2, 7]);
  assert.equal(size(lag(close, 7)).held, 2 * 7);
  const two = size(lag(close, 7), lag(high, 100));
  assert.deepEqual([two.steps, two.rows, two.held], [4, 107, 4 * 100]);
  // The same expression is computed once.
  assert.deepEqual(size(lag(close, 7), lag(close, 7)), size(lag(close, 7)));
  // What lies on a longer timeframe has columns of its own, and one that shows it.
  const longer = size(on("1h", lag(close, 7)));
  assert.deepEqual([longer.steps, longer.rows, longer.held], [3, 7, 2 * 7 + 1]);
  assert.ok(size(atr(14)).steps > 3, "written out");
  const hidden = size(indicator("RSI", { values: close, period: 500 }));
  assert.deepEqual([hidden.rows, hidden.held >= 500], [500, true]);
});

Deno.test("a program is as large as may be, and no larger", () => {
  const { rows, kept, held, steps } = LIMITS;
  const windows = (count: number, window: number) =>
    Array.from({ length: count }, (_, i) => lag([close, high, low][i % 3], window - i));
  checkSize(programOf(windows(4, 65_536)));
  const refused = (expressions: Expression[], message: RegExp) =>
    assert.throws(() => checkSize(programOf(expressions)), { name: "InputError", message });
  refused(
    windows(5, 65_536),
    new RegExp(`^with this the graph looks back at 327670 rows, .* not have more than ${rows}$`),
  );
  // Averages remember what they were given, prices and ticks of each.
  const chain = Array.from({ length: 3 }, (_, i) => sma(lag(close, i + 1), 65_000 - i));
  checkSize(programOf(chain));
  const apart = Array.from({ length: 80 }, (_, i) => lag(close, i + 1));
  refused(
    [...apart, lag(close, 60_000)],
    new RegExp(`^with this the graph holds ${82 * 60_000} numbers: .* more than ${held}$`),
  );
  const many = Array.from({ length: steps }, (_, i) => lag(close, 1).plus(i));
  refused(many, new RegExp(`takes \\d+ steps for a row, but must not have more than ${steps}$`));
  assert.ok(kept <= rows);
});
