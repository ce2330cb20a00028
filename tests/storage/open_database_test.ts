import assert from "node:assert/strict";
import { openDatabase } from "../../engine/cli/database.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { bareBot } from "./bare_bot.ts";

Deno.test("a throw-away database is shared while it is open and dropped in the end", async () => {
  const throwaway = `lockstep_test_${crypto.randomUUID().slice(0, 8)}`;
  const first = await openDatabase({ throwaway }), second = await openStore(first.url);
  await first.store.bots.create(bareBot("a"));
  assert.equal((await second.bots.list()).length, 1);
  await second.close();
  await first.close();
  const again = await openDatabase({ throwaway });
  assert.equal((await again.store.bots.list()).length, 0);
  await again.close();
});

Deno.test("a database name that would need quoting is refused", async () => {
  for (const throwaway of ["", "1a", "Replay", 'a"b', "a-b", "a".repeat(64)]) {
    await assert.rejects(openDatabase({ throwaway }), /Cannot name a database/);
  }
});
