/** What is drawn of a search: its sets by two parameters, and as lines through all of them. */
import assert from "node:assert/strict";
import { contrast } from "../../engine/charts/colour.ts";
import { LOOKS } from "../../engine/charts/look.ts";
import type { Option } from "../../engine/charts/option.ts";
import { parallelCoordinates } from "../../engine/charts/parallel_coordinates.ts";
import { parameterMap } from "../../engine/charts/parameter_map.ts";
import { parameterPlaces } from "../../engine/charts/parameter_places.ts";
import { randomSets } from "../../engine/research/sweep/parameter_sets.ts";
import type { SweepResult } from "../../engine/research/sweep/sweep_result.ts";
import { seededRandom } from "../../engine/research/seeded_random.ts";
import { sweep } from "../../engine/search/sweep.ts";
import rsiReversion from "../../strategies/rsi_reversion.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const SPACE = { window: "5..9:2", oversold: "25..40:5", stop: "0.01,0.02,0.03" };
const found = await sweep(rsiReversion, waves(700), SPACE);

type Drawn = { value: (number | string)[]; lines: string[]; itemStyle: { color: string } };
const cellsOf = (option: Option) => seriesOf(option, "Cells")[0].data as unknown as Drawn[];
const percent = (fraction: number) =>
  fraction.toLocaleString("en-US", { style: "percent", minimumFractionDigits: 2 });

Deno.test("a cell of a map is the median, or the best, of the sets that are in it", () => {
  for (const over of ["median", "best"] as const) {
    const cells = cellsOf(optionOf(parameterMap(found, { of: "totalReturn", over })));
    assert.equal(cells.length, 3 * 4);
    for (const [x, window] of [5, 7, 9].entries()) {
      for (const [y, oversold] of [25, 30, 35, 40].entries()) {
        const own = found.table().rows.filter((row) =>
          row.window === window && row.oversold === oversold
        ).map((row) => row.totalReturn).sort((a, b) => a - b);
        assert.equal(own.length, 3);
        const cell = cells.find(({ value }) => value[0] === x + 0.5 && value[1] === y + 0.5)!;
        const said = percent(over === "best" ? own[2] : own[1]);
        assert.deepEqual(cell.lines, [
          `window ${window}, oversold ${oversold}`,
          `Total return ${said} of 3 sets`,
        ]);
      }
    }
  }
});

Deno.test("gains are blue, losses are orange, and the largest of all has the strongest colour", async () => {
  const crosses = await sweep(smaCross, waves(700), { fast: "2..38:6", slow: "41..101:12" });
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  for (const theme of ["light", "dark"] as const) {
    const cells = cellsOf(optionOf(parameterMap(crosses, { theme })));
    const size = ({ lines }: Drawn) => Number(/^Sharpe (-?[\d.]+)$/.exec(lines[1])![1]);
    const signs = new Set(cells.map((cell) => Math.sign(size(cell))));
    assert.deepEqual(signs, new Set([1, -1]), "there must be both");
    for (const cell of cells) {
      const { color } = cell.itemStyle, isBlue = channel(color, 5) > channel(color, 1);
      assert.equal(isBlue, size(cell) > 0, `${cell.lines}`);
    }
    const { background } = LOOKS[theme];
    const strength = ({ itemStyle }: Drawn) => contrast(itemStyle.color, background);
    for (const sign of [1, -1]) {
      const own = cells.filter((cell) => Math.sign(size(cell)) === sign)
        .sort((a, b) => Math.abs(size(a)) - Math.abs(size(b)));
      const strengths = own.map(strength);
      assert.deepEqual(strengths, strengths.toSorted((a, b) => a - b));
    }
  }
});

/** The frames of a map, as cells: the best set's is thick. */
function framesOf(option: Option, thickness: number): { x: number; y: number }[] {
  const { left, top, height, width } = option.grid as unknown as Record<string, number>;
  const across = width / ((option.xAxis as Option).max as number);
  const up = height / ((option.yAxis as Option).max as number);
  return (option.graphic as Option[]).filter(({ type, style, z }) =>
    type === "rect" && z === 20 && (style as Option).lineWidth === thickness
  ).map(({ shape }) => {
    const { x, y, width, height: tall } = shape as unknown as Record<string, number>;
    const middle = { x: x + width / 2 - left, y: top + height - y - tall / 2 };
    return { x: Math.floor(middle.x / across), y: Math.floor(middle.y / up) };
  });
}

Deno.test("the best set is framed, and so are those a step beside it on the two axes", () => {
  const best = found.best[0], option = optionOf(parameterMap(found));
  const at = { x: [5, 7, 9].indexOf(best.window as number), y: (best.oversold as number) / 5 - 5 };
  assert.deepEqual(framesOf(option, 2.4), [at]);
  const around = [[-1, 0], [1, 0], [0, -1], [0, 1]].map(([dx, dy]) => ({
    x: at.x + dx,
    y: at.y + dy,
  }))
    .filter(({ x, y }) => x >= 0 && x < 3 && y >= 0 && y < 4);
  const inOrder = (places: { x: number; y: number }[]) =>
    places.map(({ x, y }) => 10 * x + y).sort();
  assert.deepEqual(inOrder(framesOf(option, 1.2)), inOrder(around));
});

