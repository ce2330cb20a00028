import assert from "node:assert/strict";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { candlesFromFrame, candlesToFrame, columnsToFrame } from "../../engine/market/frame.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 7, 8, 9);

const candle = (hour: number, changes: Partial<Candle> = {}): Candle => ({
  time: START + hour * HOUR,
  open: 0.1 + 0.2,
  high: 61839.85,
  low: 1e-9,
  close: 1 / 3,
  volume: 123456.789012345,
  trades: 3,
  kind: "traded",
  ...changes,
});

const flat = { open: 2, high: 2, low: 2, close: 2, volume: 0, trades: 0, kind: "empty" as const };
const candles = Candles.fromRows("1h", [
  candle(1),
  candle(2, flat),
  candle(3, { trades: NaN, kind: "backfilled" }),
  candle(9),
]);

Deno.test("candles go into a frame and come back bit for bit", async () => {
  const frame = await candlesToFrame(candles);
  assert.deepEqual(frame.columns, [
    "timestamp",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "trades",
    "kind",
  ]);
  assert.deepEqual(frame.shape, [4, 8]);
  assert.deepEqual(candlesFromFrame(frame), candles);
});

Deno.test("`timestamp` is the close time, unless a frame is said to have the open", async () => {
  const frame = await candlesToFrame(candles);
  assert.deepEqual(frame.column("timestamp").values, [...candles.time]);
  const opened = candlesFromFrame(frame, { stamp: "open" });
  assert.deepEqual([...opened.time], [...candles.time].map((time) => time + HOUR));
});

Deno.test("a frame that Lockstep did not make has to say what its timestamp stands for", async () => {
  const frame = (await candlesToFrame(candles)).drop({ columns: ["kind"] });
  assert.throws(() => candlesFromFrame(frame), {
    name: "InputError",
    message: /whether the data frame's timestamp is the open or the close .*\{ stamp: "open" \}/,
  });
  assert.deepEqual(candlesFromFrame(frame, { stamp: "close" }).time, candles.time);
});

Deno.test("a frame of dates and without counts is read", async () => {
  const prices = { open: [1, 2], high: [1, 2], low: [1, 2], close: [1, 2], volume: [0, 0.5] };
  const timestamp = ["2024-08-08 09:00", "2024-08-08 10:00"];
  const read = candlesFromFrame(await columnsToFrame({ ...prices, timestamp }), { stamp: "close" });
  assert.deepEqual([read.timeframe, ...read.time], ["1h", START, START + HOUR]);
  assert.deepEqual([read.row(0).trades, read.row(0).kind], [NaN, "backfilled"]);
  const kind = ["empty", "traded"];
  const named = candlesFromFrame(await columnsToFrame({ ...prices, timestamp, kind }));
  assert.deepEqual(named.rows().map((row) => row.kind), kind);
});

Deno.test("a frame that has no candles is refused, with the row or the column", async () => {
  const good = {
    timestamp: [START, START + HOUR],
    open: [1, 2],
    high: [1, 2],
    low: [1, 2],
    close: [1, 2],
    volume: [0, 0],
  };
  const read = async (changes: Partial<Record<string, (number | string)[]>>) =>
    candlesFromFrame(await columnsToFrame({ ...good, ...changes } as Record<string, number[]>), {
      stamp: "close",
    });
  await assert.rejects(read({ open: [1, 3] }), {
    name: "CandleError",
    message: /the data frame: row 2: high 2 is below/,
  });
  await assert.rejects(read({ open: ["1", "x"] }), {
    name: "InputError",
    message: "Cannot use column open, row 1: 1 is no number",
  });
  await assert.rejects(read({ close: [true, true] as unknown as number[] }), {
    name: "InputError",
    message: "Cannot use column close, row 1: true is no number",
  });
  await assert.rejects(read({ timestamp: [START / 1_000, START / 1_000 + 3_600] }), {
    name: "InputError",
    message: /column timestamp, row 1: 1723107600 looks like seconds/,
  });
  await assert.rejects(read({ kind: ["odd", "traded"] }), { name: "InputError", message: /odd/ });
  const { volume: _volume, ...rest } = good, lacking = await columnsToFrame(rest);
  assert.throws(() => candlesFromFrame(lacking), {
    name: "InputError",
    message: "The data frame has no column volume (it has timestamp, open, high, low, close)",
  });
});

/** A danfo frame, as far as it is read; danfo itself refuses columns of different lengths. */
function frameOf(columns: Record<string, unknown[]>, index?: unknown[]) {
  return {
    columns: Object.keys(columns),
    column: (name: string) => ({ values: columns[name] }),
    ...(index && { index }),
  };
}

