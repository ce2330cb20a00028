import assert from "node:assert/strict";
import { sharedRead } from "../../engine/storage/postgres/shared_read.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

Deno.test("who wants the same in one turn is asked for once; who wants it later is given something newer", async () => {
  const asked: string[] = [];
  let stored = 1;
  const read = sharedRead(async (name: string, { after = 0 } = {}) => {
    asked.push(`${name} ${after}`);
    const found = stored;
    await turn();
    return found;
  });
  const first = [read("a"), read("a"), read("a", { after: 1 }), read("b")];
  await new Promise((resolve) => setTimeout(resolve, 2));
  // What was asked for is under way: it would miss what is stored now.
  stored = 2;
  const later = read("a");
  assert.deepEqual(await Promise.all(first), [1, 1, 1, 1]);
  assert.equal(await later, 2);
  assert.deepEqual(asked, ["a 0", "a 1", "b 0", "a 0"]);
});

Deno.test("a read that failed is everybody's who wanted it, and no one's after", async () => {
  let fails = true;
  const read = sharedRead((_: string) =>
    fails ? Promise.reject(new Error("away")) : Promise.resolve(1)
  );
  const all = await Promise.allSettled([read("a"), read("a")]);
  assert.deepEqual(all.map(({ status }) => status), ["rejected", "rejected"]);
  fails = false;
  assert.equal(await read("a"), 1);
});
