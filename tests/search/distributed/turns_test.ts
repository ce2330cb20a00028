import assert from "node:assert/strict";
import { turns } from "../../../engine/search/distributed/turns.ts";

Deno.test("no more is done at a time than there are turns, in order, whatever fails", async () => {
  const inTurn = turns(2), begun: number[] = [], ends: (() => void)[] = [];
  let atOnce = 0, most = 0;
  const all = Array.from({ length: 6 }, (_, i) =>
    inTurn(async () => {
      begun.push(i);
      most = Math.max(most, ++atOnce);
      await new Promise<void>((resolve) => ends.push(resolve));
      atOnce--;
      if (i === 1) throw new Error("it failed");
      return i;
    }));
  const settled = Promise.allSettled(all), settle = () => new Promise((go) => setTimeout(go, 0));
  for (let i = 0; i < 6; i++) {
    await settle();
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5].slice(0, i + 2));
    ends[i]();
  }
  assert.deepEqual(
    (await settled).map((one) => one.status === "fulfilled" ? one.value : "failed"),
    [0, "failed", 2, 3, 4, 5],
  );
  assert.equal(most, 2);
  assert.equal(await inTurn(() => Promise.resolve("free again")), "free again");
});
