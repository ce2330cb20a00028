import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { startChange } from "../../engine/storage/archive/change.ts";
import { readSeries } from "../../engine/storage/archive/read_series.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { archiveFiles } from "../storage/archive/archive_files.ts";
import { madeCandle } from "../storage/archive/made_history.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { startProcess } from "../support/limited_process.ts";
import { runCommand } from "./command.ts";

const MINUTE = 60_000, KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" } as const;
const MARKET = "--exchange okx --symbol BTC/USDT --timeframe 1m";

interface Running {
  /** Resolves when the first page is there. */
  begun: Promise<void>;
  signal(name: "SIGTERM" | "SIGKILL"): Promise<void>;
  ended: Promise<{ code: number; out: string; err: string }>;
}

const ROOT = new URL("../../", import.meta.url).pathname;

/** Starts `fetch` from a made exchange, in a process of its own. */
function startFetch(archive: string, flags: string, database?: string): Running {
  const allowed = [`--allow-write=${archive}`, "--allow-net=127.0.0.1", "--allow-sys=uid"];
  const child = startProcess("deno", {
    args: [
      ...`run -q --no-prompt --cached-only --lock=${ROOT}live.lock --frozen`.split(" "),
      ...["--allow-read", "--allow-env", "--allow-run"],
      ...allowed,
      new URL("made_fetch.ts", import.meta.url).pathname,
      ...`${MARKET} --archive ${archive} ${flags}`.split(" "),
    ],
    env: { NO_COLOR: "1", LOCKSTEP_HOME: `${archive}/none`, DATABASE_URL: database ?? "" },
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  });
  const stdin = child.stdin.getWriter(), begun = Promise.withResolvers<void>();
  const errors = async () => {
    let err = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      if ((err += text).includes("begun")) begun.resolve();
    }
    begun.resolve();
    return err.replace("begun\n", "");
  };
  const ended = async () => {
    const [out, err, { code }] = await Promise.all([
      new Response(child.stdout).text(),
      errors(),
      child.status,
    ]);
    await stdin.close().catch(() => {});
    return { code, out, err };
  };
  const signal = (name: string) => stdin.write(new TextEncoder().encode(name)).catch(() => {});
  return { begun: begun.promise, signal, ended: ended() };
}

/** Starts `fetch` and has it get a signal so many milliseconds after its first page. */
async function stopped(archive: string, flags: string, name: "SIGTERM" | "SIGKILL", after: number) {
  const { begun, signal, ended } = startFetch(archive, flags);
  await begun;
  await new Promise((resolve) => setTimeout(resolve, after));
  await signal(name);
  return await ended;
}

/** Moments in no order, the same on every run. */
const MOMENTS = Array.from({ length: 10 }, (_, i) => 15 + i * 67 % 11 * 17);

Deno.test("a fetch that is killed ten times ends in the files of one that is not", () =>
  inTempFolder(async (folder) => {
    const killed = `${folder}/killed`, whole = `${folder}/whole`;
    const flags = "--from 2024-01-10 --to 2024-03-20";
    await Promise.all([killed, whole].map((path) => Deno.mkdir(path)));
    for (const moment of MOMENTS) {
      const { code, err } = await stopped(killed, flags, "SIGKILL", moment);
      assert.notEqual(code, 0, `killed after ${moment} ms`);
      assert.doesNotMatch(err, /rror/);
    }
    const last = await startFetch(killed, flags).ended;
    assert.equal(last.code, 0, last.err);
    const undisturbed = await startFetch(whole, flags).ended;
    assert.equal(undisturbed.code, 0, undisturbed.err);
    assert.deepEqual([...archiveFiles(whole).keys()], [
      "/.lock",
      ...[1, 2, 3].map((month) => `/okx/BTC_USDT/1m/2024-0${month}.parquet`),
    ]);
    assert.deepEqual(archiveFiles(killed), archiveFiles(whole));
    const { candles, spans } = await readSeries(whole, KEY), expected = [];
    const from = Date.UTC(2024, 0, 10), to = Date.UTC(2024, 2, 20);
    assert.deepEqual(spans, [{ from, to, source: "fetched" }]);
    for (let open = from; open < to; open += MINUTE) {
      if (open / MINUTE % 97 !== 5) expected.push(madeCandle(open + MINUTE));
    }
    assert.deepEqual(candles.rows(), expected);
  }));

Deno.test("a fetch that is stopped says so, keeps what came, and goes on from there", () =>
  inTempFolder(async (folder) => {
    const flags = "--from 2024-01-10 --to 2024-02-10";
    const first = await stopped(folder, flags, "SIGTERM", 50);
    assert.equal(first.code, 0, first.err);
    assert.match(first.err, /Stopped: the same command goes on from here/);
    const [, until] = /fetched [\d,]+ candles, 2024-01-10T00:00:00Z to (\S+)/.exec(first.out)!;
    const second = await startFetch(folder, flags).ended;
    assert.match(second.out, new RegExp(`fetched [\\d,]+ candles, ${until} to 2024-02-10T`));
    assert.match(second.err, /^ +10 % .* candles, to /);
    const third = await startFetch(folder, flags).ended;
    assert.match(third.out, /^okx BTC\/USDT 1m: everything was there\n/);
  }));

