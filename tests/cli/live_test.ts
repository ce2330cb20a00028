import assert from "node:assert/strict";
import { openStore } from "../../engine/storage/postgres/store.ts";
import type { Store } from "../../engine/ports/store.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { readTables } from "../laws/parity_tables.ts";
import { runCommand, startLive } from "./command.ts";

const TAPE = ["--replay", "data/sample_tape.csv.gz"];
/** The full minutes of eight hours but the first and the last, and those that the gap of 05:12 touches. */
const CANDLES = 478 - 9;
const FOLDER = new URL("../../strategies/", import.meta.url);
const ALL = [...Deno.readDirSync(FOLDER)]
  .map(({ name }) => name).filter((name) => /(?<!\.schema)\.json$/.test(name))
  .map((name) => name.slice(0, -".json".length)).sort();

/** The markets besides its own that a config reads. */
function othersOf(name: string): string[] {
  const { strategy: { graph } } = JSON.parse(
    Deno.readTextFileSync(new URL(`${name}.json`, FOLDER)),
  );
  const nodes = Object.values<{ op: string; args?: { symbol?: string } }>(graph);
  return nodes.flatMap(({ op, args }) => op === "instrument" ? [args!.symbol!] : []);
}

/** What reads a market that the tape does not have. */
const LACKING = ALL.filter((name) => othersOf(name).length > 0);
/** The other configs of the folder, in the order in which a table shows their bots. */
const NAMES = ALL.filter((name) => !LACKING.includes(name));

/** Runs `test` with a store on the database at `url`. */
async function withStoreAt(url: string, test: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(url);
  try {
    await test(store);
  } finally {
    await store.close();
  }
}

Deno.test("live on the sample tape ends with a table of what the bots did, and leaves nothing", () =>
  withDatabase(async (url) => {
    const { code, out, err } = await runCommand(["live", ...TAPE, "--exit"], { database: url });
    assert.equal(code, 0, err);
    const [header, ...rows] = out.trimEnd().split("\n");
    assert.match(header, /^bot +market +status +candles +signals +trades +equity +return/);
    assert.equal(rows.length, NAMES.length);
    rows.forEach((row, i) =>
      assert.match(
        row,
        new RegExp(
          `^${NAMES[i]}-[0-9a-f]{8} +synthetic@[0-9a-f]{8} BTC/USDT 1m +finished: the tape`,
        ),
      )
    );
    assert.match(err, new RegExp(`The tape gave 17425 trades, ${CANDLES} new candles`));
    assert.match(
      err,
      /trades may be missing: 601 of the ids that follow each other are not on the/,
    );
    assert(LACKING.length > 0);
    for (const name of LACKING) {
      const lack =
        `${name} reads ${othersOf(name)}, too, of which sample_tape.csv.gz has nothing on ` +
        "synthetic";
      assert.ok(err.includes(`Left out: ${lack}\n`), err);
      const named = await runCommand(["live", `strategies/${name}.json`, ...TAPE, "--exit"]);
      assert.deepEqual([named.code, named.err], [1, `Cannot trade on the tape: ${lack}\n`]);
    }
    // It went into a database of its own: the one that it was given stays as it was.
    await assert.rejects(readTables(url), /market_data/);
  }));

Deno.test("a replay that is kept shows in list-bots and show-trades, and is not traded twice", () =>
  withDatabase(async (url) => {
    const database = { database: url }, live = ["live", ...TAPE, "--exit", "--keep"];
    assert.equal((await runCommand(live, database)).code, 0);
    const tables = await readTables(url);
    const again = await runCommand(live, database);
    assert.equal(again.code, 0);
    assert.match(again.err, /The tape gave \d+ trades, 0 new candles/);
    assert.deepEqual(await readTables(url), tables);

    const bots = JSON.parse((await runCommand(["list-bots", "--json"], database)).out);
    assert.deepEqual(bots.map(({ id }: { id: string }) => id.slice(0, -9)), NAMES);
    for (const bot of bots) {
      assert.deepEqual([bot.status, bot.reason, bot.candles], [
        "finished",
        "the tape ended",
        CANDLES,
      ]);
    }
    const sma = bots[NAMES.indexOf("sma_cross_1m")],
      shown = await runCommand(["show-trades", "sma_cross", "--json"], database);
    const trades = JSON.parse(shown.out);
    assert.equal(trades.length, sma.trades);
    for (const { entryTime, exitTime, reason } of trades) {
      assert.ok(exitTime > entryTime && ["signal", "stopLoss", "takeProfit"].includes(reason));
    }
    const table = (await runCommand(["show-trades", sma.id], database)).out.trimEnd().split("\n");
    assert.equal(table[0], sma.id);
    assert.equal(table.length, 2 + trades.length);
    const list = (await runCommand(["list-bots"], database)).out;
    for (const { id } of bots) assert.ok(list.includes(id));
    const unknown = await runCommand(["show-trades", "nobody"], database);
    assert.match(unknown.err, /^There is no bot "nobody". There are .*ema_cross_1m-.*\n$/);
    const several = await runCommand(["show-trades", ""], database);
    assert.match(several.err, /begins the ids of several bots/);
    assert.deepEqual([unknown.code, several.code], [1, 1]);
  }));

