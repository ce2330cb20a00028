/** What is drawn of a run's drawdowns, rolling ratios, years and excursions, read off the option. */
import assert from "node:assert/strict";
import { excursions } from "../../engine/charts/excursions.ts";
import { type Option, revive } from "../../engine/charts/option.ts";
import { returnsHistogram } from "../../engine/charts/returns_histogram.ts";
import { rollingSharpe } from "../../engine/charts/rolling_sharpe.ts";
import { underwater } from "../../engine/charts/underwater.ts";
import { yearlyReturns } from "../../engine/charts/yearly_returns.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const result = backtest(smaCross, waves(900), { params: { fast: 5, slow: 20 } });
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);
const points = ({ data }: Option) => data as unknown as [number, number | null][];
const values = ({ data }: Option) =>
  (data as unknown as { value: number[] }[]).map((it) => it.value);

Deno.test("drawdowns are drawn row by row, the deepest shaded from peak to peak and numbered", () => {
  const option = optionOf(underwater(result, { count: 3 })), rows = result.drawdowns(3).rows;
  const drawn = points(seriesOf(option, "drawdown")[0]);
  assert.equal(drawn.length, 900);
  result.equity.column("drawdown").forEach((fraction, i) => near(drawn[i][1]!, 100 * fraction));
  const [{ markArea }] = seriesOf(option, "Deepest");
  const last = result.candles.time[899];
  assert.deepEqual(
    (markArea as Option).data,
    rows.map(({ startTime, endTime = last }) => [{ xAxis: startTime }, { xAxis: endTime }]),
  );
  const [numbers] = seriesOf(option, "Numbers");
  const ranks = (numbers.data as Option[]).map(({ label }) => (label as Option).formatter);
  assert.deepEqual(ranks.toSorted(), ["1", "2", "3"]);
  values(numbers).forEach(([time, depth], i) => {
    const row = rows[Number(ranks[i]) - 1];
    assert.equal(time, row.valleyTime);
    near(depth, 100 * row.depth);
  });
});

Deno.test("numbers of valleys that are close together lie below each other", () => {
  const many = optionOf(underwater(result, { count: 40, size: { width: 360 } }));
  const labels = (seriesOf(many, "Numbers")[0].data as Option[]).map(({ value, label }) => {
    const [time] = value as unknown as number[], { distance } = label as Option;
    return { time, distance: distance as number };
  });
  const { from, to } = { from: result.candles.time[0], to: result.candles.time[899] };
  const pixels = (a: number, b: number) => (b - a) / (to - from) * (360 - 28 - 76);
  labels.slice(1).forEach(({ time, distance }, i) => {
    const before = labels[i];
    const isNear = pixels(before.time, time) < 13;
    if (isNear) assert.ok(distance >= before.distance + 13, `${i}`);
  });
});

Deno.test("rolling ratios are drawn at the ends of days, in their panes, beside holding's", () => {
  const option = optionOf(rollingSharpe(result, { window: 7 }));
  const { time, sharpe, volatility, buyAndHoldSharpe, buyAndHoldVolatility } =
    result.rolling(7).columns;
  const last = result.candles.time[899];
  const check = (name: string, columns: readonly Float64Array[], factors: readonly number[]) =>
    seriesOf(option, name).forEach((series, pane) => {
      assert.equal(series.yAxisIndex, pane);
      points(series).forEach(([at, value], i) => {
        assert.equal(at, Math.min(time[i], last));
        if (value === null) assert.ok(Number.isNaN(columns[pane][i]));
        else near(value, factors[pane] * columns[pane][i]);
      });
    });
  check("strategy", [sharpe, volatility], [1, 100]);
  check("buy and hold", [buyAndHoldSharpe, buyAndHoldVolatility], [1, 100]);
});

Deno.test("years are bars beside those of holding, with their numbers", () => {
  const option = optionOf(yearlyReturns(result)), [row] = result.yearlyReturns().rows;
  const of = (name: string) => (seriesOf(option, name)[0].data as Option[])[0].value as number;
  near(of("strategy"), 100 * row.return);
  near(of("buy and hold"), 100 * row.buyAndHold);
  assert.deepEqual((option.xAxis as Option).data, ["2024"]);
});

