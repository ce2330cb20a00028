import assert from "node:assert/strict";
import fc from "fast-check";
import { CandleBuilder } from "../../engine/market/candle_builder.ts";
import type { Candle } from "../../engine/market/candles.ts";
import type { Closed, Timeframe } from "../../engine/market/timeframe.ts";
import type { Trade } from "../../engine/market/trade.ts";
import { assertProperty } from "../support/property.ts";
import { naiveCandles, type PlainTrade } from "./naive_candles.ts";

const START = Date.UTC(2024, 7, 8, 23, 58, 30, 123);

const trade = (timestamp: number, price = 100, amount = 1): Trade => ({
  id: "1",
  timestamp,
  price,
  amount,
  side: "buy",
});

/** Trades in time order, some in the same millisecond, some hours apart, many right on a minute. */
const trades = fc.array(
  fc.record({
    pause: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 90_000 }),
      fc.constant("to the minute" as const),
      fc.integer({ min: 1, max: 4 * 3_600_000 }),
    ),
    cents: fc.integer({ min: 1, max: 9_999_999 }),
    amountTicks: fc.integer({ min: 1, max: 10 ** 9 }),
  }),
  { minLength: 1, maxLength: 60 },
).map((rows) => {
  let timestamp = START;
  return rows.map(({ pause, cents, amountTicks }): PlainTrade => {
    timestamp += pause === "to the minute" ? 60_000 - timestamp % 60_000 : pause;
    return { timestamp, cents, amountTicks };
  });
});

const timeframes = fc.constantFrom<Timeframe>("1s", "1m", "3m", "15m", "1h", "1d");

function built(rows: PlainTrade[], timeframe: Timeframe, closed: Closed, empty: boolean): Candle[] {
  const builder = new CandleBuilder({ timeframe, closed, empty }), candles: Candle[] = [];
  for (const { timestamp, cents, amountTicks } of rows) {
    candles.push(...builder.add(trade(timestamp, cents / 100, amountTicks / 1e8)));
  }
  assert.equal(builder.late, 0);
  return candles;
}

for (const closed of ["left", "right"] as const) {
  Deno.test(`candles closed ${closed} equal a naive aggregation to the last digit`, () => {
    assertProperty(
      fc.property(trades, timeframes, (rows, timeframe) => {
        const expected = naiveCandles(rows, timeframe, closed);
        const traded = built(rows, timeframe, closed, false);
        assert.deepEqual(traded, expected.filter(({ kind }) => kind === "traded"));
      }),
      300,
    );
  });

  Deno.test(`silent intervals closed ${closed} are flat at the previous close`, () => {
    const short = trades.filter((rows) => rows.at(-1)!.timestamp - START < 12 * 3_600_000);
    assertProperty(
      fc.property(short, fc.constantFrom<Timeframe>("1m", "1h"), (rows, timeframe) => {
        assert.deepEqual(
          built(rows, timeframe, closed, true),
          naiveCandles(rows, timeframe, closed),
        );
      }),
      100,
    );
  });
}

Deno.test("a trade at exactly 09:05:00.000 is in the candle labelled 09:10:00", () => {
  const nine = Date.UTC(2024, 0, 2, 9), five = 300_000;
  const candles = (closed: Closed) => {
    const builder = new CandleBuilder({ timeframe: "5m", closed, observedFrom: nine });
    const before = builder.add(trade(nine + five - 1, 100));
    const exactly = builder.add(trade(nine + five, 200));
    return [...before, ...exactly, ...builder.advance(nine + 2 * five + 1)];
  };
  const [first, second] = candles("left");
  assert.deepEqual([first.time, first.close], [nine + five, 100]);
  assert.deepEqual([second.time, second.open], [nine + 2 * five, 200]);
  const [literal] = candles("right");
  assert.deepEqual([literal.time, literal.close, literal.trades], [nine + five, 200, 2]);
});

