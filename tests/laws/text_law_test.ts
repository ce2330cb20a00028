import assert from "node:assert/strict";
import fc from "fast-check";
import { close, Condition, Numeric, volume } from "../../engine/series/expression.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { where } from "../../engine/series/operators/conditions/where.ts";
import { number, whole } from "../../engine/strategy/parameters.ts";
import { type Strategy, strategy, valuesFor } from "../../engine/strategy/strategy.ts";
import { strategyHash, writeStrategy } from "../../engine/strategy/strategy_json.ts";
import { assertProperty } from "../support/property.ts";
import { allStrategies } from "./all_strategies.ts";
import { madeTogether } from "./made_candles.ts";
import { randomStrategies } from "./random_strategy.ts";
import { assertTextLaw } from "./text_law.ts";

const CANDLES = madeTogether({ rows: 1_500, seed: 7 });

for (const strategy of await allStrategies()) {
  Deno.test(`Law 2: ${strategy.name}`, () => {
    assertTextLaw(strategy, valuesFor(strategy, {}), CANDLES);
  });
}

Deno.test("Law 2 over random graphs", () => {
  let graphs = 0;
  const property = fc.property(randomStrategies, ({ strategy, values }) => {
    graphs++;
    assertTextLaw(strategy, values, CANDLES);
  });
  assertProperty(property, 200);
  assert.equal(graphs, 200);
});

const crossing = (fast: Numeric, slow: Numeric): Strategy =>
  strategy("crossing", { window: whole(5) }, {
    build: ({ window }) => ({ enterLong: fast.above(slow), series: { fast, slow, window } }),
  });

Deno.test("Law 2: numbers that JSON has no spelling for", () => {
  const made = strategy("made", { floor: number(0, { min: -1, max: 1 }) }, {
    build: ({ floor }) => ({
      enterLong: close.above(where(close.above(sma(close, 3)), NaN, volume.times(-0))),
      exitLong: close.above(where(close.above(sma(close, 3)), Infinity, volume.minus(floor))),
      exitShort: close.below(where(close.above(sma(close, 3)), -Infinity, -0)),
      series: { nought: volume.times(0).minus(0).times(-0), least: where(close.above(0), -0, 0) },
      stopLoss: floor.plus(0.5),
    }),
  });
  assertTextLaw(made, { floor: 0 }, CANDLES);
  assertTextLaw(made, { floor: -0 }, CANDLES);
});

Deno.test("Law 2: the same expression under two names, and inside itself", () => {
  const average = sma(close, 5), again = sma(close, 5), band = bollinger(average, 4, 2);
  const made = strategy("made", {}, {
    build: () => ({
      enterLong: average.below(band.upper),
      exitLong: new Condition({ op: "greater", inputs: [again, band.lower] }),
      series: { average, again, close, hourly: on("1h", average), upper: band.upper },
    }),
  });
  assertTextLaw(made, {}, CANDLES);
});

Deno.test("Two strategies that differ in anything have different hashes", () => {
  const { window, ...rest } = { window: 5, x: close };
  const hashes = [
    crossing(sma(close, window), sma(rest.x, 9)),
    crossing(sma(close, 6), sma(close, 9)),
    crossing(sma(volume, 5), sma(close, 9)),
    crossing(sma(close, 9), sma(close, 5)),
    crossing(on("5m", sma(close, 5)), sma(close, 9)),
    crossing(on("15m", sma(close, 5)), sma(close, 9)),
    crossing(bollinger(close, 5).upper, sma(close, 9)),
    crossing(bollinger(close, 5).lower, sma(close, 9)),
    crossing(bollinger(close, 5, 3).lower, sma(close, 9)),
  ].map(strategyHash);
  assert.equal(new Set(hashes).size, hashes.length);
});

Deno.test("Law 2 sees a writer that forgets an argument", () => {
  const made = crossing(bollinger(close, 5, 2).upper, sma(close, 9));
  const forgetful = (strategy: Strategy) => {
    const json = writeStrategy(strategy);
    const node = Object.values(json.graph).find(({ op }) => op === "bollinger")!;
    node.args = { ...node.args, width: 3 };
    return json;
  };
  assertTextLaw(made, { window: 5 }, CANDLES);
  assert.throws(() => assertTextLaw(made, { window: 5 }, CANDLES, forgetful), /hash/);
});

Deno.test("Law 2 sees a writer that forgets an output, an input's order or a stop", () => {
  const made = crossing(bollinger(close, 5, 2).upper, sma(close, 9));
  const broken: ((json: ReturnType<typeof writeStrategy>) => void)[] = [
    ({ graph }) => Object.values(graph).forEach((node) => node.output &&= "lower"),
    ({ graph }) => Object.values(graph).forEach((node) => node.inputs.reverse()),
    ({ signals }) => delete signals.enterLong,
    ({ series }) => delete series.slow,
  ];
  for (const breakIt of broken) {
    assert.throws(() =>
      assertTextLaw(made, { window: 5 }, CANDLES, (strategy) => {
        const json = structuredClone(writeStrategy(strategy));
        breakIt(json);
        return json;
      })
    );
  }
});
