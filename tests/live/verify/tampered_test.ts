import assert from "node:assert/strict";
import type { Difference } from "../../../engine/live/verify/difference.ts";
import { verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import type { Database } from "../../../engine/storage/postgres/connection.ts";
import { CANDLES } from "../made_bots.ts";
import { verifiedAfter, withDecided } from "./tampered.ts";

const ROWS = 200, LAST = CANDLES[ROWS - 1].time;
const iso = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

type Sql = Database["sql"];
/** What is done to a bot's rows, and what has to be found. */
type Case = [what: string, tamper: (sql: Sql, id: string) => Promise<unknown>, Partial<Difference>];

/** A row in the middle, by its number. */
const NUMBER = 3;

const NUMBERED: readonly Case[] = (["refusals", "fills", "trades"] as const).flatMap((table) => {
  const row = `number ${NUMBER}`;
  const change = table === "trades" ? "exit_price" : "price";
  const column = table === "trades" ? "exitPrice" : "price";
  const cases: Case[] = [
    [
      `a price of ${table}, one or two bits higher`,
      (sql, id) =>
        sql`update ${sql(table)}
          set ${sql(change)} = ${sql(change)} * (1 + 2.220446049250313e-16::double precision)
          where bot_id = ${id} and number = ${NUMBER}`,
      { table, kind: "changed", row, column },
    ],
    [
      `a row of ${table} removed`,
      (sql, id) => sql`delete from ${sql(table)} where bot_id = ${id} and number = ${NUMBER}`,
      { table, kind: "missing", row },
    ],
  ];
  return cases;
});

/** The columns of a table by name, in the order in which it has them. */
const COPIES: Record<string, string> = {
  fills: "time, side, price, amount, fee, slippage, reason, role, funding, position, cash",
  trades:
    "side, entry_time, entry_price, exit_time, exit_price, amount, fees, slippage, funding, " +
    "pnl, return, reason",
  refusals: "time, side, price, reason",
};

const ADDED: readonly Case[] = Object.entries(COPIES).map(([table, columns]): Case => [
  `a row of ${table} added behind the last`,
  (sql, id) =>
    sql.unsafe(
      `insert into ${table} (bot_id, number, ${columns})
        select bot_id, number + 1, ${columns} from ${table} where bot_id = $1
        order by number desc limit 1`,
      [id],
    ),
  { table: table as Difference["table"], kind: "added" },
]);

const TIMED: readonly Case[] = [
  [
    "a signal's confidence",
    (sql, id) =>
      sql`update signals set confidence = 0.5 where bot_id = ${id}
        and time = (select min(time) from signals where bot_id = ${id})`,
    { table: "signals", kind: "changed", column: "confidence", stored: 0.5, recomputed: 1 },
  ],
  [
    "a value beside a signal",
    (sql, id) =>
      sql`update signals set values = (select jsonb_object_agg(key, 1) from jsonb_each(values))
        where bot_id = ${id} and time = (select max(time) from signals where bot_id = ${id})`,
    { table: "signals", kind: "changed", stored: 1 },
  ],
  [
    "a signal removed",
    (sql, id) =>
      sql`delete from signals where bot_id = ${id}
        and time = (select min(time) from signals where bot_id = ${id})`,
    { table: "signals", kind: "missing" },
  ],
  [
    "a signal added",
    (sql, id) =>
      sql`insert into signals (bot_id, time, action, confidence, price, values)
        values (${id}, ${new Date(LAST)}, 'exitShort', 1, 1, '{}')`,
    { table: "signals", kind: "added", row: `${iso(LAST)} exitShort`, time: LAST },
  ],
  [
    "a signal added to come",
    (sql, id) =>
      sql`insert into signals (bot_id, time, action, confidence, price, values)
        values (${id}, ${new Date(LAST + 1_000)}, 'enterLong', 1, 1, '{}')`,
    { table: "signals", kind: "added", time: LAST + 1_000 },
  ],
  [
    "a drawdown",
    (sql, id) =>
      sql`update bot_performance set drawdown = -0.5 where bot_id = ${id}
        and time = ${new Date(CANDLES[77].time)}`,
    {
      ...{ table: "performance", kind: "changed", column: "drawdown", stored: -0.5 },
      ...{ row: iso(CANDLES[77].time), time: CANDLES[77].time },
    },
  ],
  [
    "a row of equity removed",
    (sql, id) => sql`delete from bot_performance where bot_id = ${id} and time = ${new Date(LAST)}`,
    { table: "performance", kind: "missing", row: iso(LAST) },
  ],
  [
    "a row of equity added",
    (sql, id) =>
      sql`insert into bot_performance
        select bot_id, time + interval '1 second', equity, cash, position, drawdown
        from bot_performance where bot_id = ${id} and time = ${new Date(LAST)}`,
    { table: "performance", kind: "added", time: LAST + 1_000 },
  ],
];

const OWN: readonly Case[] = [
  [
    "how many candles it acted on",
    (sql, id) => sql`update bots set candles = candles + 1 where id = ${id}`,
    { table: "bots", kind: "changed", column: "candles", stored: ROWS + 1, recomputed: ROWS },
  ],
  [
    "its deepest drawdown",
    (sql, id) => sql`update bots set max_drawdown = 0 where id = ${id}`,
    { table: "bots", kind: "changed", column: "maxDrawdown", stored: 0 },
  ],
  [
    // Cash, the first number of the account's, behind the layout's and its length.
    "a bit of what it remembers",
    (sql, id) =>
      sql`update bots set snapshot = set_bit(snapshot, 128, 1 - get_bit(snapshot, 128))
        where id = ${id}`,
    { table: "bots", kind: "changed", column: "snapshot[2]" },
  ],
  [
    "what it remembers, all of it",
    (sql, id) => sql`update bots set snapshot = null where id = ${id}`,
    { table: "bots", kind: "changed", column: "snapshot", stored: null },
  ],
];

Deno.test("bots that nobody touched do the same again, whatever is read at once", () =>
  withDecided(ROWS, async ({ store, ids }) => {
    for (const id of ids) {
      for (const page of [7, 64, ROWS, 5_000]) {
        const done: number[] = [];
        const options = { page, pace: (part: number) => void done.push(part) };
        const { outcome, detail, candles, tables, to, now } = await verifyBot(store, id, options);
        assert.deepEqual([outcome, detail, candles, to], ["same", "", ROWS, LAST]);
        assert.equal(now, undefined);
        const rows = await Promise.all([
          store.signals.ofBot(id),
          store.fills.ofBot(id),
          store.trades.ofBot(id),
          store.refusals.ofBot(id),
        ]);
        const { signals, fills, trades, refusals, performance } = tables;
        assert.deepEqual(
          [signals, fills, trades, refusals].map((tally) => tally?.rows),
          rows.map(({ length }) => length),
        );
        assert.equal(performance?.rows, ROWS);
        assert.equal(done.length, Math.ceil(ROWS / page));
        assert.deepEqual([done.at(-1), done.toSorted((a, b) => a - b)], [1, done]);
      }
    }
  }));

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  "numbered rows that were changed": NUMBERED,
  "rows that were added": ADDED,
  "signals and equity that were changed": TIMED,
  "what a bot remembers that was changed": OWN,
};

