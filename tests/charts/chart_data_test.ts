/** What is drawn of candles, conditions and equity, read off what ECharts is given. */
import assert from "node:assert/strict";
import { bandSeries, laneSeries } from "../../engine/charts/band_series.ts";
import { spanCaption, timeText } from "../../engine/charts/captions.ts";
import { chart } from "../../engine/charts/chart.ts";
import { groupCandles } from "../../engine/charts/group_candles.ts";
import { LOOKS } from "../../engine/charts/look.ts";
import { type Option, revive } from "../../engine/charts/option.ts";
import type { Shown } from "../../engine/charts/shown.ts";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { openTime } from "../../engine/market/timeframe.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";
import { channel } from "./gallery.ts";

const candles = waves(300), HOUR = 3_600_000;

const rowsOf = (changes: (i: number) => Partial<Candle>, length = 12) =>
  Candles.fromRows("1h", waves(length).rows().map((row, i) => ({ ...row, ...changes(i) })));

Deno.test("candles are drawn in the middle of their hours, with their four prices", () => {
  const [{ data }] = seriesOf(optionOf(chart(candles)), "Candles");
  assert.deepEqual(
    data,
    candles.rows().map((row) => [row.time - HOUR / 2, row.open, row.close, row.low, row.high]),
  );
});

Deno.test("a volume has the colour of its candle, which rises where it closes at its open", () => {
  const closes = [101, 99, 100];
  const flat = rowsOf(
    (i) => ({ open: 100, high: 110, low: 90, close: closes[i], volume: i + 1 }),
    3,
  );
  const option = optionOf(chart(flat)), { up, down } = LOOKS.light;
  const [rising] = seriesOf(option, "Volume, rising"),
    [falling] = seriesOf(option, "Volume, falling");
  const at = (i: number) => flat.time[i] - HOUR / 2;
  assert.deepEqual(rising.data, [[at(0), 1], [at(2), 3]]);
  assert.deepEqual(falling.data, [[at(1), 2]]);
  assert.deepEqual([rising, falling].map(({ itemStyle }) => (itemStyle as Option).color), [
    up,
    down,
  ]);
});

/** The labels of a chart's volume axis. */
function volumeLabels(volume: number): string[] {
  const option = optionOf(
    chart(rowsOf(() => ({ volume })), { panes: ["volume"], size: { height: 300 } }),
  );
  const [{ axisLabel }] = revive(option).yAxis as Option[];
  const { formatter, customValues } = axisLabel as unknown as {
    formatter: (value: number) => string;
    customValues: number[];
  };
  return customValues.map((value) => formatter(value));
}

Deno.test("labels of volume are those of their ticks, and no two are alike, however small it is", () => {
  assert.deepEqual(volumeLabels(0.95), ["0", "0.25", "0.50", "0.75", "1.00"]);
  for (const volume of [3e-7, 0.004, 0.12, 0.95, 1, 2.4, 75, 999, 1_040, 5_300, 2.2e6, 3e13]) {
    const labels = volumeLabels(volume), units = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    assert.ok(labels.length > 2 && new Set(labels).size === labels.length, `${volume}: ${labels}`);
    const values = labels.map((text) =>
      parseFloat(text.replaceAll(",", "")) * (units[text.at(-1) as keyof typeof units] ?? 1)
    );
    const steps = values.slice(1).map((value, i) => (value - values[i]) / volume);
    assert.ok(steps.every((step) => Math.abs(step - steps[0]) < 1e-6), `${volume}: ${labels}`);
  }
});

/** Rows of candles as a chart shows them, in as many bars as it may. */
function shownOf(candles: Candles, first: number, last: number, most = 1_000): Shown {
  const part = candles.slice(first, last), from = openTime(part.time[0], "1h");
  const sides = { base: "", quote: "", log: false, held: true, interactive: false };
  const bars = groupCandles(part, most), to = part.time[part.length - 1];
  return { candles, first, last, from, to, bars, columns: 900, look: LOOKS.light, ...sides };
}

/** Where a condition is shaded, in rows' closes; `from` is the left edge. */
function shadedOf(hold: readonly number[], first: number, last: number) {
  const values = Float64Array.from(candles.time, (_, i) => hold.includes(i) ? 1 : 0);
  const { series } = bandSeries(values, shownOf(candles, first, last), {
    name: "it",
    colour: "#123456",
  });
  const data = (series.markArea as Option).data as unknown as [
    { xAxis: number },
    { xAxis: number },
  ][];
  return data.map((ends) => ends.map(({ xAxis }) => candles.time.indexOf(xAxis)));
}

Deno.test("a condition is shaded from the close that makes it true to that which ends it", () => {
  assert.deepEqual(shadedOf([50, 51, 52, 60], 40, 80), [[50, 53], [60, 61]]);
});

