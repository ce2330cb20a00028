import assert from "node:assert/strict";
import { chart } from "../../engine/charts/chart.ts";
import type { ChartOptions } from "../../engine/charts/chart_options.ts";
import { compare } from "../../engine/charts/compare.ts";
import { monthlyReturns } from "../../engine/charts/monthly_returns.ts";
import { excursions } from "../../engine/charts/excursions.ts";
import { returnsHistogram } from "../../engine/charts/returns_histogram.ts";
import { rollingSharpe } from "../../engine/charts/rolling_sharpe.ts";
import { underwater } from "../../engine/charts/underwater.ts";
import { yearlyReturns } from "../../engine/charts/yearly_returns.ts";
import { InputError } from "../../engine/market/errors.ts";
import { candlesToFrame } from "../../engine/market/frame.ts";
import type { Result } from "../../engine/research/result.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { sameBytes } from "./pixels.ts";
import { waves } from "../research/waves.ts";

const result = backtest(smaCross, waves(200));

/** Options as a notebook gives them, whose cells nobody checks the types of. */
const untyped = (options: object) => options as ChartOptions;

/** What a notebook may give instead of a result. */
const any = (given: unknown) => given as Result & Result[];

/** Each mistake, and the message that mends it. */
const MISTAKES: readonly [draw: () => unknown, message: RegExp][] = [
  [
    () => chart(result, untyped({ form: 0 })),
    /^chart has no option "form": did you mean "from"/,
  ],
  [() => chart(result, untyped({ theme: "drak" })), /theme must be light or dark, not "drak"/],
  [() => chart(result, { size: { width: 99 } }), /size\.width must be 360 to 8000 pixels, not 99/],
  [
    () => chart(result, untyped({ size: { hieght: 500 } })),
    /^size has no option "hieght": did you mean "height"/,
  ],
  [
    () => chart(result, untyped({ panes: ["volumes"] })),
    /"volumes" is not a pane: did you mean "volume"/,
  ],
  [() => chart(result, { panes: [] }), /panes is empty/],
  [
    () => chart(result, { place: { quik: "own" } }),
    /^place has no option "quik": did you mean "quick"/,
  ],
  [
    () => chart(result, untyped({ place: { quick: "below" } })),
    /place\.quick must be price, own, hidden/,
  ],
  [() => chart(result, { from: "2024-13-01" }), /from: "2024-13-01" is no time/],
  [
    () => chart(result, { from: "2024-02-01" }),
    /no candle lies between from and to; there are some from 2024-01-01 00:00 to 2024-01-09 08:00/,
  ],
  [() => chart(waves(3).slice(0, 0)), /there are no candles at all/],
  [() => compare([]), /Cannot compare 0 results: give 1 to 6/],
  [() => compare([result], { names: ["a", "b"] }), /one for each of 1 results, not 2/],
  [() => monthlyReturns(result, untyped({ from: 1 })), /^monthlyReturns has no option "from"/],
  [() => returnsHistogram(backtest(smaCross, waves(5))), /no trade was closed/],
  [() => chart(result, untyped({ scale: "ln" })), /scale must be linear or log, not "ln"/],
  [() => compare([result], untyped({ buyAndHold: "no" })), /buyAndHold must be true or false/],
  [() => compare([result], untyped({ names: "a" })), /names must be a list.*not the text "a"/],
  [() => chart(result, { size: { height: 250 } }), /size\.height must be \d+ pixels or more/],
  [() => monthlyReturns(result, { size: { width: 500 } }), /size\.width must be \d+ pixels or/],
  [() => compare([result], { size: { width: 450 } }), /size\.width must be \d+ pixels or more/],
  [() => returnsHistogram(result, { size: { height: 200 } }), /size\.height must be \d+ pixels/],
  [() => chart(any(smaCross)), /Cannot draw the strategy sma_cross: give chart\(…\) a result/],
  [() => chart(any([result])), /Cannot draw a list of 1 value: give chart/],
  [() => chart(any(undefined)), /Cannot draw undefined/],
  [() => compare(any(result)), /Cannot draw a result: results go in a list, compare\(\[one/],
  [() => compare(any([result, smaCross])), /Cannot draw the strategy sma_cross: write compare/],
  [() => monthlyReturns(any(waves(9))), /Cannot draw candles: write monthlyReturns\(result\)/],
  [() => chart(result, untyped(["dark"])), /^chart takes its options by name/],
  [() => returnsHistogram(result, untyped({ by: "days" })), /^returnsHistogram has no option "by"/],
  [
    () => compare([result], untyped({ name: ["a"] })),
    /^compare has no option "name": did you mean/,
  ],
  [
    () => compare([result], untyped({ metrics: ["sharp"] })),
    /"sharp" is no metric: did you mean "sharpe"\?/,
  ],
  [() => compare([result], { metrics: [] }), /metrics must be a list of names, not a list of 0/],
  [() => compare([result, result], { names: ["a", "a"] }), /two results are called "a"/],
  [() => chart(result, untyped({ panes: "price" })), /panes must be a list/],
  [() => chart(waves(9), { panes: ["equity", "drawdown"] }), /nothing to show in equity, drawdown/],
  [() => chart(waves(9), { place: { quick: "own" } }), /place names series, but here are none/],
  [() => chart(result, untyped({ heading: "no" })), /heading must be true or false, not "no"/],
  [() => underwater(result, { count: 0 }), /count must be a whole number of 1 or more, not 0/],
  [() => underwater(any(waves(9))), /Cannot draw candles: write underwater\(result\)/],
  [() => rollingSharpe(result, { window: 99 }), /over 99 days: the candles have 9 UTC days/],
  [() => rollingSharpe(result, untyped({ days: 9 })), /^rollingSharpe has no option "days"/],
  [() => excursions(backtest(smaCross, waves(5))), /Cannot draw excursions: no trade was closed/],
  [() => excursions(result, { size: { height: 200 } }), /size\.height must be \d+ pixels/],
  [() => yearlyReturns(result, untyped({ of: 1 })), /^yearlyReturns has no option "of"/],
  [() => returnsHistogram(any([result])), /Cannot draw a list of 1 value: write returnsHistogram/],
];

Deno.test("a mistaken option is refused at once, with what was found and what is allowed", () => {
  for (const [draw, message] of MISTAKES) {
    assert.throws(
      draw,
      (error) => error instanceof InputError && message.test(error.message),
      `${message}`,
    );
  }
});

Deno.test("from, to, panes, place, size and title are taken", async () => {
  const picture = chart(result, {
    from: "2024-01-02",
    to: new Date("2024-01-03"),
    panes: ["equity", "price", "series"],
    place: { quick: "own", steady: "hidden" },
    size: { width: 640 },
    title: "Just a day",
  });
  assert.match(`${picture}`, /^Just a day\n2024-01-02 to 2024-01-03 UTC · 24 of 200 1h candles\n/);
  const svg = await picture.svg(), at = (text: string) => svg.indexOf(`>${text}<`);
  assert.match(svg, /^<svg width="640"/);
  assert.ok(0 < at("Price") && at("Price") < at("quick") && at("quick") < at("Equity"));
  for (const absent of ["steady", "Volume", "Drawdown, %"]) assert.equal(at(absent), -1, absent);
});

Deno.test("a pane that is low by itself is drawn in a picture of the least height", async () => {
  const plain = strategy("plain", {}, { build: (_, { close }) => ({ enterLong: close.above(0) }) });
  assert.match(await chart(result.candles, { panes: ["volume"] }).svg(), /height="200"/);
  const without = () => chart(backtest(plain, waves(9)), { panes: ["series"] });
  assert.throws(without, { name: "InputError", message: /nothing to show in series: name more/ });
});

Deno.test("the scale of a PNG is checked as other options are", async () => {
  const png = (options: object) => chart(result).png(options);
  await assert.rejects(png({ scael: 1 }), { message: /^png has no option "scael": did you mean/ });
  for (const scale of [0, -1, NaN, 99]) {
    await assert.rejects(png({ scale }), { name: "InputError", message: /scale is .* above 0/ });
  }
});

Deno.test("the least size that a message names is enough", () => {
  const draws = [
    (size: object) => chart(result, { size }),
    (size: object) => compare([result], { size }),
    (size: object) => monthlyReturns(result, { size }),
    (size: object) => returnsHistogram(result, { size }),
    (size: object) => underwater(result, { size }),
    (size: object) => rollingSharpe(result, { size }),
    (size: object) => yearlyReturns(result, { size }),
    (size: object) => excursions(result, { size }),
  ];
  for (const draw of draws) {
    for (const side of ["width", "height"]) {
      let size = 1;
      for (let least; (least = leastOf(() => draw({ [side]: size }))) !== undefined; size = least) {
        assert.ok(least > size);
      }
      assert.notEqual(leastOf(() => draw({ [side]: size - 1 })), undefined);
    }
  }
});

/** The number that an error asks for; `undefined` if there is none. */
function leastOf(draw: () => unknown): number | undefined {
  try {
    draw();
  } catch (error) {
    assert.ok(error instanceof InputError);
    return Number(/must be (\d+)/.exec(error.message)?.[1]);
  }
}

Deno.test("a danfo frame of candles is drawn as the candles are", async () => {
  const { candles } = result, frame = await candlesToFrame(candles);
  assert.ok(sameBytes(await chart(frame).png(), await chart(candles).png()));
});
