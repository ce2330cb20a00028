import assert from "node:assert/strict";
import { fetchCandles, type FetchRequest } from "../../../engine/storage/archive/fetch_candles.ts";
import { listSeries, silentIntervals } from "../../../engine/storage/archive/list_series.ts";
import { readSeries } from "../../../engine/storage/archive/read_series.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { startChange } from "../../../engine/storage/archive/change.ts";
import type { CandlePage, History } from "../../../engine/ports/history.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { archiveFiles } from "./archive_files.ts";
import { madeCandle, madeHistory } from "./made_history.ts";

const HOUR = 3_600_000, FROM = Date.UTC(2023, 11, 30), TO = Date.UTC(2024, 0, 3);
const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1h" } as const;

function request(root: string, rest: Partial<FetchRequest> = {}): FetchRequest {
  const signal = new AbortController().signal, history = madeHistory();
  return { root, key: KEY, from: FROM, to: TO, signal, history, ...rest };
}

/** The closes of the hours from `from` to `to`. */
function hours(from: number, to: number): number[] {
  return Array.from({ length: (to - from) / HOUR }, (_, i) => from + (i + 1) * HOUR);
}

Deno.test("a fetch asks only for whole intervals that are not known", () =>
  inTempFolder(async (root) => {
    const day = 24 * HOUR, history = madeHistory({ page: 7 });
    const middle = request(root, { from: FROM + day, to: FROM + 2 * day, history });
    assert.equal((await fetchCandles(middle)).candles, 24);
    const all = await fetchCandles(request(root, { from: FROM - 1, to: TO + 1, history }));
    assert.deepEqual(history.asked, [
      [FROM + day, FROM + 2 * day],
      [FROM, FROM + day],
      [FROM + 2 * day, TO],
    ]);
    assert.deepEqual([all.candles, all.differences], [72, []]);
    const { candles } = await readSeries(root, KEY);
    assert.deepEqual(candles.rows(), hours(FROM, TO).map(madeCandle));
    await fetchCandles(request(root, { history }));
    assert.equal(history.asked.length, 3);
    await assert.rejects(fetchCandles(request(root, { from: FROM + 1, to: FROM + HOUR })), {
      name: "InputError",
      message: /no whole one lies between/,
    });
  }));

Deno.test("when the exchange refuses, what came is kept, and the next fetch goes on behind it", () =>
  inTempFolder(async (root) => {
    const stop = FROM + 30 * HOUR;
    const refuse = (from: number) => from === stop ? new Error("no more for you") : undefined;
    const history = madeHistory({ page: 10, refuse });
    await assert.rejects(fetchCandles(request(root, { history })), /no more for you/);
    const [series] = await listSeries(root);
    assert.deepEqual(series.spans, [{ from: FROM, to: stop, source: "fetched" }]);
    // What is left of a write that was cut off.
    await Deno.writeTextFile(`${root}/okx/BTC_USDT/1h/2023.parquet.partial`, "x".repeat(1e5));
    const rest = madeHistory();
    await fetchCandles(request(root, { history: rest }));
    assert.deepEqual(rest.asked, [[stop, TO]]);
    await inTempFolder(async (other) => {
      await fetchCandles(request(other));
      assert.deepEqual(archiveFiles(root), archiveFiles(other));
    });
  }));

Deno.test("an aborted fetch keeps what came and says how far it is", () =>
  inTempFolder(async (root) => {
    const controller = new AbortController(), history = madeHistory({ page: 10 });
    const onProgress = ({ through }: { through: number }) => {
      if (through >= FROM + 40 * HOUR) controller.abort();
    };
    const { signal } = controller;
    const { told, candles } = await fetchCandles(request(root, { history, signal, onProgress }));
    assert.deepEqual([told, candles], [[{ from: FROM, to: FROM + 40 * HOUR }], 40]);
  }));

