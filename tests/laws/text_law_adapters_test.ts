/** Law 2 over what other libraries have: their operators go by one name and a text argument. */
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { close, Condition, high, low, Numeric, volume } from "../../engine/series/expression.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { madeCandles } from "./made_candles.ts";
import { assertTextLaw } from "./text_law.ts";

const CANDLES = madeCandles({ rows: 1_500, seed: 9 });

for (const { name: op, members } of CATALOGUE.filter((entry) => entry.kind === "adapter")) {
  for (const [indicator, { inputs: types, output, args: rules }] of members) {
    Deno.test(`Law 2: ${op} ${indicator}`, () => {
      const outputs = typeof output === "string" ? [undefined] : Object.keys(output);
      const numbers = Object.keys(rules).filter((name) => name !== "indicator");
      const inputs = types.map((_, i) => [high, low, close, volume][i]);
      // A parameter of 1 keeps every rule, that of a yes or no too.
      const made = strategy("made", { size: whole(1) }, {
        build({ size }) {
          const args = { ...Object.fromEntries(numbers.map((name) => [name, size])), indicator };
          const series = outputs.map((output) => ({ op, inputs, args, output })).map((parts, n) =>
            [`line${n}`, output === "boolean" ? new Condition(parts) : new Numeric(parts)] as const
          );
          return {
            enterLong: close.above(sma(close, size.plus(2))),
            series: Object.fromEntries(series),
          };
        },
      });
      assertTextLaw(made, { size: 1 }, CANDLES);
    });
  }
}
