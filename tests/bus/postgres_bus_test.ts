import assert from "node:assert/strict";
import { openPostgresBus } from "../../engine/bus/postgres_bus.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withCluster } from "../support/cluster.ts";
import { withDatabase } from "../support/database.ts";
import { busContract } from "./bus_contract.ts";
import { restartContract } from "./restart_contract.ts";
import { withBusses } from "./with_busses.ts";

const onDatabase = (url: string, test: (open: () => Promise<Bus>) => Promise<void>) =>
  withBusses(() => openPostgresBus(url), test);

busContract("the PostgreSQL bus", (test) => withDatabase((url) => onDatabase(url, test)));

Deno.test("the PostgreSQL bus passes over what others say on its channel", () =>
  withDatabase((url) =>
    onDatabase(url, async (open) => {
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

restartContract("the PostgreSQL bus", (test) =>
  withCluster(async ({ options }) => {
    let server = await startEmbedded(options);
    await onDatabase(server.url("postgres"), async (open) => {
      const stop = async () => void await stopEmbedded({ ...options, force: true });
      const start = async () => {
        await server.release();
        server = await startEmbedded(options);
      };
      await test({ open, stop, start });
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
