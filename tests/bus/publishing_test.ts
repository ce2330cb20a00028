import assert from "node:assert/strict";
import { publishing } from "../../engine/bus/publishing.ts";

Deno.test("what comes while something is sent goes out together, in order", async () => {
  const sent: string[][] = [];
  let goOn = () => {};
  const publish = publishing(async (payloads) => {
    sent.push([...payloads]);
    await new Promise<void>((resolve) => goOn = resolve);
  });
  const first = publish("a"), more = ["b", "c", "d"].map(publish);
  goOn();
  await first;
  await Promise.resolve();
  goOn();
  await Promise.all(more);
  assert.deepEqual(sent, [["a"], ["b", "c", "d"]]);
});

Deno.test("of messages that go out together only the impossible one fails", async () => {
  const sent: string[] = [];
  const publish = publishing((payloads) => {
    if (payloads.includes("bad")) return Promise.reject(new Error("too long"));
    sent.push(...payloads);
    return Promise.resolve();
  });
  const all = await Promise.allSettled(["a", "b", "bad", "c"].map(publish));
  assert.deepEqual(all.map(({ status }) => status), [
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  assert.deepEqual(sent, ["a", "b", "c"]);
});
