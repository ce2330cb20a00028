import postgres from "postgres";
import type { Trade } from "../engine/market/trade.ts";
import { openStore } from "../engine/storage/postgres/store.ts";
import { withBenchDatabase } from "./with_bench_store.ts";

const BTC = { exchange: "okx", symbol: "BTC/USDT" }, START = Date.UTC(2024, 7, 8);

/** Trades in one call, and how many calls are timed after a first one. */
const BATCH = 2_000, BATCHES = 20;

/** Trades like those of a busy market: prices in cents, amounts of eight decimals. */
const batches = Array.from(
  { length: BATCHES + 1 },
  (_, batch) =>
    Array.from({ length: BATCH }, (_, k): Trade => {
      const i = batch * BATCH + k;
      return {
        id: `${574_000_000 + i}`,
        timestamp: START + i * 7,
        price: (6_012_345 + (i * 7_919) % 5_000) / 100,
        amount: (1 + (i * 104_729) % 100_000_000) / 1e8,
        side: i % 3 ? "buy" : "sell",
      };
    }),
);

/** What is to be measured: stores trades in an empty database. */
interface Subject {
  insert(trades: readonly Trade[]): Promise<unknown>;
  close(): Promise<void>;
}

/** As the driver's documentation has it, into a table of the same columns without any checks. */
async function bareDriver(url: string): Promise<Subject> {
  const sql = postgres(url, { max: 4 });
  await sql`
    create table bare_trades (exchange text, symbol text, data_type text, timestamp timestamptz,
      id text, price double precision, amount double precision, side text,
      primary key (exchange, symbol, data_type, timestamp, id))`;
  return {
    insert: (trades) =>
      sql`
        insert into bare_trades (exchange, symbol, data_type, timestamp, id, price, amount, side)
        select ${BTC.exchange}, ${BTC.symbol}, 'trade', * from unnest(
          ${trades.map((trade) => new Date(trade.timestamp).toISOString())}::timestamptz[],
          ${trades.map((trade) => trade.id)}::text[],
          ${trades.map((trade) => trade.price)}::double precision[],
          ${trades.map((trade) => trade.amount)}::double precision[],
          ${trades.map((trade) => trade.side)}::text[])
        on conflict do nothing`,
    close: () => sql.end(),
  };
}

async function ourStore(url: string): Promise<Subject> {
  const store = await openStore(url);
  return { insert: (trades) => store.rawTrades.insert(BTC, trades), close: () => store.close() };
}

type Open = (url: string) => Promise<Subject>;

/** Begins and ends a measurement. */
interface Stopwatch {
  start(): void;
  end(): void;
}

const none: Stopwatch = { start: () => {}, end: () => {} };

async function measure(open: Open, watch: Stopwatch): Promise<void> {
  await withBenchDatabase(async (url) => {
    const subject = await open(url);
    await subject.insert(batches[0]);
    watch.start();
    for (let i = 1; i <= BATCHES; i++) await subject.insert(batches[i]);
    watch.end();
    await subject.close();
  });
}

const options = {
  group: "raw trades",
  n: 6,
  warmup: 1,
  // It takes a database, which `deno bench --allow-read` may not have.
  ignore: Deno.permissions.querySync({ name: "net", host: "127.0.0.1" }).state !== "granted",
};

// Each measurement runs both, so that what else the machine does is the same for both.
// Deno waits for a function that is written as `async`, and for no other.
Deno.bench(
  "bare postgres.js, unnest: 40,000 trades",
  { ...options, baseline: true },
  async (bench) => {
    await measure(bareDriver, bench);
    await measure(ourStore, none);
  },
);

Deno.bench("rawTrades.insert: 40,000 trades", options, async (bench) => {
  await measure(bareDriver, none);
  await measure(ourStore, bench);
});
