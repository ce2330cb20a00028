/** Replays of which a person stops a bot, or all. */
import assert from "node:assert/strict";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readTables } from "../laws/parity_tables.ts";
import { withDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { runCommand, startLive } from "./command.ts";

const REPLAY = ["strategies/sma_cross_1m.json", "--replay", "data/sample_tape.csv.gz", "--keep"];

Deno.test("a bot of a replay that a person stopped stays so until a person starts it", () =>
  withDatabase(async (url) => {
    const store = await openStore(url), database = { database: url };
    try {
      const first = startLive([...REPLAY, "--speed", "2000", "--exit"], url);
      await eventually("it trades", async () => (await store.stats()).performance > 20);
      const [{ id }] = await store.bots.list();
      const stop = await runCommand(["bot", "stop", id, "--reason", "news"], database);
      assert.deepEqual([stop.code, stop.out], [
        0,
        `${id} is stopped; what it holds stays as it is marked\n`,
      ]);
      const ended = await first.ended;
      assert.equal(ended.code, 1, ended.err);
      assert.match(ended.err, /Not traded to the end: \S+: stopped, asked by .+: news/);
      const { cursor } = (await store.bots.find(id))!;

      const again = await runCommand(["live", ...REPLAY, "--exit"], database);
      assert.equal(again.code, 1, again.out);
      assert.match(again.err, new RegExp(`${id} is stopped \\(asked by .+: news\\), and stays so`));
      assert.ok(again.err.includes(`deno task bot start ${id} starts it\n`), again.err);
      const stays = (await store.bots.find(id))!;
      assert.deepEqual([stays.status, stays.cursor], ["stopped", cursor]);

      const start = await runCommand(["bot", "start", id], database);
      assert.equal(start.code, 3, start.err);
      assert.ok(start.out.startsWith(`${id} goes on behind its last candle`), start.out);
      const third = await runCommand(["live", ...REPLAY, "--exit"], database);
      assert.equal(third.code, 0, third.err);
      assert.equal((await store.bots.find(id))!.status, "finished");
      const over = await runCommand(["bot", "start", id], database);
      assert.equal(over.code, 1);
      assert.ok(over.err.startsWith(`${id} has traded its tape to the end: `), over.err);
      const disturbed = await readTables(url);
      await withDatabase(async (other) => {
        await runCommand(["live", ...REPLAY, "--exit"], { database: other });
        assert.deepEqual(disturbed, await readTables(other));
      });
    } finally {
      await store.close();
    }
  }));

Deno.test("a replay without --exit goes on when its last bot is stopped, and takes it once it is started", () =>
  withDatabase(async (url) => {
    const store = await openStore(url);
    try {
      const replay = startLive([...REPLAY, "--speed", "300", "--no-dashboard"], url);
      await eventually("it trades", async () => (await store.stats()).performance > 5);
      const [{ id }] = await store.bots.list(), bot = async () => (await store.bots.find(id))!;
      assert.equal((await runCommand(["bot", "stop", id], { database: url })).code, 0);
      const told = `${id}: stopped: asked by`;
      await eventually("it is told", () => Promise.resolve(replay.noted().includes(told)));
      await eventually(
        "so is what can be done",
        () => Promise.resolve(replay.noted().includes("one that is started goes on here")),
      );
      const { cursor } = await bot();
      await runCommand(["bot", "start", id], { database: url });
      await eventually("it goes on", async () => (await bot()).cursor! > cursor!);
      assert.equal((await bot()).status, "running");
      await replay.signal("SIGINT");
      const { code, err } = await replay.ended;
      assert.equal(code, 0, err);
    } finally {
      await store.close();
    }
  }));

Deno.test("a replay that is not kept says so of bots that did not get to the end", () =>
  withDatabase(async (url) => {
    const tape = REPLAY.filter((one) => one !== "--keep");
    const replay = startLive([...tape, "--speed", "1000", "--no-dashboard"], url);
    const noted = (text: string) => Promise.resolve(replay.noted().includes(text));
    await eventually("it trades", () => noted("The tape is at"));
    await replay.signal("SIGINT");
    const { code, out, err } = await replay.ended;
    assert.equal(code, 0, err);
    assert.match(out, /^sma_cross_1m-\S+ .* 1m +running, ended before its tape, not kept +\d+/m);
  }));
