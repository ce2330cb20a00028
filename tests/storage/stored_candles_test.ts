import assert from "node:assert/strict";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { Store } from "../../engine/ports/store.ts";
import { startChange } from "../../engine/storage/archive/change.ts";
import { notebookCandles } from "../../engine/storage/notebook_candles.ts";
import { storedCandles, type StoredRequest } from "../../engine/storage/stored_candles.ts";
import { withStore } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 0, 31, 23, 50);
const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" } as const;

/** Minute `i` from ten to midnight at the end of January on. */
const minute = (i: number, rest: Partial<Candle> = {}): Candle => ({
  time: START + (i + 1) * MINUTE,
  open: 100 + i,
  high: 102 + i,
  low: 99 + i,
  close: 101 + i,
  volume: 0.5,
  trades: NaN,
  kind: "backfilled",
  ...rest,
});

const traded = (i: number, rest: Partial<Candle> = {}) =>
  minute(i, { trades: 3, kind: "traded", ...rest });

const minutes = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Knows all of the time from the first minute to the last. */
async function archive(root: string, rows: Candle[], from: number, to: number): Promise<void> {
  const change = startChange(root),
    spans = [{
      from: START + from * MINUTE,
      to: START + to * MINUTE,
      source: "fetched",
    }];
  await change.add(KEY, { candles: Candles.fromRows("1m", rows), spans });
  await change.write();
}

const request = (rest: Partial<StoredRequest> = {}): StoredRequest => ({
  key: KEY,
  from: -Infinity,
  to: Infinity,
  ...rest,
});

/** Runs `test` with an archive and a database, both empty. */
const withBoth = (test: (root: string, store: Store) => Promise<void>) =>
  inTempFolder((root) => withStore((store) => test(root, store)));

Deno.test("archive and database are one without a seam, and any part of it is a part of the whole", () =>
  withBoth(async (root, store) => {
    await archive(root, minutes(0, 19).map((i) => minute(i)), 0, 20);
    await store.marketData.upsertCandles(KEY, minutes(15, 29).map((i) => traded(i)));
    const whole = await storedCandles({ root, store }, request());
    const expected = [
      ...minutes(0, 19).map((i) => minute(i)),
      ...minutes(20, 29).map((i) => traded(i)),
    ];
    assert.deepEqual([whole.rows(), whole.notes], [expected, []]);
    for (const [first, last] of [[3, 5], [12, 22], [18, 19], [19, 20], [20, 20], [24, 40]]) {
      const from = START + first * MINUTE - 1, to = START + (last + 1) * MINUTE;
      const part = await storedCandles({ root, store }, request({ from, to }));
      assert.deepEqual(part.rows(), expected.slice(first, last + 1));
    }
  }));

