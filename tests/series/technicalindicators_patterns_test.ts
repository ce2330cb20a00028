/** What the catalogue notes of the candlestick patterns of technicalindicators, proven on made candles. */
import assert from "node:assert/strict";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import { columnsOf } from "./evaluate.ts";
import { last, note, unproven } from "./note.ts";

const EQUAL =
  /^prices within 0\.1 % of each other count as equal, which on short timeframes nearly/;
const one = (open: number, high: number, low: number, close: number) =>
  columnsOf({ open: [open], high: [high], low: [low], close: [close] });

note(["doji", "dragonflydoji", "gravestonedoji"], EQUAL, () => {
  assert.deepEqual([last(indicator("doji"), one(100, 102, 98, 100.09))], [1]);
  assert.deepEqual([last(indicator("doji"), one(100, 102, 98, 100.11))], [0]);
  assert.equal(last(indicator("dragonflydoji"), one(100, 100.09, 98, 100.05)), 1);
  assert.equal(last(indicator("gravestonedoji"), one(100, 102, 99.95, 100.05)), 1);
});

const BODIES = [
  "bullishmarubozu",
  "bearishmarubozu",
  "bullishhammerstick",
  "bearishhammerstick",
  "bullishinvertedhammerstick",
  "bearishinvertedhammerstick",
];

note(BODIES, EQUAL, () => {
  const rising = one(100, 101.09, 99.91, 101), falling = one(101, 101.09, 99.91, 100);
  assert.equal(last(indicator("bullishmarubozu"), rising), 1);
  assert.equal(last(indicator("bearishmarubozu"), falling), 1);
  assert.equal(last(indicator("bullishmarubozu"), one(100, 101.2, 99.91, 101)), 0);
  assert.equal(last(indicator("bullishhammerstick"), one(100, 101.09, 97, 101)), 1);
  assert.equal(last(indicator("bearishhammerstick"), one(101, 101.09, 97, 100)), 1);
  assert.equal(last(indicator("bullishinvertedhammerstick"), one(100, 104, 99.91, 101)), 1);
  assert.equal(last(indicator("bearishinvertedhammerstick"), one(101, 104, 99.91, 100)), 1);
});

/** The middle candle opens and closes 0.09 % apart, which is a doji: without that it is no pattern. */
const stars = (
  name: "abandonedbaby" | "eveningdojistar" | "morningdojistar",
  candles: number[][],
) => {
  const columns = (rows: number[][]) => {
    const [open, high, low, close] = [0, 1, 2, 3].map((n) => rows.map((row) => row[n]));
    return columnsOf({ open, high, low, close });
  };
  assert.equal(last(indicator(name), columns(candles)), 1, name);
  const [a, [o, h, l], c] = candles;
  assert.equal(last(indicator(name), columns([a, [o, h, l, o - 0.2], c])), 0, name);
};

note(["abandonedbaby", "eveningdojistar", "morningdojistar"], EQUAL, () => {
  stars("abandonedbaby", [[120, 121, 109, 110], [100, 101, 99, 99.91], [103, 115, 102, 112]]);
  stars("morningdojistar", [[120, 121, 109, 110], [100, 101, 99, 99.91], [103, 120, 102, 118]]);
  stars("eveningdojistar", [[90, 96, 89, 95], [100, 101, 99, 99.91], [98, 98.5, 85, 86]]);
});

note(["bullishharamicross", "bearishharamicross"], EQUAL, () => {
  const cross = (
    name: "bullishharamicross" | "bearishharamicross",
    rising: boolean,
    gap: number,
  ) => {
    const first = rising ? [90, 110] : [110, 90], second = rising ? 100 - gap : 100 + gap;
    return last(
      indicator(name),
      columnsOf({
        open: [first[0], 100],
        close: [first[1], second],
        high: [112, 101],
        low: [88, 99],
      }),
    );
  };
  assert.deepEqual([0.09, 0.2].map((gap) => cross("bullishharamicross", false, gap)), [1, 0]);
  assert.deepEqual([0.09, 0.2].map((gap) => cross("bearishharamicross", true, gap)), [1, 0]);
});

const AS_TEXT =
  /^the trend before it is told by comparing average moves as texts, for which "10" is less than "9"$/;

/** The candles (open, high, low, close) that complete a pattern once the trend is right. */
const HAMMER = [104, 105, 98, 105], STAR = [104, 110, 104, 105];
const FALL = [104, 104.5, 99, 100], RISE = [104, 108, 104, 107];
const WIDE = [104, 110, 90, 105];
const ENDINGS = {
  tweezertop: [WIDE, WIDE],
  bearish: [WIDE, WIDE],
  hangingman: [HAMMER, FALL],
  hangingmanunconfirmed: [HAMMER],
  shootingstar: [STAR, FALL],
  shootingstarunconfirmed: [STAR],
  tweezerbottom: [WIDE, WIDE],
  bullish: [WIDE, WIDE],
  hammerpattern: [HAMMER, RISE],
  hammerpatternunconfirmed: [HAMMER],
};

type Ending = keyof typeof ENDINGS;

note(Object.keys(ENDINGS) as Ending[], AS_TEXT, () => {
  for (const name of Object.keys(ENDINGS) as Ending[]) {
    // The average moves are 10 and 9 in the first case, 8 and 7 in the second, which is told right.
    assert.deepEqual([afterTrend(name, 10, 9), afterTrend(name, 8, 7)], [0, 1], name);
  }
});

/** A pattern after candles that move by `most` on average towards the trend, and back by `least`. */
function afterTrend(name: Ending, most: number, least: number): number | undefined {
  const ending = ENDINGS[name], moves = 4 - ending.length;
  const sign = /hammer|bottom|bullish/.test(name) ? -1 : 1;
  const peak = 100 + sign * most * moves, end = peak - sign * least * moves;
  const before = [100, peak, end, end].slice(0, moves + 1).map((
    close,
  ) => [close, close, close, close]);
  const rows = [...before, ...ending];
  const [open, high, low, close] = [0, 1, 2, 3].map((n) => rows.map((row) => row[n]));
  return last(indicator(name), columnsOf({ open, high, low, close }));
}

note(
  ["bullishspinningtop", "bearishspinningtop"],
  /^does not look at whether the candle rose or/,
  () => {
    for (const candle of [one(100, 104, 96, 101), one(101, 104, 96, 100)]) {
      assert.equal(last(indicator("bullishspinningtop"), candle), 1);
      assert.equal(last(indicator("bearishspinningtop"), candle), 1);
    }
  },
);

Deno.test("Each note on a pattern is proven here", () => {
  assert.deepEqual(unproven("kernel"), []);
});
