/** What is drawn of a Monte Carlo. */
import assert from "node:assert/strict";
import { monteCarloFan } from "../../engine/charts/monte_carlo_fan.ts";
import type { MonteCarlo } from "../../engine/research/monte_carlo/monte_carlo_result.ts";
import type { Option } from "../../engine/charts/option.ts";
import { quantile } from "../../engine/metrics/quantile.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { monteCarlo } from "../../engine/search/monte_carlo.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const result = backtest(smaCross, waves(24 * 60), { params: { fast: 10, slow: 30 } });
const drawn = await monteCarlo(result, { of: "returns", draws: 80 });
const picture = monteCarloFan(drawn, { symbol: "ABC/EUR" }), option = optionOf(picture);
const points = ({ data }: Option) => data as unknown as [number, number][];
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a}, not ${b}`);

/** The lower and the upper border of a band, as they are stacked. */
function borders(of: Option, name: string): { low: number[]; high: number[] } {
  const [below, above] = seriesOf(of, name).map((each) => points(each).map(([, value]) => value));
  return { low: below, high: below.map((low, i) => low + above[i]) };
}

Deno.test("bands lie where so many of the draws do, from the balance before all on", () => {
  for (
    const [name, low, high] of [["half of the draws", 1, 3], ["90 % of the draws", 0, 4]] as const
  ) {
    const lines = drawn.equityFan(), band = borders(option, `Equity, EUR: ${name}`);
    assert.equal(band.low.length, 61);
    assert.deepEqual([band.low[0], band.high[0]], [10_000, 10_000]);
    lines[low].values.forEach((value, i) => near(band.low[i + 1], value));
    lines[high].values.forEach((value, i) => near(band.high[i + 1], value));
    const falls = drawn.drawdownFan(), below = borders(option, `Drawdown, %: ${name}`);
    falls[low].values.forEach((value, i) => near(below.low[i + 1], 100 * value));
    falls[high].values.forEach((value, i) => near(below.high[i + 1], 100 * value));
  }
});

Deno.test("the backtest's own line is its equity at the ends of days, and falls with it", () => {
  const [equity, falls] = seriesOf(option, "backtest").map(points);
  const rows = result.equity.column("equity");
  let peak = 10_000;
  equity.slice(1).forEach(([time, value], day) => {
    assert.equal(time, result.candles.time[24 * day + 23]);
    near(value, rows[24 * day + 23]);
    peak = Math.max(peak, value);
    near(falls[day + 1][1], 100 * (value / peak - 1));
  });
  assert.equal(equity[0][0], equity[1][0] - 86_400_000);
});

Deno.test("the text tells where draws end and how often with a loss", () => {
  const percent = (value: number) =>
    value.toLocaleString("en-US", { style: "percent", minimumFractionDigits: 2 });
  const [first, , numbers] = `${picture}`.split("\n");
  assert.equal(first, "What could have come of it: returns drawn in stretches");
  const lost = [...drawn.totalReturns].filter((one) => one < 0).length / 80;
  // Rows in between fall further than the ends of days do: which of both is told.
  assert.ok(numbers.includes(`max drawdown by days ${percent(drawn.found.maxDrawdown)}`), numbers);
  assert.ok(drawn.found.maxDrawdown > result.summary().maxDrawdown);
  assert.ok(numbers.includes(`chance of loss ${percent(lost)}`), numbers);
  assert.ok(numbers.includes(percent(quantile(drawn.totalReturns, 0.95))), numbers);
});

Deno.test("trades are counted along the axis, on a page too; all orders come to the same", async () => {
  const ordered = await monteCarlo(result, { of: "trades", draws: 30 });
  const trades = monteCarloFan(ordered), [axis] = optionOf(trades).xAxis as Option[];
  assert.deepEqual([axis.type, axis.min, axis.max], ["value", 0, result.trades.length]);
  assert.match(`${trades}`, /and that of all draws/);
  assert.match(`${trades}`, /max drawdown by closed trades /);
  const { formatter } = optionOf(trades, { interactive: true }).tooltip as Option;
  const { counted, to } = formatter as Option;
  assert.equal(counted, "trades");
  assert.deepEqual(to, Array.from({ length: result.trades.length + 1 }, (_, i) => i));
  const page = await trades.html(), own = page.split("<script>")[2];
  const made = own.slice(0, own.indexOf("const draw"));
  const read: Option = new Function(`${made}; return revive(option);`)();
  const said = (read.tooltip as unknown as { formatter(found: unknown): string }).formatter;
  assert.match(said([{ axisValue: 2 }]), /^<b>2 trades<\/b>/);
});

Deno.test("many places are thinned alike in all lines, the last one kept", async () => {
  const long = backtest(smaCross, waves(24 * 60), { params: { fast: 2, slow: 5 } });
  const many = await monteCarlo(long, { of: "trades", draws: 20 });
  const small = optionOf(monteCarloFan(many, { size: { width: 360 } }));
  const band = points(seriesOf(small, "Equity behind each closed trade: half of the draws")[0]);
  assert.ok(many.axis.length > 2 * (360 - 104) || band.length === many.axis.length + 1);
  assert.equal(band[band.length - 1][0], many.axis.length);
});

Deno.test("what is no Monte Carlo is refused", () => {
  assert.throws(
    () => monteCarloFan(result as unknown as MonteCarlo),
    /write monteCarloFan\(drawn\) with what await monteCarlo/,
  );
});