Deno.test("the same replay started twice at once: one trades it, the other waits and tells of it", () =>
  withDatabase((url) =>
    withStoreAt(url, async (store) => {
      // Slow enough for the second one to begin while the first one trades, on a busy machine too.
      const args = ["strategies/sma_cross_1m.json", ...TAPE, "--keep", "--exit", "--speed", "2000"];
      const first = startLive(args, url);
      await eventually("the first trades", async () => (await store.stats()).performance > 20);
      const second = startLive(args, url), ends = await Promise.all([first.ended, second.ended]);
      const [traded, waited] = ends;
      assert.match(waited.err, /sma_cross_1m-[0-9a-f]{8}: another runner has it/);
      assert.match(waited.err, /sma_cross_1m-[0-9a-f]{8}: finished: the tape ended/);
      assert.deepEqual([traded.code, waited.code], [0, 0], waited.err);
      assert.equal(waited.out, traded.out);
      const disturbed = await readTables(url);
      await withDatabase(async (other) => {
        const alone = await runCommand(["live", ...args.slice(0, -2)], { database: other });
        assert.equal(alone.code, 0);
        assert.deepEqual(disturbed, await readTables(other));
      });
    })
  ));

Deno.test("a config that was edited goes on as another bot, and the old one is stopped", () =>
  withDatabase((url) =>
    withStoreAt(url, (store) =>
      inTempFolder(async (folder) => {
        const path = `${folder}/sma.json`, args = [path, ...TAPE, "--keep", "--exit"];
        const config = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));
        Deno.writeTextFileSync(path, JSON.stringify(config));
        const first = startLive([...args, "--speed", "6000"], url);
        await eventually("it trades", async () => (await store.stats()).performance > 20);
        await first.signal("SIGTERM");
        assert.equal((await first.ended).code, 0);
        const [old] = await store.bots.list();
        assert.equal(old.status, "running");

        config.account.fee = 0.002;
        Deno.writeTextFileSync(path, JSON.stringify(config));
        const { code, out, err } = await runCommand(["live", ...args], { database: url });
        assert.equal(code, 0, err);
        assert.match(err, new RegExp(`${old.id}: stopped, its config was edited: sma_cross_1m-`));
        assert.match(
          err,
          new RegExp(
            `sma_cross_1m-[0-9a-f]{8}: a new run, for its config was edited since ${old.id}: ` +
              "account\\.fee 0\\.0005 → 0\\.002\n",
          ),
        );
        assert.ok(err.includes(`${path}: edited since it was promoted: market, strategy, account`));
        assert.equal(out.trimEnd().split("\n").length, 2);
        const bots = await store.bots.list(), next = bots.find(({ id }) => id !== old.id)!;
        assert.equal(bots.length, 2);
        const { status, reason, cursor } = (await store.bots.find(old.id))!;
        assert.deepEqual(
          [status, reason, cursor],
          [
            "stopped",
            `its config was edited: ${next.id} trades instead (account.fee 0.0005 → 0.002)`,
            old.cursor,
          ],
        );
        assert.deepEqual([next.status, (await store.performance.ofBot(next.id)).length], [
          "finished",
          CANDLES,
        ]);
      }))
  ));

Deno.test("without --exit a replay waits at the end of the tape until it is stopped", () =>
  withDatabase((url) =>
    withStoreAt(url, async (store) => {
      const running = startLive([...TAPE, "--keep"], url);
      await eventually("all is decided", async () =>
        (await store.stats()).performance === NAMES.length * CANDLES);
      const told = "The tape has ended, and its bots are finished: Ctrl-C ends this, too\n";
      await eventually("it rests", () =>
        Promise.resolve(running.noted().includes(told)));
      for (const { status, reason } of await store.bots.list()) {
        assert.deepEqual([status, reason], ["finished", "the tape ended"]);
      }
      await running.signal("SIGTERM");
      const { code, out, err } = await running.ended;
      assert.equal(code, 0, err);
      assert.equal(out.trimEnd().split("\n").length, NAMES.length + 1);
    })
  ));

Deno.test("of a tape with several instruments the one is traded that --symbol names", () =>
  withDatabase((database) =>
    inTempFolder(async (folder) => {
      const path = `${folder}/tape.csv`, start = Date.UTC(2024, 0, 1);
      const rows = Array.from({ length: 240 }, (_, i) => {
        const symbol = i % 2 ? "ETH/USDT" : "BTC/USDT", price = i % 2 ? 2_000 + i : 60_000 + i;
        return `${i},${start + 5_000 * i},${price},1,buy,one,${symbol}`;
      });
      const header = "id,timestamp,price,amount,side,market,symbol";
      Deno.writeTextFileSync(path, [header, ...rows].join("\n"));
      const live = ["live", "strategies/sma_cross_1m.json", "--replay", path, "--exit", "--keep"];
      const several = await runCommand(live, { database });
      assert.match(
        several.err,
        /has several instruments.*\nChoose .* one BTC\/USDT, one ETH\/USDT/,
      );
      const { code, out, err } = await runCommand([...live, "--symbol", "ETH/USDT"], { database });
      assert.equal(code, 0, err);
      assert.match(out, /one@[0-9a-f]{8} ETH\/USDT 1m +finished: the tape ended +18 /);
      // The slow average of 60 is not known once.
      assert.match(err, /\nNote: \S+: nothing was ever decided: in 18 1m candles its entries were/);
      await withStoreAt(database, async (store) => {
        const [{ config }] = await store.bots.list();
        const { market } = config as { market: Parameters<Store["marketData"]["candles"]>[0] };
        const candles = await store.marketData.candles(market);
        assert.ok(candles.close.every((price) => price > 2_000 && price < 3_000));
      });
    })
  ));
