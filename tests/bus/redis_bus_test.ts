import assert from "node:assert/strict";
import { openRedisBus } from "../../engine/bus/redis_bus.ts";
import { eventually } from "../support/eventually.ts";
import { freePort, redisTest, withRedis } from "../support/redis.ts";
import { busContract } from "./bus_contract.ts";
import { restartContract } from "./restart_contract.ts";
import { withBusses } from "./with_busses.ts";

/** Shorter than in earnest, so that a server that hangs is found out soon. */
const SHORT = { answer: 300, pulse: 100 };

busContract(
  "the Redis bus",
  (test) => withRedis(({ url }) => withBusses(() => openRedisBus(url), test)),
  redisTest,
);

restartContract(
  "the Redis bus",
  (test) =>
    withRedis(({ url, start, signal }) =>
      withBusses(
        () => openRedisBus(url),
        (open) => test({ open, start, stop: () => signal("SIGKILL") }),
      )
    ),
  redisTest,
);

redisTest(
  "the Redis bus passes over what others say on its channels",
  () =>
    withRedis(({ url, port }) =>
      withBusses(() => openRedisBus(url), async (open) => {
        const bus = await open(), heard: unknown[] = [];
        await bus.subscribe("a", (message) => heard.push(message));
        for (const text of ["", "hello", "null", "[1]", "7", '"{}"', "{"]) {
          await command(port, "PUBLISH", "a", text);
        }
        await bus.publish("a", { number: 1 });
        await eventually("it hears", () => heard.length > 0);
        assert.deepEqual(heard, [{ number: 1 }]);
      })
    ),
);

redisTest(
  "the Redis bus uses plain channels and messages, which other programs can send",
  () =>
    withRedis(({ url, port }) =>
      withBusses(() => openRedisBus(url), async (open) => {
        const bus = await open(), heard: unknown[] = [];
        const stop = await bus.subscribe("market:BTC/USDT", (message) => heard.push(message));
        assert.equal(await command(port, "PUBLISH", "market:BTC/USDT", '{"time":1}'), ":1");
        await eventually("it hears", () => heard.length > 0);
        assert.deepEqual(heard, [{ time: 1 }]);
        await stop();
        assert.equal(await command(port, "PUBLISH", "market:BTC/USDT", "{}"), ":0");
      })
    ),
);

redisTest(
  "the Redis bus survives a server that hangs, and holds no more than so much for it",
  () =>
    withRedis(({ url, port, signal }) =>
      withBusses(() => openRedisBus(url, SHORT), async (open) => {
        const bus = await open(), heard: unknown[] = [];
        let missed = 0;
        const listen = () => bus.subscribe("a", (message) => heard.push(message), () => missed++);
        await listen();
        await signal("SIGSTOP");
        const big = { text: "x".repeat(7_000) };
        const said = Array.from(
          { length: 5_000 },
          () => bus.publish("b", big).then(() => "", (error) => error.message),
        );
        // Who comes now is listened for when the server is back.
        await listen();
        const counts = Map.groupBy(
          await Promise.all(said),
          (message) => message.replace(/^.*Redis at /, ""),
        );
        assert.deepEqual([...counts].map(([message, { length }]) => [message, length]), [
          [`127.0.0.1:${port} cannot be reached (it does not answer)`, 1_000],
          [`127.0.0.1:${port} has 1000 commands to answer already`, 4_000],
        ]);
        // The connection that listens has to have found out, too, or nobody has missed anything.
        await new Promise((resolve) => setTimeout(resolve, 4 * (SHORT.answer + SHORT.pulse)));
        await signal("SIGCONT");
        await eventually("both are told", () => missed >= 2);
        await eventually("one gets through", () => bus.publish("a", { number: 1 }).then(yes, no));
        await eventually("both hear", () => heard.length >= 2);
        assert.deepEqual(heard, [{ number: 1 }, { number: 1 }]);
      })
    ),
);

redisTest(
  "the Redis bus waits for a slow server, but not for ever",
  () =>
    withRedis(({ url, port }) =>
      withBusses(() => openRedisBus(url, { answer: 300, pulse: 60_000 }), async (open) => {
        const bus = await open();
        await command(port, "CLIENT", "PAUSE", "100");
        await bus.publish("a", { number: 1 });
        await command(port, "CLIENT", "PAUSE", "900");
        await assert.rejects(bus.publish("a", { number: 2 }), /it does not answer/);
        await eventually("it answers", () => bus.publish("a", { number: 3 }).then(yes, no));
      })
    ),
);

redisTest(
  "the Redis bus names who is not let in, and never the password",
  () =>
    withRedis(async ({ url, port, signal, start }) => {
      for (const login of ["ann:secret", ":secret"]) {
        const user = login === ":secret" ? "default" : "ann";
        await refused(
          `redis://${login}@127.0.0.1:${port}`,
          new RegExp(
            `^Cannot open the bus: Redis at 127.0.0.1:${port} does not let user "${user}" in`,
          ),
        );
      }
      await refused(`redis://127.0.0.1:${port}`, /does not let user "default" in: NOAUTH/);
      const bus = await openRedisBus(`${url}/3`, SHORT);
      await bus.publish("a", {});
      await signal("SIGKILL");
      await start();
      await eventually("it logs in again", () => bus.publish("a", {}).then(yes, no));
      await bus.close();
    }, { password: "right" }),
);

