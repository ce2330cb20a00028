/** The dashboard as a command, and as a part of `live`. */
import assert from "node:assert/strict";
import { withDatabase, withStore } from "../support/database.ts";
import { bareBot } from "../storage/bare_bot.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/redis.ts";
import { runCommand, startCommand } from "./command.ts";

/** Waits until the dashboard at that port answers; gives the ids of its bots. */
async function botsAt(port: number, wanted: number): Promise<string[]> {
  let ids: string[] = [];
  await eventually(`${wanted} bots are shown at ${port}`, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
    const text = await answer?.text() ?? "";
    ids = [...text.matchAll(/^lockstep_bot_candles\{bot="([^"]*)"\}/gm)].map(([, id]) => id);
    if (ids.length !== wanted) await new Promise((resolve) => setTimeout(resolve, 100));
    return ids.length === wanted;
  });
  return ids;
}

Deno.test("dashboard shows the bots of the database", () =>
  withStore(async (store, { url }) => {
    await store.bots.create(bareBot("a"));
    await store.bots.create(bareBot("b"));
    const port = freePort(),
      running = startCommand(["dashboard", "--at", `:${port}`], { database: url });
    try {
      assert.deepEqual(await botsAt(port, 2), ["a", "b"]);
      await running.signal("SIGTERM");
      const { code, err } = await running.ended;
      assert.match(err, new RegExp(`(^|\n)Dashboard at http://127.0.0.1:${port}/\n`));
      assert.equal(code, 0, err);
    } finally {
      await running.signal("SIGKILL").catch(() => {});
      await running.ended;
    }
  }));

Deno.test("a port that was asked for and is taken is refused", () =>
  withDatabase(async (database) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const at = `127.0.0.1:${taken.addr.port}`, tape = ["--replay", "data/sample_tape.csv.gz"];
    const told =
      `Cannot show the dashboard at ${at}: another program has that port. Name one that is free\n`;
    const config = "strategies/sma_cross_1m.json";
    for (const args of [["dashboard", "--at", at], ["live", config, ...tape, "--dashboard", at]]) {
      const { code, err } = await runCommand(args, { database });
      assert.deepEqual([code, err], [1, told]);
    }
  }));

Deno.test("live shows its bots while it trades, and whether their receipts are of them", () =>
  inTempFolder((folder) =>
    withDatabase(async (url) => {
      const port = freePort(), at = `127.0.0.1:${port}`;
      const tape = ["--replay", "data/sample_tape.csv.gz", "--speed", "100", "--keep"];
      const edited = JSON.parse(Deno.readTextFileSync("strategies/rsi_calm_1m.json"));
      edited.account.fee += 0.001;
      Deno.writeTextFileSync(`${folder}/edited.json`, JSON.stringify(edited));
      const configs = ["strategies/sma_cross_1m.json", `${folder}/edited.json`];
      const running = startCommand(["live", ...configs, ...tape, "--dashboard", at], {
        database: url,
      });
      try {
        const ids = await botsAt(port, 2);
        assert.match(ids.join(" "), /^rsi_calm_1m-\S+ sma_cross_1m-\S+$/);
        const fits = await Promise.all(ids.map(async (id) => {
          const answer = await fetch(`http://${at}/api/bots/${id}`);
          return (await answer.json()).receiptFits;
        }));
        assert.deepEqual(fits, [false, true]);
        await running.signal("SIGTERM");
        const { code, err } = await running.ended;
        assert.ok(err.includes(`Dashboard at http://${at}/\n`), err);
        assert.equal(code, 0, err);
      } finally {
        await running.signal("SIGKILL").catch(() => {});
        await running.ended;
      }
    })
  ));

Deno.test("an address that cannot be had is refused with what to do", async () => {
  const bad: [string[], RegExp][] = [
    [["--at", "0.0.0.0:0"], /without a token: others can reach that address/],
    [["--at", "nonsense:port"], /It must be HOST:PORT/],
    [["--at", "127.0.0.1:99999"], /It must be HOST:PORT/],
  ];
  await withDatabase(async (database) => {
    for (const [args, told] of bad) {
      const { code, err } = await runCommand(["dashboard", ...args], { database });
      assert.equal(code, 1);
      assert.match(err, told);
    }
  });
});