Deno.test("a column that is shorter or longer than the times is refused, not filled up", () => {
  const two = [1, 2], good = { open: two, high: two, low: two, close: two, volume: two };
  const timestamp = [START, START + HOUR], stamp = "close";
  for (const name of [...Object.keys(good), "trades", "kind"]) {
    for (const values of [[1], [1, 2, 3]]) {
      assert.throws(
        () => candlesFromFrame(frameOf({ timestamp, ...good, [name]: values }), { stamp }),
        {
          name: "InputError",
          message: `Cannot use column ${name}: it has ${values.length} values, but timestamp has 2`,
        },
      );
    }
  }
});

Deno.test("dates are times, what is missing is no number, and no count is unknown", () => {
  const prices = { open: [1, 2], high: [1, 2], low: [1, 2], close: [1, 2], volume: [3, 0] };
  const timestamp = [new Date(START), new Date(START + HOUR)];
  const read = (columns: Record<string, unknown[]>) =>
    candlesFromFrame(frameOf({ timestamp, ...prices, ...columns }), { stamp: "close" });
  assert.deepEqual([...read({}).time], [START, START + HOUR]);
  for (const none of [null, undefined]) {
    assert.throws(() => read({ close: [1, none] }), { message: /row 2: close is NaN/ });
    assert.throws(() => read({ volume: [1, none] }), { message: /row 2: volume is NaN/ });
    const { trades, kind } = read({ trades: [7, none] }).row(1);
    assert.deepEqual([trades, kind], [NaN, "backfilled"]);
  }
  // A source that does not count says 0 beside volume, too.
  const kinds = read({ trades: [0, 0] }).rows().map(({ kind }) => kind);
  assert.deepEqual(kinds, ["backfilled", "empty"]);
});

Deno.test("the timeframe that is said is taken, whatever the times look like", async () => {
  const frame = await candlesToFrame(candles);
  assert.equal(candlesFromFrame(frame, { timeframe: "30m" }).timeframe, "30m");
  const message = /no boundary of 1d/;
  assert.throws(() => candlesFromFrame(frame, { timeframe: "1d" }), { message });
});

Deno.test("rows that were left out of a frame make no longer candles of the others", async () => {
  const halves = Candles.fromRows(
    "30m",
    Array.from({ length: 20 }, (_, i) => candle(0, { time: START + i * HOUR / 2 })),
  );
  const frame = await candlesToFrame(halves),
    fourth = [2, 6, 10, 14, 18];
  assert.throws(() => candlesFromFrame(frame.iloc({ rows: fourth })), {
    name: "InputError",
    message:
      "Cannot tell the timeframe of the data frame: its times fit 2h candles, but its index " +
      "leaps from 2 to 6, so rows were left out. Say how long each candle is, as in " +
      'candlesFromFrame(frame, { timeframe: "2h" })',
  });
  const said = candlesFromFrame(frame.iloc({ rows: fourth }), { timeframe: "30m" });
  assert.deepEqual([said.timeframe, said.gaps().length], ["30m", 4]);
  // Where only some were left out, the others show how long each is.
  const some = frame.iloc({ rows: [0, 1, 5, 6, 12] });
  assert.deepEqual([candlesFromFrame(some).timeframe, candlesFromFrame(frame.tail(5)).length], [
    "30m",
    5,
  ]);
});

Deno.test("what is no frame, or an option that cannot be, is refused", async () => {
  const frame = await candlesToFrame(candles),
    loose = candlesFromFrame as (...given: unknown[]) => Candles;
  const refused: [() => unknown, string | RegExp][] = [
    [
      () => loose(frame, { stmp: "open" }),
      'candlesFromFrame has no option "stmp": did you mean "stamp"? There are stamp, timeframe',
    ],
    [
      () => loose(frame, { stamp: "opn" }),
      'stamp is the text "opn", but must be open or close: did you mean "open"?',
    ],
    [() => loose(frame, "open"), /^candlesFromFrame takes its options by name/],
    [() => loose(candles), "candlesFromFrame needs a data frame, but is given candles"],
    [() => loose("a.csv"), /^candlesFromFrame needs a data frame, but is given the text "a.csv"/],
    [
      () => candlesToFrame(frame as unknown as Candles),
      "candlesToFrame needs candles, but is given a data frame",
    ],
  ];
  for (const [make, message] of refused) {
    assert.throws(make, { name: "InputError", message });
  }
});

Deno.test("frames may have no rows, or no columns", async () => {
  const frame = await columnsToFrame({ a: [], b: new Float64Array(0) });
  assert.deepEqual(frame.columns, ["a", "b"]);
  assert.deepEqual((await columnsToFrame({})).shape, [0, 0]);
});
