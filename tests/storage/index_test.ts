import assert from "node:assert/strict";
import { type Database, openConnection } from "../../engine/storage/postgres/connection.ts";
import { candleRows, newestRow } from "../../engine/storage/postgres/market_data_read.ts";
import { performanceRows } from "../../engine/storage/postgres/performance.ts";
import { tradeRows } from "../../engine/storage/postgres/raw_trade_rows.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { thinnedRows } from "../../engine/storage/postgres/watch_equity.ts";
import { glanceRows } from "../../engine/storage/postgres/watch_glance.ts";
import { seriesRows } from "../../engine/storage/postgres/watch_series.ts";
import { withDatabase } from "../support/database.ts";
import { bareBot } from "./bare_bot.ts";

const MINUTE = 60_000, START = Date.UTC(2024, 0, 1), ROWS = 300_000;
const at = (minute: number) => START + minute * MINUTE;
const KEY = { exchange: "okx", symbol: "S3", timeframe: "1m" } as const;

/** Six series of candles, three equity curves and two instruments' trades of 300,000 rows in all each. */
async function fill(url: string, { sql }: Database): Promise<void> {
  const store = await openStore(url);
  for (let month = 0; month < 3; month++) await store.maintain({ now: Date.UTC(2024, 2 * month) });
  for (const id of ["a", "b", "c"]) await store.bots.create(bareBot(id));
  await store.close();
  const start = new Date(START);
  await sql`
    insert into market_data
    select 'okx', 'S' || i % 6, '1m', ${start}::timestamptz + (i / 6 + 1) * interval '1 minute',
      0, 1, 1, 1, 1, i, i, 'traded'
    from generate_series(0, ${ROWS - 1}::integer) i`;
  await sql`
    insert into market_data
    select exchange, symbol, timeframe, timestamp, 1, open, high, low, close, volume + 1, 1, kind
    from market_data where volume::integer % 97 = 0`;
  await sql`
    insert into bot_performance
    select substr('abc', i % 3 + 1, 1), ${start}::timestamptz + (i / 3) * interval '1 minute',
      i, i, 0, 0
    from generate_series(0, ${ROWS - 1}::integer) i`;
  await sql`
    insert into raw_trades
    select 'okx', 'S' || i % 2, 'trade', ${start}::timestamptz + (i / 4) * interval '1 minute',
      i::text, 1, 1, 'buy'
    from generate_series(0, ${ROWS - 1}::integer) i`;
  await sql`
    insert into market_series
    select exchange, symbol, timeframe, max(timestamp), 1 from market_data group by 1, 2, 3`;
  await sql`analyze`;
}

interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  Plans?: PlanNode[];
}

/** A query that was not sent: part of another one. */
type Query = ReturnType<
  | typeof candleRows
  | typeof performanceRows
  | typeof tradeRows
  | typeof glanceRows
  | typeof thinnedRows
  | typeof seriesRows
>;

/** Runs a query; returns the nodes of its plan, top down. */
async function planOf({ sql }: Database, query: Query) {
  const [row] = await sql<[{ "QUERY PLAN": [{ Plan: PlanNode }] }]>`
    explain (analyze, format json) ${query}`;
  const nodes: PlanNode[] = [], [{ Plan: top }] = row["QUERY PLAN"];
  const visit = (node: PlanNode) => {
    nodes.push(node);
    node.Plans?.forEach(visit);
  };
  visit(top);
  return nodes;
}

/** The query must find `rows` rows by way of an index, and never sort nor read a whole table. */
async function byIndex(
  database: Database,
  what: string,
  query: Query,
  rows: number,
  index: RegExp,
): Promise<void> {
  const nodes = await planOf(database, query), types = nodes.map((node) => node["Node Type"]);
  const told = `${what}: ${types.join(", ")}`;
  assert.equal(nodes[0]["Actual Rows"], rows, told);
  assert.ok(!types.some((type) => /Sort|Seq Scan|Bitmap|Hash|Materialize/.test(type)), told);
  const indexes = nodes.flatMap((node) => node["Index Name"] ?? []);
  assert.ok(indexes.length > 0 && indexes.every((name) => index.test(name)), `${told}, ${indexes}`);
}

/** The query must read of the great tables no more than `most` rows in all. */
async function reads(database: Database, what: string, query: Query, most: number): Promise<void> {
  const great = (await planOf(database, query))
    .filter((node) => /^(bot_performance|market_data)/.test(node["Relation Name"] ?? ""));
  const rows = great.map((node) => (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 0));
  const all = rows.reduce((sum, one) => sum + one, 0);
  assert.ok(all > 0 && all <= most, `${what} reads ${all} rows, and may read ${most}`);
  assert.ok(!great.some((node) => node["Node Type"] === "Seq Scan"), `${what} reads a whole table`);
}

Deno.test("the usual questions are answered by an index, without sorting, in tables of 300,000 rows", () =>
  withDatabase(async (url) => {
    const database = openConnection(url, 1, 120_000), { sql } = database;
    try {
      await fill(url, database);
      const candles = (what: string, range: Parameters<typeof candleRows>[2], rows: number) =>
        byIndex(database, what, candleRows(sql, KEY, range), rows, /^market_data_pkey$/);
      const range = { after: at(10_000), to: at(12_000), limit: 20_000 };
      await candles("history as decided", { ...range, revision: "decided" }, 2_000);
      await candles("history as it stands", { ...range, revision: "latest" }, 2_021);
      await candles("behind a cursor", { after: at(49_990), revision: "decided" }, 10);
      await candles("all of it, a page", { limit: 20_000, revision: "decided" }, 20_000);
      const next = candleRows(sql, KEY, { limit: 20_000, revision: "latest" }, {
        time: at(20_000),
        revision: 0,
      });
      await byIndex(database, "the next page", next, 20_000, /^market_data_pkey$/);
      for (const reading of ["decided", "latest"] as const) {
        const recent = newestRow(sql, KEY, reading);
        await byIndex(database, `recent, ${reading}`, recent, 1, /^market_data_pkey$/);
      }
      const parts = /^bot_performance_2024_\d\d_pkey$/;
      const equity = (limit: number, after?: number) => performanceRows(sql, "b", limit, { after });
      await byIndex(database, "equity", equity(20_000), 20_000, parts);
      await byIndex(database, "equity behind", equity(20_000, at(90_000)), 9_999, parts);
      const trades = tradeRows(
        sql,
        { ...KEY, symbol: "S1" },
        { timestamp: at(1_000), id: "" },
        at(2_000),
        20_000,
      );
      await byIndex(database, "trades", trades, 2_000, /^raw_trades_2024_\d\d_pkey$/);
      await reads(database, "a glance", glanceRows(sql, { limit: 1_000 }), 3);
      await reads(database, "a thinned curve", thinnedRows(sql, ["a", "b"], 100), 2 * 102);
      await reads(database, "six series", seriesRows(sql, 1_000), 6 * 110);
    } finally {
      await database.close();
    }
  }));
