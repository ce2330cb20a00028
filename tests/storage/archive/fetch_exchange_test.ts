import assert from "node:assert/strict";
import { ccxtHistory } from "../../../engine/exchanges/ccxt_history.ts";
import type { Candle } from "../../../engine/market/candles.ts";
import { fetchCandles, type FetchRequest } from "../../../engine/storage/archive/fetch_candles.ts";
import { storedCandles } from "../../../engine/storage/stored_candles.ts";
import { quickClock } from "../../exchanges/quick_clock.ts";
import { naiveCandles } from "../../market/naive_candles.ts";
import type { DialectName } from "../../support/fake_exchange/dialect.ts";
import { type FakeExchange, startFakeExchange } from "../../support/fake_exchange/fake_exchange.ts";
import { tapeRows } from "../../support/fake_exchange/tape_rows.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { archiveFiles } from "./archive_files.ts";

const SYMBOL = "BTC/USDT", MINUTE = 60_000;
const ROWS = await tapeRows("data/sample_tape.csv.gz");
/** The tape begins within its first minute and ends within its last. */
const FROM = Date.UTC(2024, 5, 10, 0, 1), TO = Date.UTC(2024, 5, 10, 7, 59);

const plain = ROWS.map(({ trade }) => ({
  timestamp: trade.timestamp,
  cents: Math.round(trade.price * 100),
  amountTicks: Math.round(trade.amount * 1e8),
}));

type Bare = Omit<Candle, "trades" | "kind">;

/** A candle as any exchange has it. */
const bare = ({ time, open, high, low, close, volume }: Candle): Bare => {
  return { time, open, high, low, close, volume };
};

const EXPECTED = naiveCandles(plain, "1m", "left").map(bare)
  .filter(({ time }) => time > FROM && time <= TO);

/** Runs `test` with an exchange on which the whole tape is public. */
async function withExchange(dialect: DialectName, test: (exchange: FakeExchange) => Promise<void>) {
  const instruments = [{ symbol: SYMBOL }];
  const exchange = await startFakeExchange({ dialect, instruments, trades: ROWS, pace: "stepped" });
  try {
    exchange.start();
    exchange.advance(9 * 60 * MINUTE);
    await test(exchange);
  } finally {
    await exchange.stop();
  }
}

function request(
  exchange: FakeExchange,
  venue: string,
  root: string,
  rest: Partial<FetchRequest> = {},
): FetchRequest {
  const clock = quickClock(() => exchange.localNow(), 50), options = { urls: exchange.urls };
  const history = ccxtHistory({ venue, options, clock, random: () => 0.5 });
  const key = { exchange: venue, symbol: SYMBOL, timeframe: "1m" } as const;
  const signal = new AbortController().signal;
  return { root, history, key, from: FROM, to: TO, signal, ...rest };
}

for (const dialect of ["okx", "binance", "coinbase", "kraken"] as const) {
  Deno.test(`what is fetched from ${dialect} are the candles of its trades`, () =>
    withExchange(dialect, (exchange) =>
      inTempFolder(async (root) => {
        const asked = request(exchange, dialect, root), { key, from, to } = asked;
        const { told, differences } = await fetchCandles(asked);
        assert.deepEqual([told, differences], [[{ from, to }], []]);
        const all = await storedCandles({ root, store: undefined }, { key, from, to });
        assert.equal(all.length, 478);
        assert.deepEqual(all.rows().map(bare), EXPECTED);
      })));
}

Deno.test("what an exchange answers with nothing is fetched again, not recorded as silence", () =>
  withExchange("coinbase", (exchange) =>
    inTempFolder(async (root) => {
      let answers = 0;
      // The beginning comes, then nothing for a while.
      exchange.hushCandles(SYMBOL, () => ++answers > 2 && answers < 40);
      const asked = request(exchange, "coinbase", root), { key, from, to } = asked;
      const { told } = await fetchCandles(asked);
      assert.equal(told.length, 1);
      assert.ok(told[0].from === from && told[0].to < to);
      exchange.hushCandles(SYMBOL, () => false);
      const { told: rest } = await fetchCandles(asked);
      assert.deepEqual(rest, [{ from: told[0].to, to }]);
      const all = await storedCandles({ root, store: undefined }, { key, from, to });
      assert.deepEqual(all.rows().map(bare), EXPECTED);
    })));

/** Aborts as soon as a page is there. */
function stopping(): Pick<FetchRequest, "signal" | "onProgress"> {
  const controller = new AbortController();
  return { signal: controller.signal, onProgress: () => controller.abort() };
}

Deno.test("a stop changes nothing in what is fetched, to the last byte", () =>
  withExchange("okx", (exchange) =>
    inTempFolder(async (folder) => {
      const whole = `${folder}/whole`, stopped = `${folder}/stopped`;
      await fetchCandles(request(exchange, "okx", whole));
      const first = await fetchCandles(request(exchange, "okx", stopped, stopping()));
      const [{ to }] = first.told;
      assert.ok(to > FROM && to < TO);
      const second = await fetchCandles(request(exchange, "okx", stopped));
      assert.deepEqual(second.told, [{ from: to, to: TO }]);
      assert.deepEqual(archiveFiles(stopped), archiveFiles(whole));
      const third = await fetchCandles(request(exchange, "okx", stopped));
      assert.deepEqual([third.wasThere, third.candles], [true, 0]);
    })));
