/** What people ask of bots at the command line, of those that run and of those that do not. */
import assert from "node:assert/strict";
import type { BotStatus } from "../../engine/ports/bot_status.ts";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { CONFIGS, makeBots } from "../live/made_bots.ts";
import { starting } from "../storage/bare_bot.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand, startLive } from "./command.ts";
import { exchangeFlags, quickConfig, tradingExchange } from "./trading_exchange.ts";

const LONG = 60_000;

/** Waits until the bot whose id begins so has a status; returns why. */
async function standing(store: Store, begins: string, status: BotStatus): Promise<string> {
  const find = async () => (await store.bots.list()).find(({ id }) => id.startsWith(begins));
  await eventually(
    `${begins} is ${status}`,
    async () => (await find())?.status === status && (await store.wishes.open()).length === 0,
    LONG,
  );
  return (await find())!.reason;
}

Deno.test("bots are paused, resumed, liquidated, stopped and started anew, whoever runs them", () =>
  inTempFolder((folder) =>
    withDatabase(async (url) => {
      const exchange = await tradingExchange(240_000), store = await openStore(url);
      const bot = async (...args: string[]) => {
        const { code, out, err } = await runCommand(["bot", ...args], { database: url });
        return { code, text: out + err };
      };
      try {
        const args = [await quickConfig(folder), ...await exchangeFlags(folder, exchange)];
        const running = startLive(args, url);
        await eventually("it trades", async () => (await store.stats()).trades > 0, LONG);
        const [{ id }] = await store.bots.list();

        const paused = await bot("pause", "quick", "--reason", "news at noon");
        assert.deepEqual([paused.code, paused.text], [
          0,
          `${id} is to pause at the close of the 1s candle in the making\n`,
        ]);
        assert.match(await standing(store, id, "paused"), /^asked by .+: news at noon$/);
        const list = (await runCommand(["list-bots"], { database: url })).out;
        assert.match(list, /paused: asked by .+: news at noon/);
        assert.deepEqual(await bot("pause", id), { code: 0, text: `${id} is paused\n` });

        await bot("resume", "quick");
        assert.equal(await standing(store, id, "running"), "");
        const held = async () => (await store.performance.latest(id))!.position !== 0;
        await eventually("it holds something", held, LONG);
        await bot("liquidate", "--all", "--reason", "enough");
        assert.match(await standing(store, id, "paused"), /: enough$/);
        await eventually("it holds nothing", async () => !await held(), LONG);

        const stopped = await bot("stop", "quick");
        assert.match(stopped.text, /^quick-\S+ is stopped; what it holds stays as it is marked\n$/);
        const { status, owner } = (await store.bots.find(id))!;
        assert.deepEqual([status, owner], ["stopped", undefined]);
        const refused = await bot("resume", id);
        assert.deepEqual([refused.code, refused.text], [
          1,
          `${id} is stopped: all that can be done is to start it anew\n`,
        ]);

        // Nobody runs it now; the next one that could does what was asked meanwhile, and nothing else.
        await running.signal("SIGTERM");
        const ended = await running.ended;
        assert.equal(ended.code, 0, ended.err);
        const again = startLive(args, url);
        await eventually("it shares", async () => (await store.bots.atWork()).runners === 1, LONG);
        assert.equal((await store.bots.list()).length, 1, "a stopped bot stays stopped");
        await again.signal("SIGTERM");
        assert.match(
          (await again.ended).err,
          new RegExp(`${id} is stopped .*deno task bot start ${id} starts it`),
        );
        assert.deepEqual(await bot("start", "quick"), {
          code: 3,
          text:
            `${id} is to be started anew, by the next runner, but nobody runs it now: that is ` +
            "done once a process does (deno task live)\n",
        });
        const third = startLive(args, url);
        await eventually(
          "its heir trades",
          async () => {
            const heir = (await store.bots.list()).find((one) => one.id !== id);
            return heir !== undefined && heir.candles > 2;
          },
          LONG,
        );
        await third.signal("SIGTERM");
        const { code, err } = await third.ended;
        assert.equal(code, 0, err);
        assert.match(err, /quick: begins with 30 candles of 1s/);
        const heir = (await store.bots.list()).find((one) => one.id !== id)!;
        assert.equal(
          (await store.bots.find(id))!.reason,
          `started anew: ${heir.id} trades instead`,
        );
        assert.equal((await bot("start", id)).code, 1);
      } finally {
        await store.close();
        await exchange.stop();
      }
    })
  ));

