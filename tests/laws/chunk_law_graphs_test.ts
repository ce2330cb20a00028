import assert from "node:assert/strict";
import fc from "fast-check";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { Expression } from "../../engine/series/expression.ts";
import { assertProperty } from "../support/property.ts";
import { assertChunkLaw, planMachine } from "./chunk_law.ts";
import { madeTogether } from "./made_candles.ts";
import { depthOf, expressionsOf, randomStrategies } from "./random_strategy.ts";

const GRAPHS = 200;

Deno.test("Law 1 over random graphs", () => {
  const long = madeTogether({ rows: 16_500, seed: 3 }), short = long.slice(0, 4_500);
  const { timeframe, decimals } = long;
  const tally = { graphs: 0, deep: 0, outputs: 0, known: 0 }, used = new Set<string>();
  const property = fc.property(randomStrategies, ({ strategy, values }) => {
    const expressions = expressionsOf(strategy);
    const options = { timeframe, decimals, parameters: values };
    const candles = tally.graphs % 10 === 0 ? long : short;
    const output = assertChunkLaw(
      planMachine(expressions, options, candles.length),
      candles,
      tally.graphs++,
    );
    for (const expression of Object.values(expressions)) noteOperators(expression, used);
    if (Math.max(...Object.values(expressions).map(depthOf)) >= 4) tally.deep++;
    for (const column of output.columns.values()) {
      const known = column.filter((value) => value === value).length;
      tally.outputs++;
      if (known > 0.8 * column.length) tally.known++;
    }
  });
  assertProperty(property, GRAPHS);
  assert.equal(tally.graphs, GRAPHS);
  assert(tally.deep > 0.9 * GRAPHS, `only ${tally.deep} graphs are 4 operators deep`);
  const share = tally.known / tally.outputs;
  assert(share > 0.8, `only ${share} of the outputs are known in 80 % of the rows`);
  assert.deepEqual(CATALOGUE.map(({ name }) => name).filter((name) => !used.has(name)), []);
});

function noteOperators(expression: Expression, used: Set<string>): void {
  used.add(expression.op);
  for (const input of expression.inputs) {
    if (input instanceof Expression) noteOperators(input, used);
  }
}
