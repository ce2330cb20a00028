import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { CANDLE, type Expression, type ValueType } from "../../engine/series/expression.ts";
import { Plan } from "../../engine/series/plan.ts";
import { madeTogether } from "./made_candles.ts";
import { argumentCases, expressionsOf, TEXTS } from "./operator_cases.ts";

const CANDLES = madeTogether({ rows: 5_200, seed: 21 });

/** Where runs begin besides at the first row: on no round number, and on one. */
const ANCHORS = [611, 1_024];

/** Sums over derived columns are added anew every 1,024 rows, at rows fixed by time. */
const REFRESH = 1_024;

/** What depends on all rows since a run began, and says so: totals, states that flip, chains. */
const ENDLESS: ReadonlySet<string> = new Set([
  "chaikinOscillator",
  "firstIn",
  "kama",
  "parabolicSar",
  "supertrend",
  "vidya",
]);

for (const operator of CATALOGUE) {
  if (operator.kind !== "kernel" && operator.kind !== "composite") continue;
  if (operator.name in TEXTS || Object.keys(operator.args).length === 0) continue;
  Deno.test(`the rows of ${operator.name} do not depend on where a run began`, () => {
    let compared = 0;
    for (const args of argumentCases(operator, 3).filter(isShort)) {
      const expressions = expressionsOf(operator, prices(), args);
      const whole = read(expressions, CANDLES);
      for (const anchor of ANCHORS) {
        const later = read(expressions, CANDLES.slice(anchor, CANDLES.length));
        for (const [name, { column, warmUp }] of later) {
          const from = anchor + warmUp + REFRESH, expected = whole.get(name)!.column;
          assert.equal(warmUp === Infinity, ENDLESS.has(operator.name), `${name}: ${warmUp} rows`);
          for (let row = from; row < CANDLES.length; row++, compared++) {
            const found = column[row - anchor];
            if (Object.is(found, expected[row])) continue;
            const where = `${name} ${JSON.stringify(args)} from ${anchor}, row ${row}`;
            assert.fail(`${where}: ${found}, not ${expected[row]}`);
          }
        }
      }
    }
    assert(compared > 1_000 || ENDLESS.has(operator.name), `only ${compared} rows`);
  });
}

const isShort = (args: Readonly<Record<string, number>>) =>
  Object.values(args).every((value) => value < 1_500);

/** Candle prices in turn, of which one is compared where conditions are wanted. */
function prices(): (type: ValueType) => Expression {
  const { close, high, low, open } = CANDLE, columns = [close, high, low, open];
  let next = 0;
  return (type) => {
    const column = columns[next++ % 4];
    return type === "boolean" ? column.above(open) : column;
  };
}

function read(expressions: Readonly<Record<string, Expression>>, candles: Candles) {
  const { timeframe, decimals, length } = candles;
  const plan = new Plan(expressions, { timeframe, decimals, chunk: length });
  plan.advance(candles, 0, length);
  return new Map(
    Object.keys(expressions).map((name) =>
      [name, { column: plan.read(name), warmUp: plan.warmUp.get(name)! }] as const
    ),
  );
}
