/** `live --notify`: the file, the secrets, and somebody who is told. */
import assert from "node:assert/strict";
import { readNotifySettings } from "../../engine/cli/notify_settings.ts";
import { withDatabase } from "../support/database.ts";
import { withServer } from "../notify/receiving.ts";
import { runCommand } from "./command.ts";

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
    [{ receivers: [] }, /receivers: found \[\]/],
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

Deno.test("live tells of bots that closed trades, and ends as it does without", () =>
  withDatabase((database) =>
    withServer(() => ({ status: 500 }), ({ url, received }) => {
      const receivers = [{ kind: "webhook", url: `${url}/hook`, level: "info" }];
      return withFile({ receivers }, async (path) => {
        const args = ["strategies/sma_cross_1m.json", "--replay", "data/sample_tape.csv.gz"];
        const run = (more: string[]) =>
          runCommand(["live", ...args, "--exit", ...more], { database });
        const plain = await run([]), { code, out, err } = await run(["--notify", path]);
        assert.equal(code, 0, err);
        assert.equal(out, plain.out);
        for (const { path } of received) assert.equal(path, "/hook");
      });
    })
  ));