Deno.test("volumes are the decimal sum, where a float sum is not", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  let float = 0;
  for (let i = 0; i < 10; i++) {
    builder.add(trade(i, 100, 0.1));
    float += 0.1;
  }
  assert.notEqual(float, 1);
  assert.equal(builder.advance(60_000)[0].volume, 1);
});

Deno.test("small amounts are not lost in a large volume", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add(trade(0, 100, 59_999_999.12345678));
  for (let i = 0; i < 1_000; i++) builder.add(trade(1, 100, 0.00000001));
  assert.equal(builder.advance(60_000)[0].volume, 59_999_999.12346678);
});

Deno.test("an interval whose beginning was not seen gives no candle", () => {
  const builder = new CandleBuilder({ timeframe: "1m" });
  assert.deepEqual(builder.add(trade(30_000)), []);
  assert.deepEqual(builder.add(trade(60_000)), []);
  assert.deepEqual(builder.add(trade(120_000)).map(({ time }) => time), [120_000]);
});

Deno.test("an interval observed from its very start gives a candle", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 60_000 });
  builder.add(trade(90_000));
  assert.deepEqual(builder.advance(120_000).map(({ time }) => time), [120_000]);
});

Deno.test("time closes an interval only when it has passed its end", () => {
  const left = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  left.add(trade(1));
  assert.equal(left.advance(59_999).length, 0);
  assert.equal(left.advance(60_000).length, 1);
  const right = new CandleBuilder({ timeframe: "1m", closed: "right", observedFrom: 0 });
  right.add(trade(1));
  assert.equal(right.advance(60_000).length, 0);
  assert.equal(right.advance(60_001).length, 1);
});

Deno.test("silent intervals before the first price are not made up, unless it is known", () => {
  const options = { timeframe: "1m", observedFrom: 0 } as const;
  assert.deepEqual(new CandleBuilder(options).advance(180_000), []);
  const [first] = new CandleBuilder({ ...options, previousClose: 7 }).advance(60_000);
  const flat = { open: 7, high: 7, low: 7, close: 7, volume: 0, trades: 0 };
  assert.deepEqual(first, { time: 60_000, ...flat, kind: "empty" });
});

Deno.test("a trade that comes after its candle was closed is counted and left out", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add(trade(59_999, 100));
  const [closed] = builder.add(trade(60_000, 200));
  assert.deepEqual(builder.add(trade(59_998, 900)), []);
  assert.equal(builder.late, 1);
  assert.equal(closed.high, 100);
  assert.equal(builder.advance(120_000)[0].high, 200);
});

Deno.test("the open is the first trade and the close the last, however they arrive", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  const take = (id: string, at: number, price: number) => builder.add({ ...trade(at, price), id });
  take("100", 30_000, 103);
  take("7", 50_000, 100);
  take("99", 30_000, 102);
  take("9007199254740993", 50_000, 105);
  take("9007199254740992", 50_000, 104);
  take("1", 10_000, 90);
  const [candle] = builder.advance(60_000);
  assert.deepEqual([candle.open, candle.close, candle.trades, builder.late], [90, 105, 6, 0]);
});

/** Trades of a few minutes, each with how much later it arrives. */
const delayed = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 300_000 }),
    delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200_000 })),
    cents: fc.integer({ min: 1, max: 9_999 }),
    amountTicks: fc.integer({ min: 1, max: 10 ** 6 }),
  }),
  { minLength: 1, maxLength: 40 },
);

