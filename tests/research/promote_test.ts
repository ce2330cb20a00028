import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Candles } from "../../engine/market/candles.ts";
import { InputError } from "../../engine/market/errors.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { promote } from "../../engine/research/promote.ts";
import { configHash, loadConfig } from "../../engine/strategy/load.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import emaCross from "../../strategies/ema_cross.ts";
import rsiReversion from "../../strategies/rsi_reversion.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { runProcess } from "../support/limited_process.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { waves } from "./waves.ts";

const candles = waves(400), market = { exchange: "binance", symbol: "BTC/USDT" };

const RUNS: { strategy: Strategy; params: ParameterValues; account: Partial<AccountSettings> }[] = [
  { strategy: smaCross, params: { fast: 4, slow: 15 }, account: { lot: 0.001 } },
  { strategy: emaCross, params: { fast: 3, slow: 8 }, account: { fee: 0.0002, size: 0.5 } },
  { strategy: rsiReversion, params: { window: 5, oversold: 40, recovered: 60 }, account: {} },
];

Deno.test("a promoted config loads, and gives the numbers that it was promoted for", async () => {
  await inTempFolder((folder) => {
    for (const { strategy, params, account } of RUNS) {
      const result = backtest(strategy, candles, { params, account }), name = strategy.name;
      assert(result.trades.length > 5);
      const path = promote(result, { name, market, folder, trials: 12 });
      assert.equal(path, `${folder}/${name}.json`);
      const loaded = loadConfig(Deno.readTextFileSync(path), path), { receipt } = loaded.config;
      assert.equal(loaded.edited, false);
      assert.deepEqual(loaded.config.market, { ...market, timeframe: "1h" });
      assert.equal(loaded.config.name, name);
      const again = backtest(loaded.strategy, candles, {
        params: loaded.parameters,
        account: loaded.config.account,
      });
      assert.deepEqual(again.trades.rows, result.trades.rows);
      assert.deepEqual(again.signals.rows, result.signals.rows);
      assert.deepEqual(again.equity, result.equity);
      assert.deepEqual(again.summary(), result.summary());
      assert.equal(receipt?.metrics.finalEquity, result.summary().finalEquity);
      assert.equal(receipt?.trials, 12);
    }
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
    assert.deepEqual(files, ["ema_cross.json", "rsi_reversion.json", "sma_cross.json"]);
  });
});

/** The hash of the candles as the receipt has it, taken here column by column. */
function fingerprint(): string {
  const hash = createHash("sha256").update("1h");
  const { time, open, high, low, close, volume } = candles;
  for (const column of [time, open, high, low, close, volume]) {
    const bytes = new DataView(new ArrayBuffer(8 * column.length));
    column.forEach((value, i) => bytes.setFloat64(8 * i, value, true));
    hash.update(new Uint8Array(bytes.buffer));
  }
  return hash.digest("hex");
}

Deno.test("the receipt says on what data, and with what, a strategy did how well", async () => {
  await inTempFolder((folder) => {
    const start = Date.UTC(2024, 0, 3), params = { fast: 4, slow: 15 };
    const result = backtest(smaCross, candles, { params, start });
    const path = promote(result, { name: "bot", market, folder });
    const { config } = loadConfig(Deno.readTextFileSync(path), path), receipt = config.receipt!;
    assert.deepEqual(receipt.data, {
      fingerprint: fingerprint(),
      from: "2024-01-01T00:00:00Z",
      start: "2024-01-03T00:00:00Z",
      to: "2024-01-17T16:00:00Z",
      candles: 400,
      gaps: 0,
    });
    assert.equal(receipt.trials, 1);
    assert.equal(receipt.deno, Deno.version.deno);
    assert.match(receipt.engine, /^\d+\.\d+\.\d+$/);
    assert.match(receipt.contentHash, /^[0-9a-f]{64}$/);
  });
});

Deno.test("a config has the base clock that its backtest had, and another hash for it", async () => {
  await inTempFolder((folder) => {
    const promoted = (timeframe: "1h" | "4h") => {
      const result = backtest(smaCross, candles, { params: { fast: 4, slow: 15 }, timeframe });
      const path = promote(result, { name: "bot", market, folder, replace: true });
      return loadConfig(Deno.readTextFileSync(path), path);
    };
    const own = promoted("1h"), fine = promoted("4h");
    assert.deepEqual(own.config.market, { ...market, timeframe: "1h" });
    assert.deepEqual(fine.config.market, { ...market, timeframe: "4h", base: "1h" });
    assert.equal(fine.edited, false);
    const { base: _, ...without } = fine.config.market;
    assert.notEqual(configHash({ ...fine.config, market: without }), configHash(fine.config));
  });
});

Deno.test("the receipt counts the gaps of all that the indicators saw, and no two parts hash alike", async () => {
  await inTempFolder((folder) => {
    const gappy = Candles.fromRows("1h", candles.rows().filter((_, i) => i !== 7 && i !== 90));
    const receiptOf = (data: Candles, start?: number) => {
      const result = backtest(smaCross, data, { start });
      const path = promote(result, { name: "bot", market, folder, replace: true });
      return JSON.parse(Deno.readTextFileSync(path)).receipt.data;
    };
    assert.equal(receiptOf(gappy, gappy.time[50]).gaps, 2);
    // Parts of one set share its memory.
    const hashes = [candles.slice(0, 200), candles.slice(200, 400), candles.slice(100, 300)]
      .map((part) => receiptOf(part).fingerprint);
    assert.equal(new Set(hashes).size, 3);
    const copy = Candles.fromRows("1h", candles.slice(200, 400).rows());
    assert.equal(receiptOf(copy).fingerprint, hashes[1]);
  });
});

