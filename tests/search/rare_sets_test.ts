import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { METHODS } from "../../engine/search/search_methods.ts";
import { sweep } from "../../engine/search/sweep.ts";
import { number } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";

const rare = strategy("rare", { level: number(0.0001, { min: 0, max: 10 }) }, {
  build: ({ level }, { close, open }) => ({
    enterLong: close.minus(open).above(level),
    exitLong: close.below(open),
  }),
});
const rows = Array.from({ length: 200 }, (_, i) => {
  const open = 9 + Math.sin(i), close = 9 + Math.sin(i + 1);
  const ends = { open, close, high: Math.max(open, close), low: Math.min(open, close) };
  return { ...ends, time: (i + 1) * 3_600_000, volume: 1, trades: 1, kind: "traded" as const };
});
const CANDLES = Candles.fromRows("1h", rows);

const SPACES: readonly [level: string, where: string, allows: (level: number) => boolean][] = [
  ["0..1", "level < 0.0005", (level) => level < 0.0005],
  ["0..10", "1 < level && level < 1.012", (level) => 1 < level && level < 1.012],
];

for (const method of METHODS.filter((method) => method !== "grid")) {
  Deno.test(`a ${method} search finds what hardly any set is, and says where there are no more`, async () => {
    for (const [level, where, allows] of SPACES) {
      const searched = (count: number) =>
        sweep(rare, CANDLES, { level }, { method, count, where, workers: 1, keep: Infinity });
      const { sets, best, counted } = await searched(100);
      assert.equal(sets.note, undefined);
      assert.equal(counted.own, 100);
      assert(best.every((row) => allows(Number(row.level))));
      assert.equal(new Set(best.map((row) => row.level)).size, best.length);
      if (level !== "0..1") continue;
      // In steps of a millionth of the way.
      const all = Array.from({ length: 1e6 + 1 }, (_, i) => i / 1e6).filter(allows).length;
      const more = await searched(2_000), asked = "2,000 sets were asked for, and only";
      assert.equal(
        more.sets.note,
        `${asked} ${all.toLocaleString("en")} may be tried: there are no more`,
      );
      assert.equal(more.counted.own, all);
    }
  });
}