Deno.test("what makes no sense is refused with what would", () =>
  withDatabase(async (database) => {
    const refused = async (args: string[], message: RegExp) => {
      const { code, err } = await runCommand(["bot", ...args], { database });
      assert.equal(code, 1, err);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n +at /);
    };
    const live = ["live", "strategies/sma_cross_1m.json", "--replay", "data/sample_tape.csv.gz"];
    await runCommand([...live, "--exit", "--keep"], { database });
    await refused(["pause"], /Say which bots to pause, or --all/);
    await refused(["pause", "x", "--all"], /Say which bots to pause, or --all/);
    await refused(["puase", "x"], /Allowed choices are start, stop, pause, resume, liquidate/);
    await refused(
      ["pause", "sma_corss_1m"],
      /There is no bot "sma_corss_1m": did you mean "sma_cro/,
    );
    const again = /sma_cross_1m-\S+ has traded its tape to the end: .* it without --keep, under /;
    for (const wish of ["start", "pause", "resume", "liquidate"]) {
      await refused([wish, "sma"], again);
    }
    const none = await runCommand(["bot", "liquidate", "--all"], { database });
    assert.deepEqual([none.code, none.out], [
      0,
      "There is no bot of which this can be asked now: liquidate\n",
    ]);
  }));

Deno.test("that nobody runs a bot is told with what is asked of it, and by the exit code", () =>
  withDatabase(async (url) => {
    const store = await openStore(url),
      bot = async (...args: string[]) => {
        const { code, out, err } = await runCommand(["bot", ...args], { database: url });
        return [code, out + err];
      };
    try {
      const tape = { ...CONFIGS[1].market, exchange: "made@12345678" };
      const [live, taped] = await makeBots(store, [CONFIGS[0], { ...CONFIGS[1], market: tape }]);
      for (const id of [live, taped]) {
        const epoch = await store.bots.claim(id, starting("x"));
        await store.bots.handBack(id, epoch);
      }
      const pause = "is to pause at the close of the 1s candle in the making";
      const waits = "but nobody runs it now: that is done";
      const once = `${waits} once a process does (deno task live)`;
      const replay = "deno task live CONFIG --replay TAPE --keep";
      assert.deepEqual(await bot("pause", live), [3, `${live} ${pause}, ${once}\n`]);
      assert.deepEqual(await bot("pause", live), [3, `${live} is to be paused, ${once}\n`]);
      assert.deepEqual(await bot("pause", taped), [
        3,
        `${taped} ${pause}, ${waits} if its tape is replayed further (${replay})\n`,
      ]);
      assert.deepEqual(await bot("liquidate", "--all"), [
        3,
        [live, taped].toSorted().map((id) =>
          `${id} is to close its position and pause at the close of the 1s candle in the making, ` +
          `${id === live ? once : `${waits} if its tape is replayed further (${replay})`}\n`
        ).join(""),
      ]);
      // What a runner has, or will take by itself, does not wait.
      await store.bots.renew("somebody", 60_000, true);
      const dropped = (id: string) => `${id} is stopped; what it holds stays as it is marked\n`;
      const resume = "is to resume at the close of the 1s candle in the making";
      assert.deepEqual(await bot("resume", live), [0, `${live} ${resume}\n`]);
      assert.equal((await bot("resume", taped))[0], 3, "runners on exchanges leave tapes alone");
      await store.bots.claim(taped, starting("x"));
      assert.deepEqual(await bot("pause", taped), [0, `${taped} ${pause}\n`]);
      // A stop is done, whoever runs it.
      assert.deepEqual(await bot("stop", live, taped), [0, dropped(live) + dropped(taped)]);
      assert.deepEqual(await store.wishes.open(), []);
      const further = `${waits} if its tape is replayed further (${replay})\n`;
      assert.deepEqual(await bot("start", taped), [
        3,
        `${taped} goes on behind its last candle, ${further}`,
      ]);
      assert.equal((await store.bots.find(taped))!.status, "running");
      assert.deepEqual(await bot("start", taped), [3, `${taped} is at work, ${further}`]);
      const { out } = await runCommand(["list-bots"], { database: url });
      assert.match(out, /^rsi_\S+ .* no process, goes on when its tape is replayed further /m);
    } finally {
      await store.close();
    }
  }));

Deno.test("each bot is asked although Redis is away, and that nobody is woken is told once", () =>
  withDatabase(async (url) => {
    const store = await openStore(url);
    try {
      const ids = await makeBots(store, CONFIGS.slice(0, 2));
      for (const id of ids) await store.bots.claim(id, starting("x"));
      const redis = "redis://127.0.0.1:1";
      const { code, out, err } = await runCommand(["bot", "liquidate", "--all"], {
        ...{ database: url, redis },
      });
      assert.deepEqual([code, out.split("\n").length], [0, 3], err);
      assert.equal(err.match(/Nobody is woken now/g)?.length, 1, err);
      const open = await store.wishes.open();
      assert.deepEqual(open.map(({ botId }) => botId).toSorted(), ids.toSorted());
    } finally {
      await store.close();
    }
  }));