Deno.test("a config that was changed by hand says so; its name and receipt may change", async () => {
  await inTempFolder((folder) => {
    const result = backtest(smaCross, candles, { params: { fast: 4, slow: 15 } });
    const path = promote(result, { name: "bot", market, folder });
    const text = Deno.readTextFileSync(path);
    const edited = (from: string, to: string) => {
      assert(text.includes(from), from);
      return loadConfig(text.replace(from, to), path).edited;
    };
    assert.equal(edited('"slow": 15', '"slow": 16'), true);
    assert.equal(edited('"fee": 0.001', '"fee": 0.002'), true);
    assert.equal(edited('"symbol": "BTC/USDT"', '"symbol": "ETH/USDT"'), true);
    assert.equal(edited('"risk": {}', '"risk": { "stopLoss": 0.1 }'), true);
    assert.equal(edited('"name": "bot"', '"name": "other_bot"'), false);
    assert.equal(edited('"trials": 1', '"trials": 7'), false);
    assert.equal(loadConfig(JSON.stringify(JSON.parse(text)), path).edited, false);
  });
});

Deno.test("options that cannot be are refused in a line, and nothing is written", async () => {
  const result = backtest(smaCross, candles), loose = promote as (...given: unknown[]) => string;
  const such = 'but must be such as { exchange: "binance", symbol: "BTC/USDT" }';
  await inTempFolder((folder) => {
    const good = { name: "bot", market, folder };
    const cases: [unknown, string | RegExp][] = [
      [
        { ...good, trails: 40 },
        'promote has no option "trails": did you mean "trials"? ' +
        "There are name, market, trials, folder, replace",
      ],
      [{ ...good, trials: 0 }, "promote: trials is 0, but must be a whole number of 1 or more"],
      [{ ...good, trials: -3 }, /^promote: trials is -3, but/],
      [{ ...good, trials: 2.5 }, /^promote: trials is 2.5, but/],
      [{ ...good, market: "BTC/USDT" }, `promote: market is the text "BTC/USDT", ${such}`],
      [
        { ...good, market: { exchnge: "binance", symbol: "BTC/USDT" } },
        `promote: market is an object with exchnge, symbol, ${such}`,
      ],
      [{ market, folder }, /^A bot cannot be called undefined: names are/],
      [{ ...good, folder: 5 }, "promote: folder is 5, but must be the path of a folder"],
      [
        { ...good, replace: "yes" },
        /^promote: replace is the text "yes", but must be true or false/,
      ],
      ["bot", /^promote takes its options by name/],
      [undefined, /^promote takes its options by name/],
    ];
    for (const [options, message] of cases) {
      assert.throws(() => loose(result, options), { name: "InputError", message });
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

/** What promote says when it is called in another folder: in another process, as tests share theirs. */
async function saidIn(folder: string, options: object): Promise<string> {
  const root = new URL("../../", import.meta.url).pathname;
  const flags = ["-q", "--no-prompt", `--lock=${root}deno.lock`, "--frozen", "--allow-read"];
  const program = `${root}tests/research/promote_elsewhere.ts`;
  const { out, err } = await runProcess("deno", {
    args: ["run", ...flags, "--allow-write", program, JSON.stringify(options)],
    cwd: folder,
  });
  assert.equal(err, "");
  return out.trimEnd();
}

Deno.test("configs go into the project's own folder, wherever promote is called", async () => {
  const result = backtest(smaCross, candles), name = "sma_cross_1m";
  // Nothing is written: there is a config of that name, and it does something else.
  assert.throws(() => promote(result, { name, market }), {
    message: /^strategies\/sma_cross_1m\.json holds another strategy/,
  });
  const said = await saidIn("notebooks", { name });
  assert.match(said, /^\.\.\/strategies\/sma_cross_1m\.json holds another strategy/);
});

Deno.test("a folder that is not there is told with where it was looked for", async () => {
  await inTempFolder(async (folder) => {
    const real = await Deno.realPath(folder);
    const said = await saidIn(real, { name: "bot", folder: "none" });
    assert.equal(said, `Cannot write none/bot.json: there is no such folder (looked in ${real})`);
  });
});

Deno.test("rates of funding that a bot cannot have are not promoted; one that is assumed is", async () => {
  await inTempFolder((folder) => {
    const time = Array.from(candles.time).filter((_, i) => i % 8 === 0),
      rate = time.map(() => 1e-4);
    const options = { params: { fast: 4, slow: 15 } };
    const paid = backtest(smaCross, candles, { ...options, funding: { time, rate } });
    assert(paid.funding > 0 && paid.notes().some((note) => /of funding was paid$/.test(note)));
    assert.throws(
      () => promote(paid, { name: "bot", market, folder }),
      (error) => error instanceof InputError && /no way yet to learn the rates/.test(error.message),
    );
    const assumed = backtest(smaCross, candles, { ...options, account: { fundingRate: 1e-4 } });
    assert(assumed.notes().some((note) => /paid, by a rate that is assumed$/.test(note)));
    const path = promote(assumed, { name: "bot", market, folder });
    assert.equal(JSON.parse(Deno.readTextFileSync(path)).account.fundingRate, 1e-4);
  });
});

Deno.test("signals computed by hand cannot be promoted, nor can a name that is no file's", async () => {
  await inTempFolder((folder) => {
    const never = Array(candles.length).fill(false);
    const byHand = backtestSignals(candles, { entries: never, exits: never });
    assert.throws(
      () => promote(byHand, { name: "bot", market, folder }),
      (error) => error instanceof InputError && /computed by hand/.test(error.message),
    );
    const result = backtest(smaCross, candles);
    for (const name of ["../bot", "a bot", ""]) {
      assert.throws(() => promote(result, { name, market, folder }), InputError);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});