Deno.test("a fetch lists silent intervals, and what differs from the database and its trades", () =>
  inTempFolder((folder) =>
    withDatabase(async (database) => {
      const from = Date.UTC(2024, 0, 10), flags = "--from 2024-01-10 --to 2024-01-10T03:00";
      const store = await openStore(database);
      const time = (minute: number) => from + minute * MINUTE;
      const wrong = { ...madeCandle(time(8)), close: madeCandle(time(8)).low };
      await store.marketData.upsertCandles(
        KEY,
        [7, 8, 9].map((i) => i === 8 ? wrong : madeCandle(time(i))),
      );
      const { open, high, low, close, volume } = madeCandle(time(21));
      const trades = [open, high, low, close].map((price, i) => ({
        id: `${i}`,
        timestamp: time(20) + 1 + i,
        price,
        amount: volume / 4,
        side: "buy" as const,
      }));
      const around = [time(20) - 1, time(21)].map((timestamp, i) => ({
        ...trades[0],
        id: `around ${i}`,
        timestamp,
      }));
      await store.rawTrades.insert(KEY, [...trades, ...around]);
      await store.close();
      const { out, code, err } = await startFetch(folder, flags, database).ended;
      assert.equal(code, 0, err);
      const silent = Array.from({ length: 180 }, (_, i) => time(i)).filter((open) =>
        open / MINUTE % 97 === 5
      );
      assert.deepEqual(out.split("\n"), [
        `okx BTC/USDT 1m: fetched ${
          180 - silent.length
        } candles, 2024-01-10T00:00:00Z to 2024-01-10T03:00:00Z`,
        "Without candles:",
        ...silent.map((open) => {
          const text = (time: number) => new Date(time).toISOString().replace(".000", "");
          return `  ${text(open)} to ${
            text(open + MINUTE)
          }  1 interval silent: their source has no candle`;
        }),
        "1 of 1 candles are those of the database's trades",
        out.split("\n").at(-2),
        "",
      ]);
      assert.match(
        out.split("\n").at(-2)!,
        /^1 candles differ from the database's own: 1m to 2024-01-10T00:08:00Z: the archive has/,
      );
    })
  ));

Deno.test("what differs from the exchange is kept when verified, and replaced when it is said", () =>
  inTempFolder(async (folder) => {
    const from = Date.UTC(2024, 0, 10),
      to = from + 60 * MINUTE,
      flags = "--from 2024-01-10 --to 2024-01-10T01:00";
    const { candles } = await (await startFetch(folder, flags).ended, readSeries(folder, KEY));
    const rows = candles.rows().map((row, i) => i === 30 ? { ...row, volume: 12_345 } : row);
    const change = startChange(folder), spans = [{ from, to, source: "imported from a.csv" }];
    await change.add(KEY, { candles: Candles.fromRows("1m", rows), spans }, { replace: true });
    await change.write();
    const verified = await startFetch(folder, `${flags} --verify`).ended;
    assert.match(
      verified.out,
      /^1 candles differ \(the archive's are kept; --replace takes the exchange's\): .* volume 12345, the exchange has/m,
    );
    assert.equal((await readSeries(folder, KEY)).candles.volume[30], 12_345);
    const replaced = await startFetch(folder, `${flags} --replace`).ended;
    assert.match(replaced.out, /^1 candles differ \(replaced\)/m);
    assert.deepEqual((await readSeries(folder, KEY)).candles.rows(), candles.rows());
    const both = await startFetch(folder, `${flags} --replace --verify`).ended;
    assert.deepEqual([both.code, both.err], [
      1,
      "Give --verify or --replace: each asks for all again\n",
    ]);
  }));

Deno.test("a fetch that nobody answers ends, says what is kept, and how to go on", () =>
  inTempFolder(async (archive) => {
    // Nothing listens there.
    const options = { okx: { urls: { api: { rest: "http://127.0.0.1:1" } } } };
    Deno.writeTextFileSync(`${archive}/okx.json`, JSON.stringify(options));
    const flags = `--from 2024-01-10 --patience 0.01 --exchange-options ${archive}/okx.json`;
    const { code, out, err } = await runCommand(["fetch", ...`${MARKET} ${flags}`.split(" ")], {
      archive,
    });
    assert.deepEqual([code, out], [1, ""]);
    const lines = err.trimEnd().split("\n");
    assert.match(
      lines.at(-1)!,
      /^okx gave no answer for 0\.01 minutes: .*\. What came until then is kept, and the same command goes on from there$/,
    );
    // What is said again and again is said once.
    assert(lines.every((line, i) => line !== lines[i - 1]), err);
  }));
