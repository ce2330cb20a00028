import assert from "node:assert/strict";
import fc from "fast-check";
import { atr, close, macd, rsi } from "../../engine/series/mod.ts";
import { Plan } from "../../engine/series/plan.ts";
import { assertProperty } from "../support/property.ts";
import { assertChunkLaw, type MakeMachine, planMachine } from "./chunk_law.ts";
import { madeTogether } from "./made_candles.ts";
import { expressionsOf, randomStrategies } from "./random_strategy.ts";

const GRAPHS = 6;

const candles = madeTogether({ rows: 1_200, seed: 5 });
const { timeframe, decimals } = candles;

/** As a backtest: the candles are there as a whole and stay as they are, so that nothing is poisoned but what lies ahead. */
const steady = (make: MakeMachine): MakeMachine => (chunk, output) => {
  const { poison: _, ...machine } = make(chunk, output);
  return { ...machine, advance: (_, from, to) => machine.advance(candles, from, to) };
};

Deno.test("Law 1 where candles are read in place: random graphs, cut, saved and resumed", () => {
  let seed = 0;
  assertProperty(
    fc.property(randomStrategies, ({ strategy, values }) => {
      const options = { timeframe, decimals, parameters: values, inPlace: true };
      const machine = planMachine(expressionsOf(strategy), options, candles.length);
      assertChunkLaw(steady(machine), candles, seed++);
    }),
    GRAPHS,
  );
});

Deno.test("candles are read in place only while they come one after the other from one place", () => {
  const expressions = { a: atr(14), m: macd(close).signal, r: rsi(close, 9), close };
  const plan = new Plan(expressions, { timeframe, decimals, inPlace: true, chunk: 150 });
  const plain = new Plan(expressions, { timeframe, decimals, chunk: 150 });
  const copies = [candles, candles, candles.slice(0, 1_200), candles, candles];
  for (let from = 0, n = 0; from < 1_200; from += 120, n++) {
    const given = copies[n % copies.length];
    for (const one of [plan, plain]) one.advance(given, from, from + 120);
    for (const name of Object.keys(expressions)) {
      assert.deepEqual(plan.read(name), plain.read(name), `${name} from row ${from} on`);
    }
  }
});