Deno.test("candles with their revisions are those of the trades in the exchange's order", () => {
  assertProperty(
    fc.property(delayed, (rows) => {
      const inOrder = rows.toSorted((a, b) => a.at - b.at).map((row, i) => ({
        ...row,
        id: `${i}`,
      }));
      const arriving = inOrder.toSorted((a, b) => a.at + a.delay - b.at - b.delay);
      const options = { timeframe: "1m", observedFrom: 0, previousClose: 1, revisable: 1e6 };
      const builder = new CandleBuilder({ ...options, timeframe: "1m" });
      const latest = new Map<number, Candle>();
      const note = (candles: readonly Candle[]) =>
        candles.forEach((candle) => latest.set(candle.time, candle));
      for (const { id, at, cents, amountTicks } of arriving) {
        const one = { ...trade(at, cents / 100, amountTicks / 1e8), id };
        note(builder.isLate(at) ? builder.revise(one)! : builder.add(one));
      }
      note(builder.advance(600_000));
      const plain = inOrder.map(({ at, ...rest }) => ({ timestamp: at, ...rest }));
      const before = { timestamp: -1, cents: 100, amountTicks: 1 };
      const after = { timestamp: 600_000, cents: 1, amountTicks: 1 };
      const expected = naiveCandles([before, ...plain, after], "1m", "left");
      const seen = [...latest.values()].toSorted((a, b) => a.time - b.time);
      assert.deepEqual(seen, expected.filter(({ time }) => time > 0));
    }),
    200,
  );
});

Deno.test("a trade that is too late to revise its candle is told, and changes nothing", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0, revisable: 60_000 });
  builder.add(trade(1_000, 5));
  assert.equal(builder.advance(180_000).length, 3);
  assert.equal(builder.revise(trade(2_000, 6)), undefined);
  assert.deepEqual(builder.revise(trade(61_000, 6))?.map(({ time, close }) => [time, close]), [
    [120_000, 6],
    [180_000, 6],
  ]);
  assert.equal(builder.advance(240_000)[0].close, 6);
});

Deno.test("time that was lost gives no candles, and silence behind it has no price", () => {
  const minute = 60_000, times = (candles: Candle[]) => candles.map(({ time }) => time / minute);
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0, revisable: 1e6 });
  builder.add(trade(1_000, 5));
  assert.deepEqual(times(builder.lose(2.5 * minute, 4.5 * minute)), [1, 2]);
  assert.deepEqual(builder.takeUnseen(), [{ from: 2 * minute, to: 4 * minute }]);
  assert.deepEqual(builder.advance(6 * minute), []);
  assert.deepEqual(builder.takeUnseen(), [{ from: 4 * minute, to: 6 * minute }]);
  assert.deepEqual(times(builder.add(trade(6.1 * minute, 7))), []);
  assert.deepEqual(times(builder.advance(8 * minute)), [7, 8]);
  assert.deepEqual(builder.takeUnseen(), []);
});

Deno.test("lost time inside one interval costs that one, and the price may be learned", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add(trade(1_000, 5));
  assert.deepEqual(builder.lose(10_000, 20_000), []);
  builder.add(trade(30_000, 6));
  assert.deepEqual(builder.advance(60_000), []);
  assert.deepEqual(builder.takeUnseen(), [{ from: 0, to: 60_000 }]);
  builder.learnClose(9);
  assert.equal(builder.advance(120_000)[0].close, 6, "the market's own price is newer");
  builder.lose(130_000, 180_000);
  builder.learnClose(9);
  assert.equal(builder.advance(240_000)[0].close, 9);
});

Deno.test("a price that may have changed in lost time does not hold behind it", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add(trade(1_000, 5));
  builder.lose(10_000, 20_000);
  assert.deepEqual(builder.advance(180_000), []);
  assert.deepEqual(builder.takeUnseen(), [{ from: 0, to: 180_000 }]);
});

Deno.test("a late trade revises no candle whose beginning was not seen", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 30_000, revisable: 1e6 });
  builder.add(trade(40_000, 5));
  assert.deepEqual(builder.add(trade(60_000, 6)), []);
  assert.equal(builder.revise(trade(50_000, 9)), undefined);
  assert.equal(builder.advance(120_000)[0].open, 6);
});

