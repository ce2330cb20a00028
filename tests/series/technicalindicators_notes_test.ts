/** What the catalogue notes of the indicators of technicalindicators, proven beside our own operators. */
import assert from "node:assert/strict";
import {
  close,
  type Expression,
  high,
  low,
  Numeric,
  open,
  volume,
} from "../../engine/series/expression.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import { atr } from "../../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../../engine/series/operators/volatility/bollinger.ts";
import { change } from "../../engine/series/operators/rows/change.ts";
import { crossesAbove, crossesBelow } from "../../engine/series/operators/events/crosses.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { ema } from "../../engine/series/operators/averages/ema.ts";
import { highest, lowest } from "../../engine/series/operators/statistics/extremes.ts";
import { lag } from "../../engine/series/operators/rows/lag.ts";
import { macd } from "../../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { sum } from "../../engine/series/operators/statistics/sum.ts";
import { trueRange } from "../../engine/series/operators/volatility/true_range.ts";
import { where } from "../../engine/series/operators/conditions/where.ts";
import { wilder } from "../../engine/series/operators/averages/wilder.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { columnsOf, evaluate, evaluateAll } from "./evaluate.ts";
import { last, note, unproven } from "./note.ts";

const CANDLES = madeCandles({ rows: 5_000, seed: 29 });
const values = close, U = NaN;
const CALM = columnsOf({
  open: Array(80).fill(7),
  high: Array(80).fill(7),
  low: Array(80).fill(7),
  close: Array(80).fill(7),
  volume: Array(80).fill(3),
});

/** The same rows are known, and their values are as near as `most`, relative to what is usual. */
function assertNear(theirs: Expression, ours: Expression, most = 1e-9, candles = CANDLES): void {
  const { theirs: found, ours: expected } = evaluateAll({ theirs, ours }, candles);
  const size = Math.max(...expected.map((value) => Math.abs(value) || 0));
  found.forEach((value, i) => {
    const near = value !== value
      ? expected[i] !== expected[i]
      : Math.abs(value - expected[i]) <= most * size;
    assert(near, `row ${i} is ${value}, not ${expected[i]}`);
  });
  assert(found.filter((value) => value === value).length > found.length / 2);
}

const over = (expression: Expression, ...rows: number[]) => [
  ...evaluate(expression, columnsOf({ close: rows })),
];
const abs = (x: Numeric) => where(x.below(0), x.times(-1), x);

note(
  ["SMA", "Sum"],
  /^sums doubles as they come and go, so that it drifts and ties get lost$/,
  () => {
    const SMA = (period: number) => indicator("SMA", { values, period });
    assertNear(SMA(20), sma(close, 20));
    assertNear(indicator("Sum", { values, period: 20 }), sum(close, 20));
    const tied = evaluate(sma(close, 10).equals(sma(close, 20)), CANDLES);
    const lost = evaluate(SMA(10).equals(SMA(20)), CANDLES).filter((tie, i) =>
      tied[i] === 1 && tie === 0
    );
    assert(lost.length > 5, `${lost.length} ties are lost`);
    const exact = evaluate(sum(close, 20), CANDLES);
    const sums = evaluate(indicator("Sum", { values, period: 20 }), CANDLES);
    assert(sums.filter((value, i) => value !== exact[i]).length > CANDLES.length / 2);
  },
);

note("EMA", /^as ema but for rounding; .* exactly 0, the last of them counts twice$/, () => {
  assertNear(indicator("EMA", { values, period: 12 }), ema(close, 12));
  assert.deepEqual(over(indicator("EMA", { values, period: 2 }), -1, 1), [U, 2 / 3]);
});

note("WEMA", /^Wilder's average: as wilder but for rounding$/, () => {
  assertNear(indicator("WEMA", { values, period: 12 }), wilder(close, 12));
});

note(
  "SD",
  /^of a population: as deviation but for rounding; .* value before it is repeated$/,
  () => {
    assertNear(indicator("SD", { values, period: 12 }), deviation(close, 12), 1e-7);
    assert.deepEqual(over(indicator("SD", { values, period: 2 }), 1, 3, -3), [U, 1, 1]);
  },
);

note("BollingerBands", /^as bollinger but for rounding; .* the row before it is repeated$/, () => {
  const theirs = indicator("BollingerBands", { values }), ours = bollinger(close);
  for (const line of ["upper", "middle", "lower"] as const) assertNear(theirs[line], ours[line]);
  const share = close.minus(theirs.lower).over(theirs.upper.minus(theirs.lower));
  assertSameBits(evaluate(theirs.pb, CANDLES), evaluate(share, CANDLES), "pb");
  assert.deepEqual(over(indicator("BollingerBands", { values, period: 2 }).upper, 1, 3, -3), [
    U,
    4,
    4,
  ]);
});