Deno.test("silent intervals are known as such, also before the first candle and for whole files", () =>
  inTempFolder(async (root) => {
    const first = Date.UTC(2024, 0, 2), history = madeHistory({ silent: (open) => open < first });
    await fetchCandles(request(root, { history }));
    const [series] = await listSeries(root);
    assert.deepEqual(series, {
      key: KEY,
      candles: 24,
      spans: [{ from: FROM, to: TO, source: "fetched" }],
    });
    assert.equal(silentIntervals(series), 72);
    const again = madeHistory();
    await fetchCandles(request(root, { history: again }));
    assert.deepEqual(again.asked, []);
  }));

/** An archive in which the third hour is another one than the exchange has. */
async function withOther(root: string): Promise<void> {
  const rows = hours(FROM, FROM + 6 * HOUR).map(madeCandle);
  rows[2].close = rows[2].low;
  const change = startChange(root), source = "imported from a.csv";
  const spans = [{ from: FROM, to: FROM + 6 * HOUR, source }];
  await change.add(KEY, { candles: Candles.fromRows("1h", rows), spans });
  await change.write();
}

Deno.test("verified, what differs is listed and stays; replaced, the exchange's own is taken", () =>
  inTempFolder(async (root) => {
    await withOther(root);
    const before = archiveFiles(root), to = FROM + 6 * HOUR, time = FROM + 3 * HOUR;
    const verified = await fetchCandles(request(root, { to, known: "verify" }));
    assert.deepEqual(verified.differences.map(({ time }) => time), [time]);
    assert.equal(verified.differences[0].found!.close, madeCandle(time).close);
    assert.equal(verified.differences[0].stored!.close, madeCandle(time).low);
    before.set("/.lock", "");
    assert.deepEqual(archiveFiles(root), new Map([...before].sort()));

    const replaced = await fetchCandles(request(root, { to, known: "replace" }));
    assert.deepEqual(replaced.differences, verified.differences);
    const { candles, spans } = await readSeries(root, KEY);
    assert.deepEqual(candles.rows(), hours(FROM, to).map(madeCandle));
    assert.deepEqual(spans, [{ from: FROM, to, source: "fetched" }]);
  }));

Deno.test("pages that break the port's promises are refused and not kept", async () => {
  const candles = hours(FROM, FROM + 3 * HOUR).map(madeCandle), through = FROM + 3 * HOUR;
  const bad: [string, CandlePage][] = [
    ["goes nowhere", { candles: [], through: FROM }],
    ["beyond what was asked", { candles: [], through: TO + HOUR }],
    ["candle beyond its end", { candles, through: through - HOUR }],
    ["candle before its beginning", {
      candles: [madeCandle(FROM), ...candles],
      through,
    }],
    ["backwards", { candles: candles.toReversed(), through }],
    ["twice", { candles: [candles[0], ...candles], through }],
    ["off the grid", { candles: [{ ...candles[0], time: candles[0].time + 1 }], through }],
    ["no price", { candles: [{ ...candles[0], close: NaN }], through }],
  ];
  for (const [what, page] of bad) {
    await inTempFolder(async (root) => {
      const history: History = {
        async *candles() {
          await Promise.resolve();
          yield page;
        },
      };
      await assert.rejects(fetchCandles(request(root, { history })), what);
      assert.deepEqual(await listSeries(root), [], what);
    });
  }
});

Deno.test("a fetch that writes several times writes each part once, and finds no difference", () =>
  inTempFolder(async (root) => {
    // More pages than are held at once.
    const to = FROM + 250 * HOUR, history = madeHistory({ page: 1 });
    const { candles, differences, told } = await fetchCandles(request(root, { to, history }));
    assert.deepEqual([candles, differences, told], [250, [], [{ from: FROM, to }]]);
    const { candles: stored, spans } = await readSeries(root, KEY);
    assert.deepEqual(stored.rows(), hours(FROM, to).map(madeCandle));
    assert.deepEqual(spans, [{ from: FROM, to, source: "fetched" }]);
  }));