Deno.test("x, y and title are as asked for; what remains is told", () => {
  const picture = parameterMap(found, { x: "stop", y: "window", symbol: "ABC/EUR", over: "best" });
  assert.match(`${picture}`, /^Sharpe of rsi_reversion on ABC\/EUR 1h by stop and window\n/);
  assert.match(`${picture}`, /· 36 sets tried · best over oversold\n/);
  assert.match(`${picture}`, /a step beside it: median -?[\d.]+, worst -?[\d.]+$/);
});

Deno.test("sets by chance are put into cells of ranges, and none is said to be beside the best", async () => {
  const sets = randomSets(smaCross, { fast: "5..200", slow: "20..800" }, 300, seededRandom(1));
  const some = await sweep(smaCross, waves(900), sets), picture = parameterMap(some);
  const option = optionOf(picture), cells = cellsOf(option);
  assert.equal((option.xAxis as Option).max, 10); // of about three sets each: √(300 / 3)
  const counts = cells.map(({ lines }) => Number(/of (\d+) sets$/.exec(lines[1])?.[1] ?? 1));
  assert.equal(counts.reduce((a, b) => a + b), 300);
  assert.deepEqual(framesOf(option, 1.2), []);
  assert.doesNotMatch(`${picture}`, /beside/);
});

Deno.test("places: a cell for each value or, of too many, for ranges of whole numbers or of any", () => {
  const few = parameterPlaces([30, 5, 10, 5], 9);
  assert.deepEqual([5, 10, 30].map((value) => few.at(value)), [0, 1, 2]);
  const texts = parameterPlaces(["open", "close", "open"], 9);
  assert.deepEqual([texts.count, texts.at("close"), texts.text(0)], [2, 1, "open"]);
  const whole = parameterPlaces(Array.from({ length: 100 }, (_, i) => i + 1), 20);
  assert.deepEqual([whole.count, whole.at(1), whole.at(5), whole.at(6), whole.at(100)], [
    20,
    0,
    0,
    1,
    19,
  ]);
  assert.equal(whole.text(19), "96 to 100");
  const any = parameterPlaces([0, 0.25, 0.5, 0.75, 1], 2);
  assert.deepEqual([0, 0.25, 0.5, 1].map((value) => any.at(value)), [0, 0, 1, 1]);
  assert.equal(any.text(1), "0.5 to 1");
  // Round values are labelled where not all have room.
  const many = parameterPlaces(Array.from({ length: 46 }, (_, i) => i + 5), 100);
  assert.deepEqual(many.labels(5).map(({ text }) => text), ["10", "20", "30", "40", "50"]);
});

const linesOf = (option: Option) =>
  seriesOf(option, "Sets")[0].data as unknown as (Drawn & {
    lineStyle: { color: string; width: number };
  })[];

Deno.test("a line has a set's parameters and numbers; the better, the nearer and the stronger", () => {
  const lines = linesOf(optionOf(parallelCoordinates(found))).toReversed();
  assert.equal(lines.length, 36);
  lines.forEach(({ value }, place) => {
    const { window, oversold, stop } = found.parameters(place);
    const row = found.row(found.order[place]);
    const numbers = [100 * row.totalReturn, 100 * row.maxDrawdown, row.trades, row.sharpe];
    assert.deepEqual(value, [window, oversold, stop, ...numbers]);
  });
  const { background, lines: [first] } = LOOKS.light;
  assert.deepEqual([lines[0].lineStyle.color, lines[0].lineStyle.width], [first, 3]);
  const strengths = lines.slice(1).map(({ lineStyle }) => contrast(lineStyle.color, background));
  assert.deepEqual(strengths, strengths.toSorted((a, b) => b - a));
  assert.ok(strengths[0] > 2 * strengths[34]);
});

Deno.test("of many sets 400 are drawn, the best and the worst among them, and it says so", async () => {
  const many = await sweep(smaCross, waves(300), { fast: "2..30", slow: "31..60" });
  const picture = parallelCoordinates(many), lines = linesOf(optionOf(picture));
  assert.equal(lines.length, 400);
  assert.match(`${picture}`, /870 sets tried · 400 drawn, spread evenly over the ranks/);
  const ends = [many.parameters(0), many.parameters(869)].map(({ fast, slow }) => [fast, slow]);
  assert.deepEqual([lines[399], lines[0]].map(({ value }) => value.slice(0, 2)), ends);
});

Deno.test("pictures of a search are refused in words that say what to do", async () => {
  const map = (given: unknown, options?: object) => () =>
    parameterMap(given as SweepResult, options);
  const one = await sweep(smaCross, waves(300), { fast: "2..9" });
  assert.throws(map(one), /takes two that were searched, and here is only fast/);
  assert.throws(map(found, { x: "windw" }), /x is "windw".*: did you mean "window"\?/);
  assert.throws(map(found, { x: "stop", y: "stop" }), /both "stop"/);
  assert.throws(map(found, { of: "sharp" }), /of must be one of totalReturn, sharpe/);
  assert.throws(map(found, { over: "mean" }), /over must be median or best, not "mean"/);
  assert.throws(map(Promise.resolve(found)), /promise: write await/);
  assert.throws(map(found, { size: { height: 200 } }), /size.height must be \d+ pixels or more/);
  assert.throws(
    () => parallelCoordinates(found, { size: { width: 360 } }),
    /size.width must be \d+ pixels or more/,
  );
});