redisTest(
  "the Redis bus says so when a channel is forbidden, and goes on with the others",
  () =>
    withRedis(
      ({ url, signal, start }) =>
        withBusses(() => openRedisBus(url, SHORT), async (open) => {
          const bus = await open(), heard: unknown[] = [];
          let missed = 0;
          const refusal = { name: "StoreError", message: /"a": Redis at .* refuses: NOPERM/ };
          await assert.rejects(bus.subscribe("a", () => {}, () => missed += 100), refusal);
          await assert.rejects(bus.publish("a", {}), refusal);
          await bus.subscribe("b", (message) => heard.push(message), () => missed++);
          await signal("SIGKILL");
          await start();
          await eventually("it is told", () => missed > 0);
          assert.equal(missed, 1);
          await eventually("one gets through", () => bus.publish("b", {}).then(yes, no));
          await eventually("it hears", () => heard.length > 0);
        }),
      { more: "--user default on nopass ~* +@all resetchannels &b".split(" ") },
    ),
);

Deno.test("the Redis bus says where it found no server", async () => {
  const port = freePort();
  await refused(
    `redis://ann:secret@127.0.0.1:${port}`,
    new RegExp(
      `^Cannot open the bus: Redis at 127.0.0.1:${port} cannot be reached \\(nothing listens there\\)$`,
    ),
  );
});

redisTest(
  "the Redis bus can be opened before its server is there, and is used when it is",
  () =>
    withRedis(async ({ url, signal, start }) => {
      await signal("SIGKILL");
      const told: string[] = [], heard: unknown[] = [];
      let missed = 0;
      const bus = await openRedisBus(url, SHORT, ({ message }) => told.push(message));
      assert.equal(told.length, 1, "one reason for two connections");
      assert.match(told[0], /^Cannot open the bus: .* \(nothing listens there\)$/);
      await bus.subscribe("a", (message) => heard.push(message), () => missed++);
      await assert.rejects(bus.publish("a", { number: 1 }), { name: "StoreError" });
      await start();
      await eventually("it is told that messages may be lost", () => missed > 0);
      await eventually("one gets through", () => bus.publish("a", { number: 2 }).then(yes, no));
      await eventually("it hears", () => heard.length > 0);
      assert.deepEqual(heard, [{ number: 2 }]);
      await bus.close();
    }),
);

Deno.test("a Redis bus whose server never comes can be closed", async () => {
  const bus = await openRedisBus(`redis://127.0.0.1:${freePort()}`, SHORT, () => {});
  await bus.subscribe("a", () => {});
  await bus.close();
});

Deno.test("the Redis bus says so when what it found is no Redis, or does not answer", async () => {
  const answers: [string, RegExp][] = [
    ["HTTP/1.1 400 Bad Request\r\n\r\n", /\(what listens there does not speak as Redis does\)$/],
    ["", /\(it does not answer\)$/],
    ["+OK\r\n".repeat(9), /Cannot open the bus: Redis at/],
  ];
  for (const [answer, message] of answers) {
    await withStranger(answer, (port) => refused(`redis://:secret@127.0.0.1:${port}`, message));
  }
});

Deno.test("an address that is none of a Redis is refused without showing it", async () => {
  const addresses = ["", "secret@here", "http://:secret@here", "redis://:secret@here/secret"];
  for (const url of addresses) await refused(url, /it must look like redis:\/\/user:password@host/);
  await refused("redis://:secret@here/?secret=1", /question mark/);
  await refused("redis://:secret%@here", /is written as %25/);
});

/** Opening `url` must fail with `message`, and show nothing secret, wherever one looks. */
async function refused(url: string, message: RegExp): Promise<void> {
  await assert.rejects(openRedisBus(url, SHORT), (error: Error) => {
    assert.equal(error.name, "StoreError");
    assert.match(error.message, message);
    assert.doesNotMatch(Deno.inspect(error), /secret/);
    return true;
  });
}

const yes = () => true, no = () => false;

/** Runs `test` with the port of something that answers whatever comes with `answer`. */
async function withStranger(answer: string, test: (port: number) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), open = new Set<Deno.Conn>();
  const serving = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      if (answer) await connection.write(new TextEncoder().encode(answer)).catch(() => {});
    }
  })();
  try {
    await test(listener.addr.port);
  } finally {
    listener.close();
    await serving.catch(() => {});
    for (const connection of open) connection.close();
  }
}

/** What a Redis answers to a command. */
async function command(port: number, ...words: string[]): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const sent = words.map((word) => `$${new TextEncoder().encode(word).length}\r\n${word}\r\n`);
  await connection.write(new TextEncoder().encode(`*${words.length}\r\n${sent.join("")}`));
  const answer = new Uint8Array(1_000), length = await connection.read(answer) ?? 0;
  connection.close();
  return new TextDecoder().decode(answer.subarray(0, length)).trim();
}
