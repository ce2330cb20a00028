import assert from "node:assert/strict";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withDatabase } from "../support/database.ts";
import { runCommand } from "./command.ts";

const LIVE = ["live", "strategies/sma_cross_1m.json", "strategies/ema_cross_1m.json"];
const TAPE = ["--replay", "data/sample_tape.csv.gz", "--exit", "--keep"];

Deno.test("verify says of replayed bots that they do the same again, and finds who does not", () =>
  withDatabase(async (database) => {
    const run = (...args: string[]) => runCommand(args, { database });
    const none = await run("verify", "--all");
    assert.deepEqual([none.code, none.err], [0, ""]);
    assert.match(none.out, /^No bots/);
    assert.equal((await run(...LIVE, ...TAPE)).code, 0);

    const all = await run("verify", "--all");
    assert.deepEqual([all.code, all.err], [0, ""], all.err);
    const [line, counts] = all.out.split("\n");
    assert.match(line, /^ema_cross_1m-\w+: the same over 469 candles to 2024-06-10T07:59:00Z$/);
    assert.match(
      counts,
      /^ {2}5 signals, 0 refusals, 9 fills, 4 trades, 469 rows of equity and its/,
    );

    const { sql, close } = openConnection(database, 1);
    await sql`update trades set pnl = pnl + 1 where bot_id like 'sma_cross%' and number = 2`;
    const found = await run("verify", "sma");
    assert.equal(found.code, 1);
    assert.match(found.out, /^sma_cross_1m-\w+: diverged over 469 candles/);
    assert.match(found.out, /first: trades, number 2 \(\S+\): pnl is stored as \S+, but comes out/);
    assert.match(found.out, /cause: its run ends as it is stored, .* trades: 1 edited\n/);
    assert.match(found.err, /^sma_cross_1m-\w+ does not do the same again\n$/);

    const listed = JSON.parse((await run("list-bots", "--json")).out);
    const told = listed.map((
      { status, verification }: Record<string, { outcome: string }>,
    ) => [status, verification.outcome]);
    assert.deepEqual(told, [["finished", "same"], ["diverged", "diverged"]]);
    const table = (await run("list-bots")).out;
    assert.match(table, /ema_cross_1m\S+ .* the same, \d{4}-/);
    assert.match(table, /sma_cross_1m\S+ .* diverged: trades, number 2/);

    await sql`update trades set pnl = pnl - 1 where bot_id like 'sma_cross%' and number = 2`;
    const [{ pnl }] = await sql<{ pnl: number }[]>`
      select pnl from trades where bot_id like 'sma_cross%' and number = 2`;
    // One that another engine made can only be told of.
    await sql`update bots set run = jsonb_set(run, '{version}', '1') where id like 'ema_cross%'`;
    const unknown = await run("verify", "ema");
    assert.equal(unknown.code, 1);
    assert.match(unknown.out, /^ema_cross_1m-\w+: cannot be told: it ran under version 1 /);
    assert.match(unknown.err, /^ema_cross_1m-\w+ cannot be run by this engine\n$/);
    const both = await run("verify", "--all", "--json");
    const parsed: { outcome: string; first?: { recomputed: number } }[] = JSON.parse(both.out);
    const [, sma] = parsed;
    // What was added and taken away need not leave every bit.
    assert.equal(sma.outcome, sma.first === undefined ? "same" : "diverged");
    assert.equal(both.code, sma.first === undefined ? 0 : 1);
    await close();
    if (sma.first) assert.ok(Math.abs(sma.first.recomputed - pnl) < 1e-9);

    for (const args of [[], ["sma", "--all"]]) {
      const refused = await run("verify", ...args);
      assert.deepEqual([refused.code, refused.err], [1, "Say which bot to verify, or --all\n"]);
    }
  }));
