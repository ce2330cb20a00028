import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import type { Candle } from "../../engine/market/candles.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { expectedCandles } from "../faults/expected_candles.ts";
import { eventually } from "../live/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand, startLive } from "./command.ts";

const instrument = { exchange: "binance", symbol: "BTC/USDT" };

/** Trades from some seconds before now to some after, a few each second. */
function rowsAround(now: number, before: number, after: number): TapeRow[] {
  const random = seededRandom(7), rows: TapeRow[] = [];
  let price = 60_000;
  for (let at = now - before, id = 1; at < now + after; at += 20 + Math.floor(400 * random())) {
    price = Math.round(price * (1 + 0.002 * (random() - 0.5)) * 10) / 10;
    const amount = (1 + Math.floor(1e6 * random())) / 1e8, side = random() < 0.5 ? "buy" : "sell";
    const trade = { id: `${id++}`, timestamp: Math.floor(at), price, amount, side } as const;
    rows.push({ instrument, trade, received: Math.floor(at) });
  }
  return rows;
}

/** A Binance that has traded for a minute already and goes on in real time. */
async function tradingExchange(after: number): Promise<FakeExchange> {
  const exchange = await startFakeExchange({
    dialect: "binance",
    instruments: [{ symbol: instrument.symbol }],
    trades: rowsAround(Date.now(), 60_000, after),
    pace: "stepped",
  });
  const step = () => exchange.advance(Date.now() - exchange.now());
  step();
  const timer = setInterval(step, 5);
  return { ...exchange, stop: () => (clearInterval(timer), exchange.stop()) };
}

async function config(folder: string): Promise<string> {
  const text = JSON.parse(await Deno.readTextFile("strategies/ema_cross_1m.json"));
  const market = { ...text.market, exchange: "binance", symbol: "BTC/USDT", timeframe: "1s" };
  const params = { ...text.strategy.params, fast: 2, slow: 4 };
  const path = `${folder}/quick.json`;
  const made = { ...text, name: "quick", market, strategy: { ...text.strategy, params } };
  await Deno.writeTextFile(path, JSON.stringify(made));
  return path;
}

async function flags(folder: string, { urls }: FakeExchange): Promise<string[]> {
  const path = `${folder}/exchanges.json`;
  await Deno.writeTextFile(path, JSON.stringify({ binance: { urls, apiKey: "none" } }));
  return ["--exchange-options", path, "--warm-up", "30", "--keep-trades", "1"];
}

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
        const args = [await config(folder), ...await flags(folder, exchange)];
        const decided = async () => (await store.bots.list())[0]?.cursor ?? 0;
        const begun = Date.now(), first = startLive(args, url);
        await eventually("decisions", async () => await decided() > begun + 4_000);
        const early = await candlesOf(store), signals = await signalsOf(store);
        assert.ok(early[0].time < begun - 20_000, "there is nothing to begin with");
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
        const path = await config(folder), given = await flags(folder, exchange);
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
          /"okxx", which is none that ccxt knows: did you mean "?okx/,
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
