/** Every operator over what markets and other operators may hold: no error, and no infinity out of finite numbers. */
import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import type { Kernel, Operator } from "../../engine/series/operator.ts";
import {
  close,
  type Expression,
  high,
  low,
  open,
  type ValueType,
  volume,
} from "../../engine/series/expression.ts";
import { Plan } from "../../engine/series/plan.ts";
import { columnsOf } from "../series/evaluate.ts";
import { argumentCases, expressionsOf } from "./operator_cases.ts";

const ROWS = 300;

const random = seededRandom(77);
const walk = (() => {
  let x = 100;
  return Array.from({ length: ROWS }, () => x = Math.max(1, x + random() - 0.5));
})();

/** Columns by what they are. */
const MARKETS: Readonly<Record<string, (row: number) => number>> = {
  "one price": () => 7.25,
  "nothing": () => 0,
  "the smallest numbers": (i) => walk[i] * 1e-12,
  "great numbers": (i) => walk[i] * 1e12,
  "holes": (i) => i % 17 < 3 ? NaN : walk[i],
  "nothing known": () => NaN,
  "signs that change": (i) => (walk[i] - 100) * (i % 2 ? -1 : 1),
};

/** Where the field's convention is an infinity. */
const INFINITE: Readonly<Record<string, string>> = {
  exp: "e to the power of a great number, as in IEEE 754 and numpy",
  product: "a product of great numbers, as in IEEE 754 and numpy",
};

function candlesOf(value: (row: number) => number) {
  const column = Array.from({ length: ROWS }, (_, i) => value(i));
  const moved = (by: number) => column.map((x) => x + Math.abs(x) * by);
  return columnsOf({
    close: column,
    open: [column[0], ...column.slice(0, -1)],
    high: moved(0.001),
    low: moved(-0.001),
    volume: column.map(Math.abs),
  });
}

const isTried = (entry: { kind: string; args?: object }): entry is Operator =>
  ["kernel", "composite"].includes(entry.kind);

for (const operator of CATALOGUE.filter(isTried) as Operator[]) {
  Deno.test(`${operator.name} stands whatever is put in`, () => {
    const cases = argumentCases(operator as Kernel, 9);
    const most = Object.fromEntries(
      Object.entries(operator.args).map((
        [name, rule],
      ) => [name, typeof rule === "object" ? Math.min(rule.max, 5_000) : 1]),
    );
    for (const [name, value] of Object.entries(MARKETS)) {
      const candles = candlesOf(value);
      for (const args of [...cases, most]) {
        let next = 0;
        const columns = [close, high, low, volume, open];
        const pick = (type: ValueType): Expression =>
          type === "boolean" ? close.atLeast(open) : columns[next++ % columns.length];
        const expressions = expressionsOf(operator, pick, args);
        const plan = new Plan(expressions, { timeframe: "1m", decimals: undefined, chunk: ROWS });
        plan.advance(candles, 0, ROWS);
        for (const output of Object.keys(expressions)) {
          const at = plan.read(output).findIndex((x) => Math.abs(x) === Infinity);
          if (operator.name in INFINITE) continue;
          assert(at < 0, `${output} ${JSON.stringify(args)} of ${name} is infinite on row ${at}`);
        }
      }
    }
  });
}