for (const [group, cases] of Object.entries(GROUPS)) {
  Deno.test(`verify finds ${group}, and no fault with the other bots`, async (t) => {
    await withDecided(ROWS, async (decided) => {
      const id = decided.ids.at(-1)!, others = decided.ids.filter((other) => other !== id);
      for (const [what, tamper, expected] of cases) {
        await t.step(what, async () => {
          const { outcome, detail, first, cause, tables } = await verifiedAfter(
            decided,
            id,
            async (sql) => {
              await tamper(sql, id);
              for (const other of others) {
                assert.equal((await verifyBot(decided.store, other)).outcome, "same");
              }
            },
          );
          assert.equal(outcome, "diverged");
          assert.partialDeepStrictEqual(first, expected);
          assert.ok(detail.startsWith(`${first!.table}, `), detail);
          const counted = Object.values(tables).flatMap((t) => [t.changed, t.missing, t.added]);
          assert.deepEqual(counted.reduce((sum, n) => sum + n, 0), 1, JSON.stringify(tables));
          assert.match(
            cause!,
            first!.table === "bots"
              ? /^every other row is as it comes out, so that the bot's own was tampered with$/
              : /^its run ends as it is stored, so that rows were tampered with: \w+: 1 (edited|removed|added)$/,
          );
        });
        assert.equal((await verifyBot(decided.store, id)).outcome, "same", `${what}, put back`);
      }
    });
  });
}
