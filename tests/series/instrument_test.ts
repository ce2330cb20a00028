import assert from "node:assert/strict";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { resample } from "../../engine/market/resample.ts";
import { closeTime, openTime, type Timeframe } from "../../engine/market/timeframe.ts";
import { withInstruments } from "../../engine/market/with_instruments.ts";
import { close, high, low, Numeric, volume } from "../../engine/series/expression.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { crossesAbove } from "../../engine/series/operators/events/crosses.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { instrument } from "../../engine/series/operators/candles/instrument.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { Plan } from "../../engine/series/plan.ts";
import { madeCandles, madeTogether, OTHER } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluate } from "./evaluate.ts";

const TOGETHER = madeTogether({ rows: 4_000, seed: 21 }), BESIDE = TOGETHER.instruments![OTHER];

/** The other market's rows as if they were a market's own: unknown ones included. */
const ALONE = new Candles("1m", { ...TOGETHER, ...BESIDE, instruments: undefined }, undefined);

Deno.test("The other market's candle is that of the row's close time, unknown where there is none", () => {
  const own = madeCandles({ rows: 4_000, seed: 21 });
  const other = madeCandles({ rows: 4_000, seed: 1_021 });
  const byTime = new Map(other.rows().map((row) => [row.time, row]));
  for (const [column, field] of [[close, "close"], [high, "high"], [volume, "volume"]] as const) {
    const expected = own.time.map((time) => byTime.get(time)?.[field] ?? NaN);
    assertSameBits(evaluate(instrument(OTHER, column), TOGETHER), expected, field);
  }
  const unknown = BESIDE.close.filter((x) => x !== x).length;
  assert(unknown > 200 && unknown < 2_000, `${unknown} rows unknown`);
});

Deno.test("Every operator inside of instrument sees that market's columns, and no other", () => {
  const cases = [sma(close, 7), ema(close.minus(low), 5), atr(9), sma(close, 3).over(volume)];
  for (const x of cases) {
    assertSameBits(evaluate(instrument(OTHER, x), TOGETHER), evaluate(x, ALONE), x.op);
  }
  const cross = crossesAbove(sma(close, 3), sma(close, 9));
  assertSameBits(evaluate(instrument(OTHER, cross), TOGETHER), evaluate(cross, ALONE), "cross");
  // The market itself is seen as ever, also by the same expression.
  const both = instrument(OTHER, cases[0]).minus(cases[0]);
  const own = evaluate(cases[0], TOGETHER), others = evaluate(cases[0], ALONE);
  assertSameBits(evaluate(both, TOGETHER), others.map((x, i) => x - own[i]), "both");
  assertSameBits(evaluate(instrument(OTHER, instrument(OTHER, close)), TOGETHER), BESIDE.close, "");
});

/** Longer candles of the other market by the label of the run's own: of the rows that are there. */
function longerOnes(timeframe: Timeframe, isStrict: boolean): Map<number, Candle | undefined> {
  const rows = Map.groupBy(
    TOGETHER.time.keys(),
    (i) => closeTime(openTime(TOGETHER.time[i], "1m"), timeframe),
  );
  return new Map([...rows].map(([label, all]) => {
    const there = all.filter((i) => BESIDE.close[i] === BESIDE.close[i]);
    if (there.length === 0 || (isStrict && there.length < all.length)) return [label, undefined];
    const highs = there.map((i) => BESIDE.high[i]), lows = there.map((i) => BESIDE.low[i]);
    const amount = there.reduce((sum, i) => sum + Math.round(BESIDE.volume[i] * 1_000), 0) / 1_000;
    const traded = there.filter((i) => BESIDE.volume[i] > 0);
    const [first] = traded.length > 0 ? traded : there;
    return [label, {
      time: label,
      open: BESIDE.open[first],
      high: Math.max(...(traded.length > 0 ? traded.map((i) => BESIDE.high[i]) : highs)),
      low: Math.min(...(traded.length > 0 ? traded.map((i) => BESIDE.low[i]) : lows)),
      close: BESIDE.close[there.at(-1)!],
      volume: amount,
      trades: NaN,
      kind: "backfilled",
    }];
  }));
}

const FIELDS = [["close", close], ["low", low], ["high", high], ["volume", volume]] as const;

