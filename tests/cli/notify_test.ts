/** `live --notify`: the file, the secrets, and somebody who is told. */
import assert from "node:assert/strict";
import { readNotifySettings } from "../../engine/cli/notify_settings.ts";
import { eventually } from "../support/eventually.ts";
import { bareBot } from "../storage/bare_bot.ts";
import { withStore } from "../support/database.ts";
import { withServer } from "../notify/receiving.ts";
import { freePort } from "../support/redis.ts";
import { runCommand, startCommand } from "./command.ts";

async function withFile(json: unknown, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(json));
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("a file that is wrong is refused with where and why", async () => {
  const telegram = { kind: "telegram", chat: "1", tokenVariable: "LOCKSTEP_NOTIFY_NONE" };
  const bad: [unknown, RegExp][] = [
    [{ receivers: [{ ...telegram, chatt: 1 }] }, /receivers\[0\]\.chatt: unknown key.*chat/],
    [{ receivers: [telegram], perMinut: 3 }, /perMinut: unknown key/],
    [{ receivers: [{ kind: "pigeon" }] }, /receivers\[0\].*"pigeon", but must be one of/],
    [
      { receivers: [{ ...telegram, tokenVariable: "DATABASE_URL" }] },
      /begins with LOCKSTEP_NOTIFY_/,
    ],
    [{ receivers: [telegram] }, /the environment has no LOCKSTEP_NOTIFY_NONE/],
  ];
  for (const [json, told] of bad) {
    await withFile(json, (path) => assert.rejects(readNotifySettings(path), told));
  }
});

Deno.test("live says who cannot be told, in its log and on its pages, and no secret with it", () =>
  withStore(async (store, { url: database }) => {
    await store.bots.create(bareBot("q"));
    const epoch = await store.bots.claim("q", { owner: "x", leaseMs: 1_000, starts: true });
    await store.bots.setStatus("q", epoch, "quarantined", "it throws");
    await withServer(() => ({ status: 403 }), ({ url }) => {
      const receivers = [{ kind: "ntfy", url: `${url}/secret-topic` }];
      return withFile({ receivers }, async (path) => {
        const tape = ["--replay", "data/sample_tape.csv.gz", "--speed", "100", "--keep"];
        const at = `127.0.0.1:${freePort()}`, notify = ["--notify", path, "--dashboard", at];
        const args = ["live", "strategies/sma_cross_1m.json", ...tape, ...notify];
        const running = startCommand(args, { database });
        try {
          const read = async (page: string) => {
            const answer = await fetch(`http://${at}${page}`).catch(() => undefined);
            return await answer?.text() ?? "";
          };
          let health = "";
          await eventually("health warns", async () => {
            health = await read("/health");
            return health.includes("has not been notified");
          });
          assert.match(
            health,
            /"ntfy has not been notified since \S+Z: it answered 403; 1 happening is lost/,
          );
          const metrics = await read("/metrics");
          assert.match(metrics, /^lockstep_notify_lost\{receiver="ntfy"\} 1$/m);
          assert.match(metrics, /^lockstep_notify_trouble\{receiver="ntfy"\} 1$/m);
          await running.signal("SIGTERM");
          const { code, err } = await running.ended;
          assert.equal(code, 0, err);
          assert.equal(
            err.match(/^notify: ntfy cannot be told: it answered 403$/gm)?.length,
            1,
            err,
          );
          assert.match(err, /^notify: ntfy was not told of 1 happening: it answered 403$/m);
          assert.doesNotMatch(health + metrics + err, /secret/);
        } finally {
          await running.signal("SIGKILL").catch(() => {});
          await running.ended;
        }
      });
    });
  }));

Deno.test("live tells of a bot in quarantine, again if that was not taken", () =>
  withStore(async (store, { url: database }) => {
    await store.bots.create(bareBot("q"));
    const epoch = await store.bots.claim("q", { owner: "x", leaseMs: 1_000, starts: true });
    await store.bots.setStatus("q", epoch, "quarantined", "it throws");
    const answers = (n: number) => ({ status: n === 1 ? 500 : 200 });
    await withServer(answers, ({ url, received }) => {
      const receivers = [{ kind: "ntfy", url: `${url}/bots` }];
      return withFile({ receivers }, async (path) => {
        const tape = ["--replay", "data/sample_tape.csv.gz", "--speed", "100", "--keep"];
        const args = ["strategies/sma_cross_1m.json", ...tape, "--no-dashboard", "--notify", path];
        const running = startCommand(["live", ...args], { database });
        try {
          await eventually("it is told twice", async () => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            return received.length === 2;
          });
          await running.signal("SIGTERM");
          const { code, err } = await running.ended;
          assert.equal(code, 0, err);
        } finally {
          await running.signal("SIGKILL").catch(() => {});
          await running.ended;
        }
        for (const { path, body } of received) {
          assert.equal(path, "/bots");
          assert.equal(body, "q: quarantined: it throws");
        }
      });
    });
  }));

Deno.test("live tells what happened last before it ends", () =>
  withStore((_, { url: database }) =>
    withServer(() => ({ status: 200 }), ({ url, received }) => {
      const receivers = [{ kind: "webhook", url: `${url}/bots`, level: "info" }];
      return withFile({ receivers, perMinute: 1 }, async (path) => {
        const tape = ["--replay", "data/sample_tape.csv.gz", "--exit", "--notify", path];
        const ran = await runCommand(["live", "strategies/sma_cross_1m.json", ...tape], {
          database,
        });
        assert.equal(ran.code, 0, ran.err);
        const texts = received.map(({ body }) => JSON.parse(body).text).join("\n");
        const trades = ran.out.match(/^\S*sma_cross_1m.*$/m)![0].split(/\s{2,}/);
        assert.match(texts, /sma_cross_1m\S*: finished: the tape ended/, ran.out);
        const last = [...texts.matchAll(/, (\d+) so far/g)].at(-1)![1];
        assert.ok(trades.includes(last), `${last} trades in ${trades}`);
        assert.doesNotMatch(ran.err, /was not told/);
      });
    })
  ));