Deno.test("where both know a candle they must agree, or it must be said which is right", () =>
  withBoth(async (root, store) => {
    await archive(root, minutes(0, 19).map((i) => minute(i)), 0, 20);
    const other = minutes(10, 21).map((i) => traded(i, i > 17 ? { close: 99.5 + i } : {}));
    await store.marketData.upsertCandles(KEY, other);
    await assert.rejects(storedCandles({ root, store }, request()), {
      name: "InputError",
      message:
        /differ in 2 candles of okx BTC\/USDT: 1m to 2024-02-01T00:09:00Z: the archive has 118 120 117 119 volume 0\.5, the database has 118 120 117 117\.5 volume 0\.5 3 trades; .*prefer/,
    });
    const ours = await storedCandles({ root, store }, request({ prefer: "archive" }));
    assert.deepEqual([18, 19, 20].map((i) => ours.close[i]), [119, 120, 119.5]);
    assert.match(ours.notes.join(), /^the archive's were taken where the two differ \(2\): 1m to/);
    const theirs = await storedCandles({ root, store }, request({ prefer: "database" }));
    assert.deepEqual([17, 18, 19, 20].map((i) => theirs.close[i]), [118, 117.5, 118.5, 119.5]);
    // Corrected, they agree.
    await store.marketData.upsertCandles(KEY, [18, 19].map((i) => traded(i)), { force: true });
    assert.equal((await storedCandles({ root, store }, request())).length, 22);
  }));

Deno.test("where trades may be missing in the database, the archive is right", () =>
  withBoth(async (root, store) => {
    await archive(root, minutes(0, 9).map((i) => minute(i)), 0, 10);
    const seen = minutes(5, 14).map((i) => traded(i, i === 7 || i === 12 ? { volume: 0.1 } : {}));
    await store.marketData.upsertCandles(KEY, seen);
    const { exchange, symbol } = KEY, instrument = { exchange, symbol }, reason = "away";
    for (const i of [7, 12]) {
      const from = START + i * MINUTE + 10_000, to = from + 10_000;
      await store.marketData.recordGap({ instrument, from, to, reason });
    }
    const { volume, length } = await storedCandles({ root, store }, request());
    assert.deepEqual([length, volume[7], volume[12]], [15, 0.5, 0.1]);
  }));

Deno.test("silent intervals of a known time are empty candles, also at the beginning of a part", () =>
  withBoth(async (root, store) => {
    const there = [0, 1, 2, 6, 7].map((i) => minute(i));
    await archive(root, there, 0, 12);
    const flat = { open: 103, high: 103, low: 103, close: 103, volume: 0, trades: 0 };
    const empty = (i: number) => minute(i, { ...flat, kind: "empty" });
    await store.marketData.upsertCandles(KEY, [empty(4), empty(5)]);
    const { rows, notes } = await storedCandles({ root, store }, request()).then((all) => ({
      rows: all.rows(),
      notes: all.notes,
    }));
    assert.deepEqual(rows.map(({ kind }) => kind[0]).join(""), "bbbeeebbeeee");
    assert.deepEqual(rows.slice(3, 6), [3, 4, 5].map(empty));
    assert.deepEqual(notes, ["7 silent intervals are empty candles"]);
    const part = await storedCandles({ root, store }, request({ from: START + 4 * MINUTE }));
    assert.deepEqual(part.rows(), rows.slice(4));
  }));

Deno.test("a timeframe that is not stored is made of the next finer one, and that is said", () =>
  withBoth(async (root, store) => {
    await archive(root, minutes(0, 19).map((i) => minute(i)), 0, 20);
    await store.marketData.upsertCandles(KEY, minutes(20, 31).map((i) => traded(i)));
    const key = (timeframe: Timeframe) => ({ ...KEY, timeframe });
    const made = await storedCandles({ root, store }, request({ key: key("15m") }));
    assert.deepEqual(made.rows(), [{
      time: START + 25 * MINUTE,
      open: 110,
      high: 126,
      low: 109,
      close: 125,
      volume: 7.5,
      trades: NaN,
      kind: "backfilled",
    }]);
    assert.deepEqual(made.notes, ["made of 1m candles: no 15m ones are stored"]);
  }));

Deno.test("where a stored timeframe begins late or ends early, finer ones go on, and that is said", () =>
  withBoth(async (root, store) => {
    const key = { ...KEY, timeframe: "5m" } as const,
      five = { open: 50, high: 60, low: 40, close: 55 };
    await archive(root, minutes(0, 21).map((i) => minute(i)), 0, 22);
    // From 23:55 to 00:05 the five minutes' own candles are known, and only they count.
    await store.marketData.upsertCandles(key, [traded(9, five), traded(14, five)]);
    const all = await storedCandles({ root, store }, request({ key }));
    assert.deepEqual(
      all.rows().map(({ time, open, close, volume }) => [time, open, close, volume]),
      [
        [START + 5 * MINUTE, 100, 105, 2.5],
        [START + 10 * MINUTE, 50, 55, 0.5],
        [START + 15 * MINUTE, 50, 55, 0.5],
        [START + 20 * MINUTE, 115, 120, 2.5],
      ],
    );
    assert.deepEqual(all.notes, [
      "2 of them, from 2024-01-31T23:50:00Z to 2024-02-01T00:10:00Z, are made of 1m candles: no longer ones are stored there",
    ]);
    const part = { from: START + 10 * MINUTE, to: START + 14 * MINUTE };
    await assert.rejects(
      storedCandles({ root, store }, request({ key, ...part })),
      /No candles of/,
    );
    const to = START + 15 * MINUTE,
      own = await storedCandles({ root, store }, request({ key, ...part, to }));
    assert.deepEqual([own.length, own.notes], [1, []]);
  }));

Deno.test("no longer candle is made of a part of its finer ones, and what is left out is said", () =>
  withBoth(async (root, store) => {
    const there = minutes(0, 29).filter((i) => i !== 7), key = { ...KEY, timeframe: "5m" } as const;
    await store.marketData.upsertCandles(KEY, there.map((i) => traded(i)));
    const made = await storedCandles({ root, store }, request({ key }));
    assert.deepEqual(
      made.rows().map(({ time }) => (time - START) / MINUTE),
      [5, 15, 20, 25, 30],
    );
    assert.deepEqual(made.notes, [
      "made of 1m candles: no 5m ones are stored",
      "1 candle is left out, the first from 2024-01-31T23:55:00Z on: some of the 1m candles are not stored",
    ]);
    const torn = { from: START + 5 * MINUTE, to: START + 12 * MINUTE };
    await assert.rejects(storedCandles({ root, store }, request({ key, ...torn })), {
      name: "InputError",
      message: /^No 5m candle of okx BTC\/USDT is stored or can be made: each lacks some of its 1m/,
    });
    // What was silent is no lack.
    const quiet = minutes(0, 9).filter((i) => i !== 7).map((i) => minute(i));
    await archive(root, quiet, 0, 10);
    const whole = await storedCandles({ root, store: undefined }, request({ key }));
    assert.deepEqual(whole.rows().map(({ volume }) => volume), [2.5, 2]);
  }));

Deno.test("silence that lasts from one file into the next has the close before it", () =>
  inTempFolder(async (root) => {
    await archive(root, minutes(0, 4).map((i) => minute(i)), 0, 20);
    const from = START + 12 * MINUTE,
      all = await storedCandles({ root, store: undefined }, request({ from }));
    assert.deepEqual(
      all.rows().map(({ close, kind }) => [close, kind]),
      minutes(12, 19).map(() => [105, "empty"]),
    );
  }));

Deno.test("without any candles the message says what is there", () =>
  inTempFolder(async (root) => {
    const wanted = request({ from: START });
    await assert.rejects(storedCandles({ root, store: undefined }, wanted), {
      name: "InputError",
      message:
        /^No candles of okx BTC\/USDT 1m from 2024-01-31T23:50:00Z are stored, nor finer ones\. The archive is empty; no database was looked into\./,
    });
    await archive(root, [minute(0)], 0, 1);
    const key = { ...KEY, symbol: "ETH/USDT" };
    await assert.rejects(storedCandles({ root, store: undefined }, request({ key })), {
      message: /The archive has okx BTC\/USDT 1m/,
    });
  }));

Deno.test("a notebook gives times as texts, and is told what it misspelt", () =>
  inTempFolder(async (root) => {
    await archive(root, minutes(0, 19).map((i) => minute(i)), 0, 20);
    const options = { ...KEY, database: false, archive: root };
    const all = await notebookCandles({ ...options, from: "2024-01-31 23:55", to: "2024-02-01" });
    assert.deepEqual(all.rows(), minutes(5, 9).map((i) => minute(i)));
    await assert.rejects(notebookCandles({ ...options, timeframe: "1min" }), /did you mean "1m"/);
    await assert.rejects(notebookCandles({ ...options, from: "yesterday" }), /from: "yesterday"/);
    const misspelt = { ...options, form: "2024" };
    await assert.rejects(notebookCandles(misspelt), /no option "form": did you mean "from"/);
    await assert.rejects(notebookCandles({ ...options, symbol: "" }), /symbol must be given/);
  }));
