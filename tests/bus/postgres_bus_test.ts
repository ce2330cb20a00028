import assert from "node:assert/strict";
import { openPostgresBus } from "../../engine/bus/postgres_bus.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { StoreError } from "../../engine/ports/store_errors.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withCluster } from "../support/cluster.ts";
import { withBreakableWay } from "../support/breakable_way.ts";
import { withDatabase } from "../support/database.ts";
import { eventually, inTime } from "../support/eventually.ts";
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

Deno.test("the PostgreSQL bus survives a connection that breaks while messages wait to go out", () =>
  withDatabase((url) =>
    withBreakableWay(url, (way) =>
      onDatabase(way.url, async (open) => {
        const bus = await open(), heard: unknown[] = [];
        let missed = 0;
        await bus.subscribe("a", (message) => heard.push(message), () => missed++);
        await bus.publish("a", { number: 0 });
        await eventually("it hears", () => heard.length === 1);
        way.holdAnswers();
        // One is under way, and the others wait for it.
        const sent = [1, 2, 3].map((number) => bus.publish("a", { number }));
        await way.holding();
        way.breakOff();
        const ends = await inTime("all were sent or refused", Promise.allSettled(sent), 20_000);
        for (const end of ends) {
          assert.ok(end.status === "rejected" && end.reason instanceof StoreError);
        }
        await eventually("it is told", () => missed === 1, 20_000);
        const last = { number: 4 };
        await bus.publish("a", last);
        await eventually("it hears again", () => heard.length > 1, 20_000);
        assert.deepEqual(heard, [{ number: 0 }, last]);
      }))
  ));

Deno.test("the PostgreSQL bus survives a server that does not answer", () =>
  withDatabase((url) =>
    withBreakableWay(
      url,
      (way) =>
        withBusses(() => openPostgresBus(way.url, 3_000), async (open) => {
          const bus = await open(), heard: unknown[] = [];
          let missed = 0;
          await bus.subscribe("a", (message) => heard.push(message), () => missed++);
          way.holdAnswers();
          await assert.rejects(inTime("it is refused", bus.publish("a", { number: 1 }), 20_000), {
            message: "Cannot publish on the bus: the database does not answer",
          });
          way.passAnswers();
          await eventually("it is told", () => missed === 1, 20_000);
          await bus.publish("a", { number: 2 });
          await eventually("it hears", () => heard.length > 0, 20_000);
          assert.deepEqual(heard, [{ number: 2 }]);
        }),
    )
  ));

Deno.test("the PostgreSQL bus says where it found no server", async () => {
  const url = "postgres://ann:secret@127.0.0.1:1/lockstep";
  await assert.rejects(openPostgresBus(url), (error: Error) => {
    assert.ok(error instanceof StoreError);
    assert.match(error.message, /127\.0\.0\.1:1/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});