Deno.test("what was lost for longer than can be revised is passed over, and is no candle", () => {
  const builder = new CandleBuilder({ timeframe: "1s", observedFrom: 0, revisable: 5_000 });
  builder.add(trade(500, 5));
  assert.deepEqual(builder.lose(700, 86_400_700_000), []);
  assert.deepEqual(builder.takeUnseen(), [{ from: 0, to: 86_400_700_000 }]);
  builder.add(trade(86_400_700_100, 7));
  assert.deepEqual(builder.advance(86_400_702_000).map(({ close }) => close), [7, 7]);
  assert.deepEqual(builder.find(700, 86_400_700_000).map(({ time }) => time % 86_400_000), []);
});

Deno.test("what seemed lost and came after all makes the candles that it would have made", () => {
  const kept = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
  assertProperty(
    fc.property(delayed, kept, fc.constantFrom<Timeframe>("1s", "1m"), (rows, late, timeframe) => {
      const inOrder = rows.toSorted((a, b) => a.at - b.at).map((row, i) => ({ ...row, id: i }));
      const one = (i: number) => {
        const { at, cents, amountTicks, id } = inOrder[i];
        return { ...trade(at, cents / 100, amountTicks / 1e8), id: `${id}` };
      };
      const options = { observedFrom: 0, previousClose: 1, revisable: 1e6 };
      const builder = new CandleBuilder({ ...options, timeframe });
      const latest = new Map<number, Candle>(), spans: [number, number][] = [];
      const note = (candles: readonly Candle[]) => {
        for (const candle of candles) latest.set(candle.time, candle);
      };
      const missing: number[][] = [];
      for (let i = 0, last = 0; i < inOrder.length; i++) {
        const gone = [];
        while (late[i] && i < inOrder.length - 1) gone.push(i++);
        if (gone.length > 0) {
          const span: [number, number] = [last, one(i).timestamp + 1];
          note(builder.lose(...span));
          spans.push(span);
          missing.push(gone);
        }
        note(builder.isLate(one(i).timestamp) ? builder.revise(one(i))! : builder.add(one(i)));
        last = one(i).timestamp;
      }
      note(builder.advance(600_000));
      const length = timeframe === "1s" ? 1_000 : 60_000;
      for (const [from, to] of spans) {
        for (const time of latest.keys()) assert.ok(time <= from || time - length >= to, `${time}`);
      }
      // Late, in any order, each span whole before the next one or not.
      for (const i of missing.flat().toSorted((a, b) => (a * 7919) % 101 - (b * 7919) % 101)) {
        note(builder.revise(one(i))!);
        const at = missing.findIndex((gone) => gone.includes(i));
        missing[at] = missing[at].filter((other) => other !== i);
        if (missing[at].length === 0) note(builder.find(...spans[at]));
      }
      const before = { timestamp: -1, cents: 100, amountTicks: 1 };
      const after = { timestamp: 600_000, cents: 1, amountTicks: 1 };
      const plain = inOrder.map(({ at, ...rest }) => ({ timestamp: at, ...rest }));
      const expected = naiveCandles([before, ...plain, after], timeframe, "left");
      const seen = [...latest.values()].toSorted((a, b) => a.time - b.time);
      assert.deepEqual(seen, expected.filter(({ time }) => time > 0));
      builder.add(trade(600_500, 3));
      assert.equal(builder.advance(600_000 + length)[0].volume, 1);
    }),
    150,
  );
});

Deno.test("a trade that stands for several fills counts as many", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add({ ...trade(1, 5), fills: 3 });
  builder.add(trade(2, 6));
  assert.equal(builder.advance(60_000)[0].trades, 4);
});

Deno.test("lost time that ends where an interval begins costs nothing of it", () => {
  const builder = new CandleBuilder({ timeframe: "1m", observedFrom: 0 });
  builder.add(trade(1_000, 5));
  assert.equal(builder.advance(60_000).length, 1);
  assert.deepEqual(builder.lose(30_000, 60_000), []);
  assert.deepEqual(builder.advance(120_000).map(({ close }) => close), [5]);
  assert.deepEqual(builder.takeUnseen(), []);
});
