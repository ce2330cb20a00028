import assert from "node:assert/strict";
import { openPostgresBus } from "../../engine/bus/postgres_bus.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withCluster } from "../support/cluster.ts";
import { withDatabase } from "../support/database.ts";
import { busContract } from "./bus_contract.ts";

/** Runs `test` with a way to open busses on the database at `url`, and closes them afterwards. */
async function withBusses(url: string, test: (open: () => Promise<Bus>) => Promise<void>) {
  const busses: Bus[] = [];
  try {
    await test(async () => {
      const bus = await openPostgresBus(url);
      busses.push(bus);
      return bus;
    });
  } finally {
    for (const bus of busses) await bus.close();
  }
}

busContract("the PostgreSQL bus", (test) => withDatabase((url) => withBusses(url, test)));

Deno.test("the PostgreSQL bus passes over what others say on its channel", () =>
  withDatabase((url) =>
    withBusses(url, async (open) => {
      const bus = await open(), other = openConnection(url, 1);
      const heard = new Promise((resolve) => bus.subscribe("a", resolve));
      for (
        const payload of ["", "hello", "null", '{"channel":"a"}', '{"channel":1,"message":{}}']
      ) {
        await other.sql.notify("lockstep_bus", payload);
      }
      await other.close();
      await bus.publish("a", { number: 1 });
      assert.deepEqual(await heard, { number: 1 });
    })
  ));

Deno.test("the PostgreSQL bus listens again after the server was restarted", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options), url = server.url("postgres");
    await withBusses(url, async (open) => {
      const here = await open(), there = await open();
      let heard = false;
      await there.subscribe("a", () => heard = true);
      await stopEmbedded({ ...options, force: true });
      await assert.rejects(here.publish("a", { number: 1 }), { name: "StoreError" });
      const again = await startEmbedded(options);
      while (!heard) {
        await here.publish("a", { number: 2 }).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await again.release();
    });
    await server.release();
  }));

Deno.test("the PostgreSQL bus says where it found no server", async () => {
  const url = "postgres://ann:secret@127.0.0.1:1/lockstep";
  await assert.rejects(openPostgresBus(url), (error: Error) => {
    assert.equal(error.name, "StoreError");
    assert.match(error.message, /127\.0\.0\.1:1/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});
