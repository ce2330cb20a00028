/** What a page is told while it is open. */
import assert from "node:assert/strict";
import { bareBot, starting } from "../storage/bare_bot.ts";
import { ask, withDashboard } from "./with_dashboard.ts";

interface Told {
  event: string;
  data: {
    bots?: { id: string; status: string; trades: number }[];
    gone?: string[];
    trouble?: string;
  };
}

/** The events of a dashboard, one by one, until it is broken off. */
async function* eventsOf(url: string, signal: AbortSignal): AsyncGenerator<Told> {
  const { body } = await fetch(`${url}/api/events`, { signal });
  let rest = "";
  for await (const text of body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop()!;
    for (const part of parts) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      if (event !== undefined) yield { event, data: JSON.parse(data) };
    }
  }
}

Deno.test("a page is told of all bots at first, then of those that change, and of a store that goes", () =>
  withDashboard(async ({ url, store }) => {
    const over = new AbortController(), events = eventsOf(url, over.signal);
    const next = async () => (await events.next()).value as Told;
    await store.bots.create(bareBot("a"));
    await store.bots.create(bareBot("b"));
    const first = await next();
    assert.equal(first.event, "bots");
    assert.deepEqual(first.data.bots!.map(({ id, status }) => [id, status]), [
      ["a", "stopped"],
      ["b", "stopped"],
    ]);
    await store.bots.claim("b", starting("me"));
    let told = await next();
    while (told.data.bots!.length === 0) told = await next();
    assert.equal(told.event, "change");
    assert.deepEqual(told.data.bots!.map(({ id, status }) => [id, status]), [["b", "running"]]);
    await store.close();
    do told = await next(); while (told.event === "change");
    assert.equal(told.event, "trouble");
    assert.match(told.data.trouble!, /closed/);
    over.abort();
    await events.next().catch(() => {});
  }));

Deno.test("whoever only looks whether there are events takes nobody's place", () =>
  withDashboard(async ({ url }) => {
    for (let i = 0; i < 101; i++) {
      const { status } = await ask(`${url}/api/events`, { method: "HEAD" });
      assert.equal(status, 200);
    }
    const over = new AbortController(), events = eventsOf(url, over.signal);
    assert.equal((await events.next()).value!.event, "bots");
    over.abort();
    await events.next().catch(() => {});
  }));
