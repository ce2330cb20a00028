import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../../engine/account/settings.ts";
import { metricsSettings } from "../../../engine/metrics/settings.ts";
import { setIds } from "../../../engine/search/trials/set_ids.ts";
import { choose, close, open, sma } from "../../../engine/series/mod.ts";
import { choice, number } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

const PARAMETERS = {
  level: number(1, { min: -1e6, max: 1e6 }),
  source: choice("close", ["close", "open"]),
};
const made = (name: string, drawn = {}, exits = 1) =>
  strategy(name, PARAMETERS, {
    build: ({ level, source }) => {
      const x = choose(source, { close, open });
      return { enterLong: x.above(level), exitLong: x.below(level.minus(exits)), series: drawn };
    },
  });

const spec = (of = made("one"), account = DEFAULT_ACCOUNT) => ({
  ...{ strategy: of, account, timeframe: "1h" as const, settings: metricsSettings({}) },
});

Deno.test("a set is the same trial under another name, start and with other series drawn", () => {
  const set = { level: 0.5, source: "open" }, id = setIds(spec())(set);
  assert(Number.isSafeInteger(id) && id >= 0);
  assert.equal(setIds(spec(made("two")))(set), id);
  assert.equal(setIds(spec(made("one", { average: sma(close, 3) })))(set), id);
  assert.equal(setIds({ ...spec(), start: 5 })({ source: "open", level: 0.5 }), id);
  assert.equal(setIds(spec())({ ...set, level: 0 }), setIds(spec())({ ...set, level: -0 }));
});

Deno.test("another value, signal, account or timeframe is another trial", () => {
  const set = { level: 0.5, source: "open" };
  const ids = [
    setIds(spec())(set),
    setIds(spec())({ ...set, level: 0.5000000000000001 }),
    setIds(spec())({ ...set, source: "close" }),
    setIds(spec(made("one", {}, 2)))(set),
    setIds(spec(made("one"), { ...DEFAULT_ACCOUNT, fee: 0.002 }))(set),
    setIds({ ...spec(), timeframe: "4h" })(set),
  ];
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("many sets have as many numbers, spread evenly", () => {
  const idOf = setIds(spec()), ids = new Set<number>(), most = 200_000;
  for (let i = 0; i < most; i++) ids.add(idOf({ level: i, source: "close" }));
  assert.equal(ids.size, most);
  for (const bit of [0, 1, 20, 31, 32, 33, 52]) {
    let set = 0;
    for (const id of ids) set += Math.floor(id / 2 ** bit) % 2;
    // Binomial: five deviations.
    assert(Math.abs(set - most / 2) < 2.5 * Math.sqrt(most), `bit ${bit} is set ${set} times`);
  }
});
