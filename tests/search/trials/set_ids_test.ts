import assert from "node:assert/strict";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../../engine/account/settings.ts";
import { metricsSettings } from "../../../engine/metrics/settings.ts";
import { listSets } from "../../../engine/research/sweep/parameter_sets.ts";
import { setIds } from "../../../engine/search/trials/set_ids.ts";
import { choose, close, open, sma } from "../../../engine/series/mod.ts";
import { choice, number } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import cross from "../../../strategies/sma_cross.ts";

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
  const later = { ...spec(), start: 5 };
  assert.equal(setIds(later)({ source: "open", level: 0.5 }), id);
  assert.equal(setIds(spec())({ ...set, level: 0 }), setIds(spec())({ ...set, level: -0 }));
});

Deno.test("a default that is written out is no other trial", () => {
  const set = { level: 0.5, source: "open" };
  const id = (settings: Partial<AccountSettings>) =>
    setIds(spec(made("one"), { ...DEFAULT_ACCOUNT, ...settings }))(set);
  const plain = id({});
  const written: Partial<AccountSettings>[] = [
    { spread: 0, impact: 0, leverage: 1 },
    { sizing: "fraction", size: 1, tick: 0 },
    { makerFee: DEFAULT_ACCOUNT.fee },
    { makerFee: undefined, cooldown: undefined, stopSlippage: undefined },
    { rebalanceThreshold: 0.05 },
  ];
  for (const settings of written) assert.equal(id(settings), plain, JSON.stringify(settings));
  assert.equal(id({ fee: 0.002, makerFee: 0.002 }), id({ fee: 0.002 }));
  // What is not what it would be anyway is another one.
  const others: Partial<AccountSettings>[] = [
    { spread: 0.001 },
    { makerFee: 0 },
    { stopSlippage: 0 }, // by default stops slip as other fills do
    { fee: 0.002, makerFee: 0.001 },
    { cooldown: 1 },
  ];
  const ids = others.map(id);
  assert.equal(new Set([plain, ...ids]).size, 1 + ids.length);
});

Deno.test("a set with more money, or less, is the same trial", () => {
  const set = { level: 0.5, source: "open" };
  const id = (settings: Partial<AccountSettings>) =>
    setIds(spec(made("one"), { ...DEFAULT_ACCOUNT, ...settings }))(set);
  for (const settings of [{}, { fee: 0.002 }]) {
    for (const balance of [1, 9_876.54, 1e9]) {
      assert.equal(id({ ...settings, balance }), id(settings));
    }
  }
});

Deno.test("a set has the number by which ledgers know it that were written before", () => {
  // As it was when the balance was part of it: by another number all sets would count anew.
  const idOf = setIds({ strategy: cross, account: DEFAULT_ACCOUNT, timeframe: "1h" });
  assert.equal(idOf({ fast: 6, slow: 30 }), 2_052_948_921_243_580);
});

Deno.test("a parameter's default that is written out is no other trial", () => {
  const one = made("one"), idOf = setIds(spec(one));
  const { at, length } = listSets(one, [{}, { level: 1 }, { level: 1, source: "close" }]);
  assert.equal(new Set(Array.from({ length }, (_, set) => idOf(at(set)))).size, 1);
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