note("Highest", /^takes 0 for the highest of negative numbers$/, () => {
  assertNear(indicator("Highest", { values, period: 9 }), highest(close, 9));
  assert.deepEqual(over(indicator("Highest", { values, period: 2 }), -3, -2, -1), [U, 0, 0]);
});

note("AverageGain", /^Wilder's average of the moves up, those down counting as 0$/, () => {
  const up = where(change(close).above(0), change(close), 0);
  assertNear(indicator("AverageGain", { values }), wilder(up, 14));
});

note("AverageLoss", /^Wilder's average of the moves down as positive numbers/, () => {
  const down = where(change(close).below(0), change(close).times(-1), 0);
  assertNear(indicator("AverageLoss", { values }), wilder(down, 14));
});

note(
  "IchimokuCloud",
  /displacement shifts nothing, .* if it is the longest; .* no lagging span/,
  () => {
    const middle = (window: number) => highest(high, window).plus(lowest(low, window)).over(2);
    const cloud = indicator("IchimokuCloud"), all = { conversion: middle(9), base: middle(26) };
    const rows = { ...all, spanA: all.conversion.plus(all.base).over(2), spanB: middle(52) };
    const { known, ...lines } = evaluateAll({ ...rows, known: middle(52) }, CANDLES);
    for (const [name, line] of Object.entries(lines)) {
      const expected = line.map((value, i) => known[i] === known[i] ? value : NaN);
      assertSameBits(evaluate(cloud[name as keyof typeof rows], CANDLES), expected, name);
    }
    assert.deepEqual(Object.keys(cloud), Object.keys(rows));
    const late = evaluate(indicator("IchimokuCloud", { displacement: 60 }).spanA, CANDLES);
    assertSameBits(late.slice(59), lines.spanA.slice(59), "spanA");
    assert(late.slice(0, 59).every(Number.isNaN));
  },
);

note("RSI", /^as rsi, rounded to two decimals; 100 where nothing has moved$/, () => {
  const { theirs, ours } = evaluateAll(
    { theirs: indicator("RSI", { values }), ours: rsi(close) },
    CANDLES,
  );
  theirs.forEach((value, i) => {
    if (ours[i] !== ours[i]) return assert(value !== value);
    assert(Math.abs(value - ours[i]) < 0.005 + 1e-9, `row ${i}: ${value}, ${ours[i]}`);
    assert.equal(value, Math.round(value * 100) / 100);
  });
  assert.deepEqual([last(indicator("RSI", { values }), CALM), last(rsi(close), CALM)], [100, U]);
});

note(
  "StochasticRSI",
  /^of an RSI that is rounded to two decimals; 0 while that does not move$/,
  () => {
    const rounded = indicator("RSI", { values }),
      { stochRSI, k, d } = indicator("StochasticRSI", { values });
    const [top, bottom] = [highest(rounded, 14), lowest(rounded, 14)];
    const place = where(
      top.equals(bottom),
      0,
      rounded.minus(bottom).over(top.minus(bottom)).times(100),
    );
    const begun = d.atMost(101), from = (x: Numeric) => where(begun, x, NaN);
    assertNear(stochRSI, from(place));
    assertNear(k, from(sma(place, 3)));
    assertNear(d, sma(sma(place, 3), 3));
    assert.equal(last(stochRSI, CALM), 0);
  },
);

note(
  "MACD",
  /^the fast average starts on its own first rows, .* a signal of exactly 0 is unknown$/,
  () => {
    const theirs = indicator("MACD", { values }), ours = macd(close);
    const { line, MACD, own } = evaluateAll(
      { line: ours.line, MACD: theirs.MACD, own: ema(close, 12).minus(ema(close, 26)) },
      CANDLES,
    );
    const apart = MACD.map((value, i) => Math.abs(value - line[i]));
    assert(apart[40] > 1e-4 && apart[300] < 1e-9, `${apart[40]}, ${apart[300]}`);
    MACD.forEach((value, i) => assert(i < 25 || Math.abs(value - own[i]) < 1e-9));
    assert.deepEqual([last(theirs.MACD, CALM), last(theirs.signal, CALM)], [0, U]);
  },
);

note("ROC", /^in per cent: 1 is 1 %$/, () => {
  assertNear(indicator("ROC", { values }), close.over(lag(close, 12)).minus(1).times(100));
});

