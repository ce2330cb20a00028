import assert from "node:assert/strict";
import type { MarketKey, Store } from "../../engine/ports/store.ts";
import { UnreachableError } from "../../engine/ports/store_errors.ts";
import { startEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { withBreakableWay } from "../support/breakable_way.ts";
import { withCluster } from "../support/cluster.ts";
import { withDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { killServer, suspendServer } from "../support/server_process.ts";
import { madeCandle } from "./market_data_contract.ts";
import { bareBot } from "./bare_bot.ts";

const KEY: MarketKey = { exchange: "binance", symbol: "BTC/USDT", timeframe: "1m" };

/** Milliseconds that the stores here wait for an answer: not long, and longer than it ever takes. */
const PATIENCE = 3_000;

/** Does what may fail for a while, as often as it takes; counts how often it failed. */
async function insist<T>(task: () => Promise<T>, failed: UnreachableError[] = []): Promise<T> {
  let result: { value: T } | undefined;
  await eventually("the database takes it", async () => {
    try {
      result = { value: await task() };
      return true;
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      failed.push(error);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return false;
    }
  });
  return result!.value;
}

/** Stores candle after candle and a trade with each, whatever happens, until told to end. */
function keepWriting({ marketData, rawTrades }: Store) {
  const failed: UnreachableError[] = [], place = { exchange: "binance", symbol: "BTC/USDT" };
  let count = 0, ending = false;
  const writing = (async () => {
    for (; !ending; count++) {
      const candle = madeCandle(count), { time: timestamp } = candle;
      const trade = { id: `${count}`, timestamp, price: 1, amount: 1, side: "buy" } as const;
      await insist(() => marketData.upsertCandle(KEY, candle), failed);
      await insist(() => rawTrades.insert(place, [trade]), failed);
    }
  })();
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  };
  return {
    failed,
    /** Resolves when some more are stored. */
    more: async () => {
      const goal = count + 20;
      await until(() => count >= goal);
    },
    /** Resolves when it has failed. */
    failing: () => until(() => failed.length > 0),
    /** Ends it; everything must be there once, in order. */
    check: async () => {
      ending = true;
      await writing;
      const made = Array.from({ length: count }, (_, i) => madeCandle(i));
      assert.deepEqual((await marketData.candles(KEY)).rows(), made);
      const trades = await rawTrades.between(place, "trade", 0, Date.UTC(2100));
      assert.deepEqual(trades.map(({ id }) => Number(id)), made.map((_, i) => i));
    },
  };
}

Deno.test("a server that is killed and started again loses and doubles nothing", () =>
  withCluster(async ({ options, places }) => {
    const server = await startEmbedded(options), url = server.url("postgres");
    const store = await openStore(url, { patience: PATIENCE }), writer = keepWriting(store);
    await writer.more();
    await killServer(places, url);
    await writer.failing();
    assert.equal((await store.healthCheck()).healthy, false);
    const again = await startEmbedded(options);
    await writer.more();
    await writer.check();
    assert.match(
      writer.failed[0].message,
      /^Cannot store .*: the database at .* cannot be reached/,
    );
    await store.close();
    await again.release();
    await server.release();
  }));

Deno.test("a server that is stopped for a while is told in time, and works again when it goes on", () =>
  withCluster(async ({ options, places }) => {
    const server = await startEmbedded(options), url = server.url("postgres");
    const store = await openStore(url, { patience: PATIENCE, connections: 2 });
    await store.marketData.upsertCandle(KEY, madeCandle(0));
    for (let round = 1; round <= 2; round++) {
      const goOn = await suspendServer(places, url);
      const asked = [
        ...Array.from({ length: 20 }, () => store.marketData.upsertCandle(KEY, madeCandle(round))),
        store.marketData.recordGap({ instrument: KEY, from: 1, to: 2, reason: "" }),
        store.marketData.candles(KEY),
      ];
      for (const outcome of await Promise.allSettled(asked)) {
        assert.ok(outcome.status === "rejected" && outcome.reason instanceof UnreachableError);
        assert.match(outcome.reason.message, /^Cannot (store|record|read) .* cannot be reached/);
        assert.equal(outcome.reason.context.symbol, "BTC/USDT");
      }
      const { healthy, detail } = await store.healthCheck();
      assert.deepEqual([healthy, /does not answer/.test(detail)], [false, true], detail);
      await goOn();
      await insist(() => store.marketData.upsertCandle(KEY, madeCandle(round)));
      const expected = Array.from({ length: round + 1 }, (_, i) => madeCandle(i));
      assert.deepEqual((await store.marketData.candles(KEY)).rows(), expected);
    }
    await connectionsAre(url, 2);
    await store.close();
    await server.release();
  }));

/** Waits until our programs have at most so many connections to a database, one looking on. */
async function connectionsAre(url: string, most: number): Promise<void> {
  const database = openConnection(url, 1);
  try {
    for (let count = Infinity; count > most;) {
      [{ count }] = await database.sql<[{ count: number }]>`
        select count(*)::integer from pg_stat_activity
        where application_name = 'lockstep' and query not like 'listen%'
          and pid <> pg_backend_pid()`;
    }
  } finally {
    await database.close();
  }
}

Deno.test("connections that are cut lose and double nothing", () =>
  withDatabase(async (url) => {
    const store = await openStore(url, { patience: PATIENCE }), writer = keepWriting(store);
    const other = openConnection(url, 1);
    for (let round = 0; round < 5; round++) {
      await writer.more();
      await other.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
    }
    await writer.more();
    await writer.check();
    assert.ok(writer.failed.length > 0);
    await other.close();
    await store.close();
  }));

Deno.test("what is asked when a connection has just broken is answered, or to be asked again", () =>
  withDatabase((url) =>
    withBreakableWay(url, async (way) => {
      const database = openConnection(way.url, 1, PATIENCE);
      const ask = (number: number) =>
        database.attempt("ask", {}, (sql) => sql`select ${number}::integer as number`);
      for (let round = 1; round <= 3; round++) {
        assert.deepEqual([...await ask(0)], [{ number: 0 }]);
        way.holdAnswers();
        const broken = ask(round), next = broken.catch(() => ask(10 * round));
        // One that goes on when its connection is another's.
        const late = database.attempt("go on", {}, async (sql) => {
          await next;
          await sql`select 1`;
        });
        late.catch(() => {}); // It is waited for further down.
        await way.holding();
        way.breakOff();
        await assert.rejects(broken, UnreachableError);
        assert.deepEqual([...await next], [{ number: 10 * round }]);
        await assert.rejects(late, {
          name: "UnreachableError",
          message: /^Cannot go on: .* \(the connection was closed\)$/,
        });
      }
      await database.close();
    })
  ));

Deno.test("a table that somebody locks is told in time, and used again when it is free", () =>
  withDatabase(async (url) => {
    const store = await openStore(url, { patience: PATIENCE }), other = openConnection(url, 1);
    const trade = { id: "1", timestamp: 0, price: 1, amount: 1, side: "buy" } as const;
    await store.maintain({ now: 0 });
    await other.sql.begin(async (transaction) => {
      await transaction`lock table market_data, raw_trades, market_gaps, bots`;
      const tasks = {
        candles: () => store.marketData.upsertCandle(KEY, madeCandle(0)),
        reading: () => store.marketData.candles(KEY),
        trades: () => store.rawTrades.insert(KEY, [trade]),
        gaps: () => store.marketData.recordGap({ instrument: KEY, from: 1, to: 2, reason: "" }),
        bots: () => store.bots.create(bareBot("a")),
        counting: () => store.stats(),
      };
      for (const [what, task] of Object.entries(tasks)) {
        await assert.rejects(task(), (error: UnreachableError) => {
          assert.ok(error instanceof UnreachableError, what);
          assert.match(error.message, /^Cannot .*: somebody else holds a lock on it/, what);
          assert.equal(error.context.code, "55P03", what);
          return true;
        });
      }
      assert.equal((await store.healthCheck()).healthy, true, "the server answers");
    });
    await store.marketData.upsertCandle(KEY, madeCandle(0));
    assert.equal((await store.stats()).candles, 1);
    await other.close();
    await store.close();
  }));

Deno.test("what takes the server too long ends, and what is refused is not to be tried again", () =>
  withDatabase(async (url) => {
    const database = openConnection(url, 1, 1_500);
    const failing = (query: string) => database.attempt("try", {}, ({ unsafe }) => unsafe(query));
    await assert.rejects(failing("select pg_sleep(60)"), {
      name: "UnreachableError",
      message: /^Cannot try: it took too long/,
    });
    for (const query of ["select 1/0", "selec", "select * from nowhere"]) {
      await assert.rejects(failing(query), { name: "StoreError" }, query);
    }
    await database.close();
  }));
