import type { Health, Store, StoreStats } from "../../ports/store.ts";
import { bots } from "./bots.ts";
import { commit } from "./commit.ts";
import { type Database, openConnection } from "./connection.ts";
import { marketData } from "./market_data.ts";
import { migrate } from "./migrate.ts";
import { partitions } from "./partitions.ts";
import { performance } from "./performance.ts";
import { rawTrades } from "./raw_trades.ts";
import { signals } from "./signals.ts";
import { trades } from "./trades.ts";

export interface StoreOptions {
  /** The most connections to hold at once; 4 unless given. */
  connections?: number;
}

/**
 * Opens the store in the PostgreSQL database at `url`, and makes or updates its tables. Throws a
 * `StoreError` that names host and port if there is none.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const database = openConnection(url, options.connections);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOn(database);
}

function storeOn(database: Database): Store {
  const ensure = partitions(database);
  return {
    marketData: marketData(database),
    rawTrades: rawTrades(database, ensure),
    bots: bots(database),
    signals: signals(database),
    trades: trades(database),
    performance: performance(database),
    commit: (decision) => commit(database, ensure, decision),
    healthCheck: () => healthCheck(database),
    stats: () => stats(database),
    close: () => database.close(),
  };
}

/** Never throws: a database that is away is an answer, too. */
async function healthCheck(database: Database): Promise<Health> {
  const start = globalThis.performance.now();
  const latency = () => globalThis.performance.now() - start;
  try {
    const [{ version }] = await database.attempt(
      "ask the database",
      {},
      (sql) => sql<[{ version: string }]>`select current_setting('server_version') as version`,
    );
    return { healthy: true, latency: latency(), detail: `PostgreSQL ${version}` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { healthy: false, latency: latency(), detail };
  }
}

async function stats(database: Database): Promise<StoreStats> {
  const [row] = await database.attempt("count rows", {}, (sql) =>
    sql<[StoreStats]>`
      select
        (select count(*)::double precision from market_data) as candles,
        (select count(*)::double precision from bots) as bots,
        (select count(*)::double precision from signals) as signals,
        (select count(*)::double precision from trades) as trades,
        (select count(*)::double precision from bot_performance) as performance`);
  return { ...row };
}