note("KST", /^a signal of exactly 0 is unknown$/, () => {
  const roc = (window: number) => close.over(lag(close, window)).minus(1).times(100);
  const { kst, signal } = indicator("KST", { values });
  const ours = sma(roc(10), 10).plus(sma(roc(15), 10).times(2)).plus(sma(roc(20), 10).times(3))
    .plus(sma(roc(30), 15).times(4));
  assertNear(kst, ours);
  assertNear(signal, sma(ours, 9));
  assert.deepEqual([last(kst, CALM), last(signal, CALM)], [0, U]);
});

note("TRIX", /^in per cent; a change of exactly 0 is unknown$/, () => {
  const smooth = ema(ema(ema(close, 18), 18), 18);
  assertNear(indicator("TRIX", { values }), change(smooth).over(lag(smooth)).times(100), 1e-7);
  assert.equal(last(indicator("TRIX", { values }), CALM), U);
});

note("Stochastic", /^0 where the highest high is the lowest low; takes 0 for the highest/, () => {
  const { k, d } = indicator("Stochastic"), top = highest(high, 14), bottom = lowest(low, 14);
  const ours = where(top.equals(bottom), 0, close.minus(bottom).over(top.minus(bottom)).times(100));
  assertNear(k, ours);
  assertNear(d, sma(ours, 3));
  assert.equal(last(k, CALM), 0);
  const below = { high: [-1, -1], low: [-3, -3], close: [-2, -2] };
  assert(
    Math.abs(last(indicator("Stochastic", { period: 2 }).k, columnsOf(below))! - 100 / 3) < 1e-9,
  );
});

note(
  "WilliamsR",
  /^unknown where the highest high is the lowest low; takes 0 for the highest/,
  () => {
    const top = highest(high, 14), range = top.minus(lowest(low, 14));
    assertNear(indicator("WilliamsR"), top.minus(close).over(range).times(-100));
    assert.equal(last(indicator("WilliamsR"), CALM), U);
    const below = { high: [-1, -1], low: [-4, -4], close: [-2, -2] };
    assert.equal(last(indicator("WilliamsR", { period: 2 }), columnsOf(below)), -50);
  },
);

note("CCI", /^unknown where the price has not moved$/, () => {
  const typical = high.plus(low).plus(close).over(3), mean = sma(typical, 20);
  const offs = Array.from({ length: 20 }, (_, age) => {
    return abs((age === 0 ? typical : lag(typical, age)).minus(mean));
  });
  const off = offs.reduce((sum, one) => sum.plus(one)).over(20);
  assertNear(indicator("CCI"), typical.minus(mean).over(off.times(0.015)));
  assert.equal(last(indicator("CCI"), CALM), U);
});

note("PSAR", /^takes the trend for rising at first, and begins at the first low$/, () => {
  const falling = columnsOf({ high: [9, 8, 4], low: [8, 7, 3] });
  // The low 7 breaks the first low, 8, at once: from there on it falls from the highest high.
  const found = evaluate(indicator("PSAR"), falling);
  assert.deepEqual([...found.slice(0, 2)], [8, 9]);
});

note("TrueRange", /^as trueRange$/, () => {
  assertSameBits(
    evaluate(indicator("TrueRange"), CANDLES),
    evaluate(trueRange(), CANDLES),
    "range",
  );
});

note("ATR", /^as atr but for rounding$/, () => assertNear(indicator("ATR"), atr(14)));

note(
  "ADX",
  /begin with adx; adx stays unknown for good if nothing moves .* the period and one$/,
  () => {
    const { adx, pdi, mdi } = indicator("ADX"), up = change(high), down = change(low).times(-1);
    const plus = where(up.above(down).and(up.above(0)), up, 0);
    const minus = where(down.above(up).and(down.above(0)), down, 0);
    const share = (x: Numeric) => wilder(x, 14).over(wilder(trueRange(), 14)).times(100);
    const [ours, theirs] = [share(plus), share(minus)];
    const index = wilder(abs(ours.minus(theirs)).over(ours.plus(theirs)).times(100), 14);
    const begun = (x: Numeric) => where(index.above(-1), x, NaN);
    assertNear(adx, index);
    assertNear(pdi, begun(ours));
    assertNear(mdi, begun(theirs));
    const after = (calm: number) => {
      const prices = Array.from({ length: 90 }, (_, i) => i < calm ? 7 : 7 + Math.sin(i));
      const candles = columnsOf({ high: prices, low: prices, close: prices });
      return evaluate(adx, candles).slice(50).some((value) => value === value);
    };
    assert.deepEqual([after(14), after(15)], [true, false]);
  },
);

