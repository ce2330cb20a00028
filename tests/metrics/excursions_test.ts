import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reason } from "../../engine/account/ledger.ts";
import { Candles } from "../../engine/market/candles.ts";
import { excursions, type Held } from "../../engine/metrics/excursions.ts";
import { assertProperty } from "../support/property.ts";
import { HOUR, START } from "./made_performance.ts";

/** Hours of open, high, low, close; the first opens at START. */
const hours = (...prices: [number, number, number, number][]) =>
  Candles.fromRows(
    "1h",
    prices.map(([open, high, low, close], i) => {
      const time = START + (i + 1) * HOUR;
      return { time, open, high, low, close, volume: 1, trades: 1, kind: "traded" as const };
    }),
  );

const FIVE = hours(
  [100, 160, 40, 100],
  [100, 110, 90, 105],
  [105, 130, 100, 120],
  [120, 125, 80, 85],
  [85, 150, 50, 90],
);

const held = (
  side: "long" | "short",
  [entry, entryPrice]: [number, number],
  [exit, exitPrice]: [number, number],
  reason: Reason = "signal",
): Held => ({
  side,
  entryTime: START + entry * HOUR,
  entryPrice,
  exitTime: START + exit * HOUR,
  exitPrice,
  reason,
});

/**
 * What is held at the closes: a trade up to its exit and, if it was closed at an open, on the close of the
 * same time too.
 */
function closesOf({ side, entryTime, exitTime }: Held, { time }: Candles, atOpen = false) {
  const isHeld = (at: number) => at >= entryTime && (atOpen ? at <= exitTime : at < exitTime);
  return { position: time.map((at) => isHeld(at) ? side === "long" ? 1 : -1 : 0) };
}

/** A trade, and how far the price went against it and for it. */
const BY_HAND: [string, Held, number, number][] = [
  ["from open to open, over two candles", held("long", [1, 100], [3, 120]), -0.1, 0.3],
  ["the same short", held("short", [1, 100], [3, 120]), -0.3, 0.1],
  ["filled at closes, the candles between", held("long", [2, 105], [4, 85]), -25 / 105, 25 / 105],
  ...(["timeStop", "maxDrawdown", "dailyLoss", "reversal"] as const).map((
    reason,
  ): typeof BY_HAND[number] => [
    `closed at an open by ${reason}: all of the candle before counts`,
    held("long", [1, 100], [3, 120], reason),
    -0.1,
    0.3,
  ]),
  [
    "ruined at the close of a candle, all of which counts",
    held("short", [3, 120], [5, 90], "ruin"),
    -0.25,
    70 / 120,
  ],
  [
    "stopped inside a candle: its low and high may have come after",
    held("long", [2, 100], [4, 90], "stopLoss"),
    -0.1,
    0.3,
  ],
  ["a target inside of it, likewise", held("long", [2, 100], [4, 125], "takeProfit"), 0, 0.3],
  ["opened and stopped inside one candle", held("short", [3, 120], [4, 126], "stopLoss"), -0.05, 0],
  ["worse filled than any price of the candle", held("long", [1, 120], [2, 104]), -0.25, 0],
];

/** Down from one candle to the next, or up again. */
const FALLS = hours([100, 110, 90, 105], [80, 85, 70, 75]);
const RISES = hours([100, 110, 90, 105], [115, 118, 112, 113]);

/** The second and the fourth of the five: an hour is missing between them. */
const GAP = Candles.fromRows("1h", [FIVE.row(1), FIVE.row(3)]);

const AT_AN_OPEN: [string, Candles, Held, number, number, boolean?][] = [
  [
    "stopped where the next candle opened",
    FALLS,
    held("long", [0, 100], [1, 80], "stopLoss"),
    -0.2,
    0.1,
    true,
  ],
  [
    "a stop that followed the price, at an open that is the close before",
    hours([100, 120, 99, 107], [107, 108, 100, 101]),
    held("long", [0, 100], [1, 107], "trailingStop"),
    -0.01,
    0.2,
    true,
  ],
  ["stopped in the candle before it", FALLS, held("long", [0, 100], [1, 90], "stopLoss"), -0.1, 0],
  [
    "a short, stopped where the next opened",
    RISES,
    held("short", [0, 100], [1, 115], "stopLoss"),
    -0.15,
    0.1,
    true,
  ],
  [
    "a target reached where the next opened",
    RISES,
    held("long", [0, 100], [1, 115], "takeProfit"),
    -0.1,
    0.15,
    true,
  ],
  [
    "stopped below the low by slippage",
    RISES,
    held("long", [0, 100], [1, 89], "stopLoss"),
    -0.11,
    0,
  ],
  [
    "stopped at the open behind a gap",
    GAP,
    held("long", [1, 100], [3, 95], "stopLoss"),
    -0.1,
    0.1,
  ],
  [
    "opened inside of a candle, which is left out",
    FIVE,
    held("long", [0.5, 100], [2, 105]),
    -0.1,
    0.1,
  ],
  [
    "the same on the last candle",
    FALLS.slice(0, 1),
    held("long", [0, 100], [1, 89], "stopLoss"),
    -0.11,
    0,
  ],
];

for (
  const [what, candles, trade, adverse, favourable, atOpen] of [
    ...BY_HAND.map(([what, ...rest]) => [what, FIVE, ...rest] as const),
    ...AT_AN_OPEN,
  ]
) {
  Deno.test(`excursions: ${what}`, () => {
    const [found] = excursions([trade], candles, closesOf(trade, candles, atOpen));
    assert(Math.abs(found.adverse - adverse) < 1e-15, `adverse ${found.adverse}, not ${adverse}`);
    assert(Math.abs(found.favourable - favourable) < 1e-15, `favourable ${found.favourable}`);
    assert(!Object.is(found.adverse, -0) && !Object.is(found.favourable, -0));
  });
}

Deno.test("there is one excursion for each trade, in their order, and none for none", () => {
  const trades = [held("long", [3, 120], [4, 85]), held("long", [1, 100], [3, 120])];
  const closes = { position: new Float64Array(FIVE.length) };
  const [second, first] = excursions(trades, FIVE, closes);
  assert.deepEqual(excursions(trades.toReversed(), FIVE, closes), [first, second]);
  assert.deepEqual(excursions([], FIVE, closes), []);
});

Deno.test("excursions are the extremes of all candles held, and the sides mirror each other", () => {
  const bars = fc.array(
    fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 50, max: 150 })))
      .map((prices): [number, number, number, number] => [
        prices[0],
        Math.max(...prices),
        Math.min(...prices),
        prices[3],
      ]),
    { minLength: 2, maxLength: 20 },
  );
  assertProperty(
    fc.property(bars, fc.nat(), fc.nat(), (prices, a, b) => {
      const [from, until] = [a % (prices.length + 1), b % (prices.length + 1)].sort((x, y) =>
        x - y
      );
      if (from === until) return;
      const ends: Parameters<typeof held> = ["long", [from, prices[from][0]], [
        until,
        prices[until - 1][3],
      ]];
      const all = prices.slice(from, until).flat(), entry = prices[from][0];
      const [long, short] = excursions(
        [held(...ends), { ...held(...ends), side: "short" }],
        hours(...prices),
        { position: new Float64Array(prices.length) },
      );
      assert.equal(long.adverse, (Math.min(...all) - entry) / entry);
      assert.equal(long.favourable, (Math.max(...all) - entry) / entry);
      assert.deepEqual(short, { adverse: 0 - long.favourable, favourable: 0 - long.adverse });
    }),
    300,
  );
});