Deno.test("at the left edge of a part it is shaded if it was true before, and from its close if not", () => {
  assert.deepEqual(shadedOf([40, 41], 40, 80), [[40, 42]]);
  assert.deepEqual(shadedOf([38, 39, 40, 41], 40, 80), [[39, 42]]); // 39: the open of the first shown
  assert.deepEqual(shadedOf([37, 38, 39], 40, 80), [[39, 40]]); // it ends at the first shown close
  assert.deepEqual(shadedOf([38], 40, 80), []);
  assert.deepEqual(shadedOf([0, 1], 0, 80), [[0, 2]]);
  assert.deepEqual(shadedOf([79, 80], 40, 80), []); // known at the last close, of which nothing is shown
});

Deno.test("where it changes too often each bar is as strong as the share of its rows that hold", () => {
  const many = waves(2_400), first = 24, style = { name: "it", colour: "#123456" };
  // Of the twelve hours of a bar every other one, as often as the bar's number modulo 7 says.
  const holds = (i: number) => i % 2 === 0 && (i % 12) / 2 < Math.floor(i / 12) % 7;
  const values = Float64Array.from(many.time, (_, i) => holds(i) ? 1 : 0);
  const shown = shownOf(many, first, 2_400, 240);
  assert.equal(shown.bars.each, "12h");
  const expected = Array.from({ length: 198 }, (_, k) => ({ k: k + 2, share: ((k + 2) % 7) / 12 }))
    .filter(({ share }) => share > 0)
    .map(({ k, share }) => ({ from: many.time[12 * k] - HOUR, to: many.time[12 * k + 11], share }));
  const found = (series: Option, full: number) =>
    ((series.markArea as Option).data as unknown as [Option, Option][]).map(([begin, end]) => {
      const share = Number((begin.itemStyle as Option).opacity) / full;
      return { from: begin.xAxis, to: end.xAxis, share: Math.round(12 * share) / 12 };
    });
  const band = bandSeries(values, shown, style), lane = laneSeries(values, shown, style, 0);
  assert.equal(band.label, "it, share of each candle");
  assert.ok(lane.shared);
  assert.deepEqual(found(band.series, 0.15), expected);
  assert.deepEqual(found(lane.series, 0.75), expected);
});

const result = backtest(channel, candles);

/** The points of a line, by the rows of their times. */
function lineOf(option: Option, name: string): [row: number, value: number][] {
  const [{ data }] = seriesOf(option, name);
  return (data as unknown as [number, number][]).map((
    [at, value],
  ) => [candles.time.indexOf(at), value]);
}

Deno.test("equity and its drawdown are drawn as they are, beside what holding would have made", () => {
  const equity = result.equity.column("equity"), falls = result.equity.column("drawdown");
  for (const first of [0, 100]) {
    const option = optionOf(chart(result, { from: candles.time[first] - HOUR }));
    const rows = Array.from(candles.time.keys()).filter((i) => i >= first);
    assert.deepEqual(lineOf(option, "strategy"), rows.map((i) => [i, equity[i]]));
    assert.deepEqual(lineOf(option, "drawdown"), rows.map((i) => [i, 100 * falls[i]]));
    const [money, name] = first === 0 ? [10_000, ""] : [equity[first - 1], " from here on"];
    const held = lineOf(option, `buy and hold${name}`);
    assert.deepEqual(held.map(([i]) => i), rows);
    for (const [i, value] of held) {
      assert.ok(Math.abs(value / (money * candles.close[i] / candles.open[first]) - 1) < 1e-12);
    }
  }
});

Deno.test("the numbers above candles are of what is shown: from the first open, to the highest high", () => {
  const made = rowsOf((i) => ({ open: 100, close: 101 + i, high: 150 - i, low: 60 + i }));
  const [, , numbers] = `${chart(made, { from: made.time[2] - HOUR })}`.split("\n");
  assert.equal(numbers, "Close 112 · change +12.00% · high 148 · low 62");
});

Deno.test("times are told to the second where they have some, and in milliseconds since the epoch", () => {
  const noon = Date.UTC(2024, 1, 29, 12);
  assert.equal(timeText(noon), "2024-02-29 12:00");
  assert.equal(timeText(noon + 5_000), "2024-02-29 12:00:05");
  assert.equal(timeText(noon + 60_000), "2024-02-29 12:01");
  const span = { from: noon, to: noon + 90_000 };
  assert.equal(spanCaption(span), "2024-02-29 12:00 to 2024-02-29 12:01:30 UTC");
});

Deno.test("the axis of time is that of UTC, wherever a page is read", () => {
  assert.equal(optionOf(chart(candles)).useUTC, true);
  assert.equal(optionOf(chart(candles), { interactive: true }).useUTC, true);
});