note(["CrossUp", "CrossDown"], /^true on the first row if the lines already lie so; /, () => {
  for (const [theirs, ours] of [["CrossUp", crossesAbove], ["CrossDown", crossesBelow]] as const) {
    const lineA = close, lineB = sma(close, 9).plus(0);
    const found = evaluate(indicator(theirs, { lineA, lineB }), CANDLES);
    const own = evaluate(ours(lineA, lineB), CANDLES);
    assertSameBits(found.slice(9), own.slice(9), theirs);
    const already = indicator(theirs, { lineA: close, lineB: open });
    const lines = theirs === "CrossUp" ? { close: [2], open: [1] } : { close: [1], open: [2] };
    assert.deepEqual([...evaluate(already, columnsOf(lines))], [1]);
    assert.deepEqual([...evaluate(ours(close, open), columnsOf(lines))], [0]);
  }
});

note("ADL", /^rounded to whole numbers; .* as one that closed on its high; it adds up/, () => {
  let total = 0;
  const found = evaluate(indicator("ADL"), CANDLES);
  for (const [i, { high, low, close, volume }] of CANDLES.rows().entries()) {
    const range = high - low;
    total += range === 0 ? volume : (close - low - (high - close)) / range * volume;
    assert(Math.abs(found[i] - total) <= 0.5 + 1e-6 && Number.isInteger(found[i]), `row ${i}`);
  }
  assert.equal(last(indicator("ADL"), CALM), 3 * CALM.length);
});

note("OBV", /^unknown on the first row, whose volume is left out; its level depends/, () => {
  const rows = { close: [5, 6, 6, 4], volume: [1, 2, 4, 8] };
  assert.deepEqual([...evaluate(indicator("OBV"), columnsOf(rows))], [U, 2, 2, -6]);
});

note("MFI", /^rounded to two decimals; leaves out the first row; .* counts as falling/, () => {
  const typical = high.plus(low).plus(close).over(3), flow = typical.times(volume);
  const { price, money, found } = evaluateAll(
    { price: typical, money: flow, found: indicator("MFI", { period: 3 }) },
    CANDLES,
  );
  const up = [1, 2, 3, 4, 5], rising = columnsOf({ high: up, low: up, close: up, volume: up });
  const begins = evaluate(indicator("MFI", { period: 3 }), rising);
  assert.deepEqual([...begins], [U, U, U, U, 100]);
  let ties = 0;
  for (let i = 4; i < CANDLES.length; i++) {
    let up = 0, all = 0;
    for (let j = i - 2; j <= i; j++) {
      all += money[j];
      if (price[j] > price[j - 1]) up += money[j];
      else if (price[j] === price[j - 1] && money[j] > 0) ties++;
    }
    if (all > 0 && up < all) assert(Math.abs(found[i] - 100 * up / all) < 0.0051, `row ${i}`);
  }
  assert(ties > 50, `only ${ties} ties`);
});

note("VWAP", /^from the first row of the run on: it begins anew with no day$/, () => {
  const found = evaluate(indicator("VWAP"), CANDLES);
  let paid = 0, traded = 0;
  for (const [i, { high, low, close, volume }] of CANDLES.rows().entries()) {
    paid += (high + low + close) / 3 * volume;
    traded += volume;
    assert(Math.abs(found[i] - paid / traded) < 1e-9 * found[i], `row ${i}`);
  }
});

Deno.test("Those without a note are what their name says", () => {
  const middle = high.plus(low).over(2);
  const weighted = [1, 2, 3].map((age) => lag(close, age).times(4 - age))
    .reduce((sum, part) => sum.plus(part), close.times(4)).over(10);
  assertNear(indicator("WMA", { values, period: 4 }), weighted);
  assertNear(indicator("Lowest", { values, period: 9 }), lowest(close, 9));
  const keltner = indicator("KeltnerChannels"), line = ema(close, 20);
  assertNear(keltner.upper, line.plus(atr(10)));
  assertNear(keltner.middle, line);
  assertNear(keltner.lower, line.minus(atr(10)));
  const exit = indicator("ChandelierExit");
  assertNear(exit.exitLong, highest(high, 22).minus(atr(22).times(3)));
  assertNear(exit.exitShort, lowest(low, 22).plus(atr(22).times(3)));
  assertNear(indicator("AwesomeOscillator"), sma(middle, 5).minus(sma(middle, 34)));
  assertNear(indicator("ForceIndex", { period: 13 }), ema(change(close).times(volume), 13));
  const ashi = indicator("HeikinAshi"), known = lag(close).above(0);
  assertNear(ashi.close, open.plus(high).plus(low).plus(close).over(4));
  assertNear(where(known, ashi.open, NaN), lag(ashi.open).plus(lag(ashi.close)).over(2));
});

Deno.test("Each note is proven here", () => assert.deepEqual(unproven("replayed"), []));
