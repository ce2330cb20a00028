import assert from "node:assert/strict";
import fc from "fast-check";
import { covered, groupCandles, middle } from "../../engine/charts/group_candles.ts";
import { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { openTime, type Timeframe } from "../../engine/market/timeframe.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertProperty } from "../support/property.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

/** Amounts as whole thousandths, so that they add up exactly. */
const thousandths = (amount: number) => Math.round(1000 * amount);

Deno.test("merged candles hold every candle, to the last digit, and are few enough", () => {
  const timeframes: Timeframe[] = ["1s", "1m", "15m", "1h", "3d", "1w", "1M"];
  const timeframe = fc.constantFrom(...timeframes), rows = fc.integer({ min: 1, max: 1500 });
  assertProperty(
    fc.property(timeframe, rows, fc.integer({ min: 3, max: 300 }), fc.nat(), check),
    150,
  );

  function check(timeframe: Timeframe, rows: number, most: number, seed: number) {
    const made = madeCandles({ rows, seed, timeframe: timeframe === "1M" ? "1w" : timeframe });
    const { bars, merged } = groupCandles(made, most);
    assert.ok(bars.length <= most && (merged ? rows > most : bars.length === rows));
    let row = 0;
    for (const bar of bars) {
      const inside = [];
      while (row < rows && made.time[row] <= bar.time) inside.push(made.row(row++));
      assert.equal(bar.from, openTime(inside[0].time, made.timeframe));
      assert.equal(bar.time, inside.at(-1)!.time);
      // A silent market is no trade: what is flat without volume opens no bar that has some.
      const traded = inside.filter(({ volume }) => volume > 0);
      const counted = traded.length > 0 ? inside.slice(inside.indexOf(traded[0])) : inside;
      assert.equal(bar.open, counted[0].open);
      assert.equal(bar.close, inside.at(-1)!.close);
      assert.equal(bar.high, Math.max(...counted.map(({ high }) => high)));
      assert.equal(bar.low, Math.min(...counted.map(({ low }) => low)));
      const volume = inside.reduce((sum, each) => sum + thousandths(each.volume), 0) / 1000;
      assert.equal(bar.volume, volume);
    }
    assert.equal(row, rows);
  }
});

Deno.test("minutes of an hourly strategy are drawn as hours, however few there are", () => {
  const minutes = madeCandles({ rows: 500, seed: 4 });
  const { bars, each, merged } = groupCandles(minutes, 1_000, "1h");
  assert.deepEqual([each, merged], ["1h", true]);
  const hours = new Set(Array.from(minutes.time, (time) => Math.ceil(time / 3_600_000)));
  assert.equal(bars.length, hours.size);
  // Longer ones where those are too many.
  assert.equal(groupCandles(minutes, 5, "1h").each, "2h");
});

Deno.test("bars keep their distance where the first, the last or one between is a part", () => {
  const all = madeCandles({ rows: 2000, timeframe: "1h", seed: 8 });
  const rows = Array.from({ length: 2000 }, (_, i) => i).filter((i) => i > 30 && i < 1990);
  const kept = rows.filter((i) => i < 400 || i > 460).map((i) => all.row(i));
  const { bars, each } = groupCandles(Candles.fromRows("1h", kept), 100), day = 86_400_000;
  assert.equal(each, "1d");
  for (const bar of bars) {
    const midnight = Math.floor(bar.from / day) * day;
    assert.deepEqual(bar.interval, { start: midnight, end: midnight + day });
    assert.equal(middle(bar), midnight + day / 2);
  }
  assert.ok(bars[0].from > bars[0].interval.start && bars.at(-1)!.time < bars.at(-1)!.interval.end);
  const ends = { from: bars[0].interval.start, to: bars.at(-1)!.interval.end };
  assert.deepEqual(covered(bars), ends);
});

Deno.test("a merged candle is named by its timeframe, or by how many it holds", () => {
  const merged = (rows: number, timeframe: Timeframe, most: number) =>
    groupCandles(madeCandles({ rows, timeframe, seed: 3 }), most).each;
  assert.equal(merged(100, "1m", 500), "1m");
  assert.equal(merged(1400, "1m", 400), "5m");
  assert.equal(merged(1200, "1w", 500), "3 × 1w");
});

sharedTest("five years of hourly bitcoin become weeks, and no extreme is lost", async () => {
  const file = sharedPath("data/candles_binance_spot_btcusdt_1h_2020_2025.csv.gz");
  const hours = await readCandlesCsv(file, { stamp: "open" }),
    { bars, each } = groupCandles(hours, 500);
  assert.equal(each, "1w");
  assert.equal(bars.length, 262); // 260 whole weeks, Monday to Monday, and a part at each end
  assert.equal(
    Math.max(...bars.map(({ high }) => high)),
    hours.high.reduce((a, b) => Math.max(a, b)),
  );
  assert.equal(Math.min(...bars.map(({ low }) => low)), hours.low.reduce((a, b) => Math.min(a, b)));
  assert.equal(bars[0].open, hours.open[0]);
  assert.equal(bars.at(-1)!.close, hours.close[hours.length - 1]);
});
