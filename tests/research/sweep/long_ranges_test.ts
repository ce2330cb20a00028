import assert from "node:assert/strict";
import { gridSets, randomSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { sobolSets } from "../../../engine/research/sweep/sobol_sets.ts";
import { rangeValues } from "../../../engine/research/sweep/parameter_values.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { number, whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const tried = strategy("tried", {
  least: whole(5, { max: 1e9 }),
  stop: number(0.02, { min: 0.001, max: 1 }),
}, {
  build: ({ least, stop }, { close, open }) => ({
    enterLong: close.above(least),
    exitLong: close.minus(open).below(stop),
  }),
});

Deno.test("a range without a step whose only value is its first is refused, with a step to give", () => {
  const refused = (stop: string, step: string) =>
    assert.throws(() => gridSets(tried, { stop }), {
      name: "InputError",
      message: `params.stop: "${stop}" goes in steps of 1, which makes ${
        stop.split("..")[0]
      } its only value: give a step, such as "${stop}:${step}"`,
    });
  refused("0.01..0.05", "0.01");
  refused("0.5..1", "0.1");
  refused("0.002..0.003", "0.001");
  assert.equal(gridSets(tried, { stop: "0.01..0.05:0.01" }).length, 5);
  // What is meant as one value is one.
  assert.deepEqual(rangeValues("5..5", "p"), [5]);
  assert.deepEqual(rangeValues("0.5..1:1", "p"), [0.5]);
  assert.equal(randomSets(tried, { stop: "0.01..0.05" }, 9, seededRandom(1)).length, 9);
});

for (const [name, make] of [["random", randomSets], ["sobol", sobolSets]] as const) {
  Deno.test(`a ${name} search draws from a range of any length`, () => {
    for (const [least, by] of [["5..500000000", 1], ["5..900000005:50", 50]] as const) {
      const sets = make(tried, { least }, 400, seededRandom(1));
      const values = Array.from({ length: sets.length }, (_, set) => Number(sets.at(set).least));
      assert.equal(new Set(values).size, 400);
      const most = Number(/\.\.(\d+)/.exec(least)![1]);
      for (const value of values) {
        assert(value >= 5 && value <= most && (value - 5) % by === 0, `${value}`);
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / 400;
      assert(Math.abs(mean / most - 0.5) < 0.05, `${mean / most}`);
    }
    const refused = (least: string, said: RegExp) =>
      assert.throws(() => make(tried, { least }, 4, seededRandom(1)), said);
    refused("5..5000000000", /params\.least is 5000000000/);
    refused("5..5000000:0.5", /params\.least is 5\.5/);
    assert.throws(() => gridSets(tried, { least: "5..500000000" }), /1000000 are the most/);
  });
}