Deno.test("every trade is a dot at its excursion and return, among those that won or lost", () => {
  const rows = result.excursions().rows;
  const option = optionOf(excursions(result), { interactive: true });
  for (const name of ["won", "lost"]) {
    const own = rows.filter((row) => name === "won" ? row.return > 0 : row.return < 0);
    const [against, towards, ...more] = seriesOf(option, name);
    assert.deepEqual([more, against.xAxisIndex, towards.xAxisIndex], [[], 0, 1]);
    const check = (series: Option, of: (row: typeof rows[number]) => number) =>
      values(series).forEach(([x, y], i) => {
        near(x, 100 * of(own[i]));
        near(y, 100 * own[i].return);
      });
    assert.equal(values(against).length, own.length);
    check(against, ({ adverse }) => adverse);
    check(towards, ({ favourable }) => favourable);
  }
  // What a page says of a dot.
  const [{ data }] = seriesOf(option, "lost"), [{ lines }] = data as Option[];
  assert.match(
    `${lines}`,
    /^long, 2024-01-\d\d \d\d:00 to .* UTC,return -\d.*%, closed by signal,MAE -/,
  );
});

Deno.test("a still picture draws one dot where several would hide each other", () => {
  const twice = [...result.trades.rows, ...result.trades.rows];
  const same = Object.assign(Object.create(result), {
    excursions: () => ({
      rows: twice.map((trade) => ({ ...trade, adverse: -0.01, favourable: 0.02 })),
    }),
  });
  const count = (of: typeof result) =>
    values(seriesOf(optionOf(excursions(of), { interactive: true }), "won")[0]).length;
  assert.equal(count(same), 2 * count(result));
  const [still] = seriesOf(optionOf(excursions(same)), "won");
  assert.ok(points(still).length <= count(result));
});

Deno.test("without its heading a picture has no title in it, and says so in its text alone", async () => {
  for (const draw of [underwater, rollingSharpe, yearlyReturns, excursions]) {
    const bare = draw(result, { heading: false, title: "A title" });
    assert.ok(!(await bare.svg()).includes("A title"));
    assert.match(`${bare}`, /^A title\n/);
    assert.ok((await draw(result, { title: "A title" }).svg()).includes("A title"));
  }
});

/** What a page says of the things in a series that a reader may point at. */
function said(picture: { html(): Promise<string> }, name: string): Promise<string[]> {
  return picture.html().then((page) => {
    const own = page.split("<script>")[2], made = own.slice(0, own.indexOf("const draw"));
    const option: Option = new Function(`${made}; return revive(option);`)();
    const { formatter } = option.tooltip as unknown as { formatter(found: unknown): string };
    return (seriesOf(option, name)[0].data as Option[]).map((data) => formatter({ data }));
  });
}

Deno.test("pages say what a bar or a dot is, as text that is no tag", async () => {
  const { rows } = result.trades, bars = await said(returnsHistogram(result), "lost");
  const counts = bars.map((html) => Number(/<br>(\d+) trades lost$/.exec(html)![1]));
  const lost = rows.filter((trade) => trade.return < 0).length;
  assert.equal(counts.reduce((a, b) => a + b), lost);
  for (const html of bars) assert.match(html, /^return -?[\d.]+% to -?[\d.]+%<br>/);
  const [year] = await said(yearlyReturns(result), "strategy");
  const [{ return: gain }] = result.yearlyReturns().rows;
  assert.equal(year, `2024, strategy<br>return ${(100 * gain).toFixed(2)}%`);
  const dots = await said(excursions(result), "won");
  assert.equal(dots.length, rows.filter((trade) => trade.return > 0).length);
  const hostile = revive({ format: "lines" }) as unknown as (found: object) => string;
  assert.equal(hostile({ data: { lines: ["<b>", "&"] } }), "&#60;b&#62;<br>&#38;");
});
