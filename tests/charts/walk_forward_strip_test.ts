/** What is drawn of a walk forward. */
import assert from "node:assert/strict";
import "../../engine/charts/display/register.ts";
import { LOOKS } from "../../engine/charts/look.ts";
import type { Option } from "../../engine/charts/option.ts";
import { walkForwardStrip } from "../../engine/charts/walk_forward_strip.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import type { WalkForward } from "../../engine/search/walk_forward_result.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 160);
const walked = await walkForward(smaCross, candles, { fast: "5..15:5", slow: "20..60:20" }, {
  train: 60,
  test: 20,
  gap: 1,
});
const picture = walkForwardStrip(walked, { symbol: "ABC/EUR" }), option = optionOf(picture);
const { folds } = walked, DAY = 86_400_000;
type End = { name: string; xAxis: number; yAxis: number; itemStyle: Option; label: Option };
const spansIn = (of: Option) =>
  (seriesOf(of, "Windows")[0].markArea as Option).data as unknown as [End, End][];

Deno.test("each window has a lane: where its set was chosen, and behind it where it was tried", () => {
  assert.ok(folds.length >= 4);
  const spans = spansIn(option), { long, short } = LOOKS.light;
  assert.equal(spans.length, 2 * folds.length);
  folds.forEach((fold, i) => {
    const [trained, tested] = [spans[2 * i], spans[2 * i + 1]];
    assert.deepEqual(trained.map(({ xAxis }) => xAxis), [fold.trainFrom, fold.trainTo]);
    assert.deepEqual(tested.map(({ xAxis }) => xAxis), [fold.testFrom, fold.testTo]);
    assert.equal(fold.testFrom - fold.trainTo, DAY);
    for (const [{ yAxis }, end] of [trained, tested]) {
      assert.ok(yAxis > folds.length - 1 - i && end.yAxis < folds.length - i);
    }
    assert.equal(tested[0].itemStyle.color, fold.totalReturn < 0 ? short : long);
    const percent = (100 * fold.totalReturn).toFixed(2);
    assert.equal(tested[0].label.formatter, `${fold.totalReturn > 0 ? "+" : ""}${percent}%`);
    assert.match(
      `${trained[0].label.formatter}`,
      new RegExp(`^fast ${fold.params.fast}, slow ${fold.params.slow}: [+-]`),
    );
  });
});

Deno.test("what does not fit into its span is left out, the set first", () => {
  const narrow = spansIn(optionOf(walkForwardStrip(walked, { size: { width: 400 } })));
  narrow.forEach(([{ name, label }]) => {
    // A third of the width of 360 pixels holds the set, and not its return besides.
    if (name === "In sample") assert.match(`${label.formatter}`, /^fast \d+, slow \d+$/);
    assert.equal(label.show, label.formatter !== "");
  });
});

Deno.test("Sharpe ratios stand over the days of the tests, in sample and out of it", () => {
  for (const [name, of] of [["In sample", "trained"], ["Tested", "sharpe"]] as const) {
    const data = seriesOf(option, name)[0].data as unknown as [number, number | null][];
    folds.forEach((fold, i) => {
      assert.deepEqual(data.slice(3 * i, 3 * i + 3), [
        [fold.testFrom, fold[of]],
        [fold.testTo, fold[of]],
        [fold.testTo, null],
      ]);
    });
  }
});

Deno.test("equity is that of all tests, beside holding over their days alone", () => {
  const line = (name: string) =>
    seriesOf(option, name)[0].data as unknown as [time: number, value: number][];
  const equity = line("out of sample"), last = equity.length - 1;
  assert.deepEqual(equity[0], [folds[0].testFrom, 10_000]);
  assert.ok(Math.abs(equity[last][1] / 10_000 - 1 - walked.totalReturn) < 1e-9);
  // Holding is bought at the open of each test, and sold at its last close.
  const held = folds.reduce((worth, { testFrom, testTo }) => {
    const rows = candles.rows().filter(({ time }) => time > testFrom && time <= testTo);
    return worth * rows[rows.length - 1].close / rows[0].open;
  }, 10_000);
  assert.ok(Math.abs(line("buy and hold")[last][1] - held) < 1e-6 * held);
});

Deno.test("the text tells what came of it; a notebook shows the picture, a script its text", async () => {
  const [title, about, numbers] = `${picture}`.split("\n");
  assert.equal(title, "Walk forward of sma_cross on ABC/EUR 1h");
  const short = "the last test is 19 days long, not 20: there the candles end";
  assert.match(about, new RegExp(` UTC · ${folds.length} windows · ${short}$`));
  assert.match(numbers, /^Out of sample: return [+-][\d.]+% · .* · efficiency -?[\d.—]+$/);
  const shown = await Reflect.get(walked, Symbol.for("Jupyter.display")).call(walked);
  assert.deepEqual(Object.keys(shown).sort(), ["image/png", "text/plain"]);
  assert.equal(Deno.inspect(walked), shown["text/plain"]);
});

Deno.test("what is no walk forward is refused", () => {
  assert.throws(
    () => walkForwardStrip({} as unknown as WalkForward),
    /write walkForwardStrip\(walked\) with what await walkForward/,
  );
});
