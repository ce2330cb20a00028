import assert from "node:assert/strict";
import type { Candle } from "../../engine/market/candles.ts";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { expectedCandles } from "../faults/expected_candles.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand, startLive } from "./command.ts";
import { exchangeFlags, instrument, quickConfig, tradingExchange } from "./trading_exchange.ts";

const candlesOf = async (store: Store) =>
  (await store.marketData.candles({ ...instrument, timeframe: "1s" }, { revision: "latest" }))
    .rows();

const numbers = ({ time, open, high, low, close, volume }: Omit<Candle, "trades" | "kind">) =>
  [time, open, high, low, close, volume].join(" ");

Deno.test("live on an exchange: warmed up at once, killed, and gone on without a hole", () =>
  inTempFolder((folder) =>
    withDatabase(async (url) => {
      const exchange = await tradingExchange(60_000), store = await openStore(url);
      try {
        const args = [await quickConfig(folder), ...await exchangeFlags(folder, exchange)];
        const decided = async () => (await store.bots.list())[0]?.cursor ?? 0;
        const begun = Date.now(), first = startLive(args, url);
        await eventually("decisions", async () => await decided() > begun + 4_000);
        const early = await candlesOf(store), signals = await signalsOf(store);
        const [{ run }] = await store.bots.list();
        assert.ok(early[0].time < run.start - 20_000, "there is nothing to begin with");
        assert.ok(early.some(({ kind }) => kind === "backfilled"));
        assert.ok(signals.every(({ time }) => time >= begun));
        await first.signal("SIGKILL");
        await first.ended;
        const killed = Date.now(), second = startLive(args, url);
        await eventually("decisions", async () => await decided() > killed + 6_000);
        await second.signal("SIGTERM");
        const { code, out, err } = await second.ended;
        assert.equal(code, 0, err);
        assert.match(
          out,
          /^quick-[0-9a-f]{8} +binance BTC\/USDT 1s +no process since \S+, goes on when started/m,
        );
        assert.equal((await store.bots.list()).length, 1);
        const candles = await candlesOf(store), served = exchange.served.map(({ trade }) => trade);
        const expected = expectedCandles(served, "1s", candles.at(-1)!.time)
          .filter(({ time }) => time >= candles[0].time);
        assert.deepEqual(candles.map(numbers), expected.map(numbers));
        assert.deepEqual(await store.marketData.gaps(instrument), []);
        const traded = await store.rawTrades.between(instrument, "trade", begun, Date.now());
        assert.ok(traded.length > 20);
      } finally {
        await store.close();
        await exchange.stop();
      }
    })
  ));

async function signalsOf(store: Store) {
  const [bot] = await store.bots.list();
  return await store.signals.ofBot(bot.id);
}

Deno.test("live refuses unknown venues and symbols, and flags of the other way, before anything is written", () =>
  inTempFolder((folder) =>
    withDatabase(async (url) => {
      const exchange = await tradingExchange(30_000), database = { database: url };
      try {
        const path = await quickConfig(folder), given = await exchangeFlags(folder, exchange);
        const refused = async (args: string[], message: RegExp) => {
          const { code, err } = await runCommand(["live", ...args], database);
          assert.equal(code, 1, err);
          assert.match(err, message);
          assert.doesNotMatch(err, /\n +at /);
        };
        const elsewhere = JSON.parse(await Deno.readTextFile(path));
        elsewhere.market.symbol = "BTC/USDTT";
        await Deno.writeTextFile(`${folder}/odd.json`, JSON.stringify(elsewhere));
        await refused(
          [`${folder}/odd.json`, ...given],
          /binance has no market of this name.*BTC\/USDT/,
        );
        await refused(
          [path, "--exchange", "okxx", ...given],
          /"okxx", which is none that ccxt knows: did you mean "okx\w*"\? Name one/,
        );
        await refused([path, "--exit"], /--exit is for a tape: give one with --replay/);
        await refused(
          [path, "--replay", "data/sample_tape.csv.gz", "--fresh"],
          /--fresh is for trading live/,
        );
        await refused(
          [path, "--exchange-options", `${folder}/none.json`],
          /There is no file .*none\.json/,
        );
        await Deno.writeTextFile(`${folder}/bad.json`, `{"okx": 5}`);
        await refused(
          [path, "--exchange-options", `${folder}/bad.json`],
          /"okx" is 5, not an object/,
        );
        const store = await openStore(url);
        assert.deepEqual(await store.bots.list(), []);
        await store.close();
      } finally {
        await exchange.stop();
      }
    })
  ));
