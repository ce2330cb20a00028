import assert from "node:assert/strict";
import { EndedError, LeasedError } from "../../engine/ports/store_errors.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { bareBot, starting } from "./bare_bot.ts";

const OWNERS = ["one", "two", "three", "four", "five"];

Deno.test("of runners that claim a bot in the same moment the first gets it, and no other", () =>
  withDatabase(async (url) => {
    const store = await openStore(url, { connections: OWNERS.length });
    const { sql, close } = openConnection(url, 2);
    try {
      await store.bots.create(bareBot("a"));
      const waiting = async () => {
        const [{ count }] = await sql<[{ count: number }]>`
          select count(*)::integer as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return count;
      };
      let claims: Promise<PromiseSettledResult<number>[]> = Promise.resolve([]);
      // Each has seen the bot as it is now, and waits until it may be written.
      await sql.begin(async (transaction) => {
        await transaction`select from bots for update`;
        claims = Promise.allSettled(OWNERS.map((owner) => store.bots.claim("a", starting(owner))));
        await eventually("all wait", async () => await waiting() === OWNERS.length);
      });
      const ends = await claims, won = OWNERS.filter((_, i) => ends[i].status === "fulfilled");
      assert.equal(won.length, 1, `${won} have it`);
      for (const end of ends) {
        if (end.status === "rejected") assert.ok(end.reason instanceof LeasedError, end.reason);
      }
      const { owner, epoch } = (await store.bots.find("a"))!;
      assert.deepEqual([owner, epoch], [won[0], 1]);
    } finally {
      await close();
      await store.close();
    }
  }));

Deno.test("of runs of one place that several start in the same moment one is at work", () =>
  withDatabase(async (url) => {
    const store = await openStore(url, { connections: OWNERS.length });
    try {
      const market = { exchange: "okx", symbol: "BTC/USDT" }, config = { name: "cross", market };
      for (const owner of OWNERS) await store.bots.create(bareBot(`cross-${owner}`, config));
      const start = (owner: string) => store.bots.claim(`cross-${owner}`, starting(owner));
      const ends = await Promise.allSettled(OWNERS.map(start));
      const atWork = async () => (await store.bots.atWork()).bots.map(({ id }) => id);
      assert.equal((await atWork()).length, 1);
      assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 1);
      for (const end of ends) {
        if (end.status === "rejected") assert.ok(end.reason instanceof EndedError, end.reason);
      }
      // Paused or crashed it keeps its place; others have their own, and so have bots that say nothing.
      const [id] = await atWork(), { epoch } = (await store.bots.find(id))!;
      for (const status of ["paused", "crashed"] as const) {
        await store.bots.setStatus(id, epoch, status, "");
        const other = OWNERS.find((owner) => `cross-${owner}` !== id)!;
        await assert.rejects(start(other), EndedError);
      }
      const eth = { ...config, market: { ...market, symbol: "ETH/USDT" } };
      const others = [["eth", eth], ["name", { ...config, name: "x" }], ["a", {}], ["b", {}]];
      for (const [other, config] of others) {
        await store.bots.create(bareBot(other as string, config as object));
        await store.bots.claim(other as string, starting("me"));
      }
      await store.bots.stop(id, "");
      await start(OWNERS.find((owner) => `cross-${owner}` !== id)!);
      assert.equal((await atWork()).length, 5);
    } finally {
      await store.close();
    }
  }));