for (const timeframe of ["5m", "1h"] as const) {
  Deno.test(`A ${timeframe} candle of the other market closes with the market's own`, () => {
    const longer = resample(TOGETHER, timeframe), ones = longerOnes(timeframe, false);
    for (const [field, column] of FIELDS) {
      const expected = TOGETHER.time.map((time) => {
        const newest = longer.time.findLastIndex((label) => label <= time);
        return newest < 0 ? NaN : ones.get(longer.time[newest])?.[field] ?? NaN;
      });
      const found = evaluate(on(timeframe, instrument(OTHER, column)), TOGETHER);
      assertSameBits(found, expected, field);
      const turned = evaluate(instrument(OTHER, on(timeframe, column)), TOGETHER);
      assertSameBits(turned, expected, `${field}, the other way round`);
    }
  });

  Deno.test(`On a base clock, one of ${timeframe} that lacks a row is unknown`, () => {
    const strict = resample(TOGETHER, timeframe, { source: "strict" });
    const ones = longerOnes(timeframe, true);
    let unknown = 0;
    for (const [field, column] of FIELDS) {
      const plan = new Plan(
        { x: instrument(OTHER, column) },
        { timeframe, base: "1m", decimals: 2, chunk: TOGETHER.length },
      );
      plan.advance(TOGETHER, 0, TOGETHER.length);
      const expected = TOGETHER.time.map((time) => {
        const newest = strict.time.findLastIndex((label) => label <= time);
        return newest < 0 ? NaN : ones.get(strict.time[newest])?.[field] ?? NaN;
      });
      assertSameBits(plan.read("x"), expected, field);
      unknown = expected.filter((x) => x !== x).length;
    }
    assert(unknown < 3_000, `${unknown} rows unknown`);
  });
}

Deno.test("What both markets have goes together on a longer timeframe", () => {
  const ratio = close.over(instrument(OTHER, close));
  const inside = evaluate(on("5m", ratio), TOGETHER);
  const outside = evaluate(on("5m", close).over(on("5m", instrument(OTHER, close))), TOGETHER);
  assertSameBits(inside, outside, "ratio");
});

Deno.test("An operator that counts rows counts the run's, and knows nothing with one that is unknown", () => {
  const row = (time: number, price: number) => ({
    ...{ time: time * 60_000, open: price, high: price, low: price, close: price, volume: 1 },
    ...{ trades: 1, kind: "traded" as const },
  });
  const own = Candles.fromRows("1m", [1, 2, 3, 4, 5, 6, 7].map((n) => row(n, 10)));
  const other = Candles.fromRows(
    "1m",
    [[1, 2], [2, 4], [4, 8], [5, 16], [6, 32]].map(
      ([time, price]) => row(time, price),
    ),
  );
  const together = withInstruments(own, { ETH: other });
  const mean = evaluate(instrument("ETH", sma(close, 2)), together);
  assert.deepEqual([...mean], [NaN, 3, NaN, NaN, 12, 24, NaN]);
});

Deno.test("A symbol is a text, and the first argument", () => {
  const refused = (make: () => unknown, message: string | RegExp) =>
    assert.throws(make, { name: "InputError", message });
  const swapped = instrument as unknown as (...args: unknown[]) => unknown;
  refused(
    () => swapped(close, "ETH/USDT"),
    'instrument takes the symbol first: instrument("ETH/USDT", close)',
  );
  refused(() => instrument("", close), /must be a symbol/);
  refused(() => instrument(" ETH", close), /must be a symbol/);
  refused(() => swapped("ETH/USDT", "close"), /write close without quotes/);
  const parameter = new Numeric({ op: "param", args: { name: "symbol" }, sort: "scalar" });
  const plan = () =>
    new Plan(
      { x: new Numeric({ op: "instrument", inputs: [close], args: { symbol: parameter } }) },
      {
        timeframe: "1m",
        decimals: 2,
        parameters: { symbol: "ETH/USDT" },
      },
    );
  refused(plan, "instrument: symbol is a parameter, but must be a text: it says what a run needs");
  refused(
    () => evaluate(instrument("ETH/BTC", close), TOGETHER),
    /^The candles of ETH\/BTC are missing, which instrument\("ETH\/BTC", …\) reads: give/,
  );
});
