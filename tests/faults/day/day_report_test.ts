import assert from "node:assert/strict";
import { leaks } from "./day_report.ts";
import type { DayRun } from "./day_run.ts";

const FLAT = { rss: 3e8, heap: 1e8, descriptors: 30 };

const RUN: DayRun = {
  ...{ hours: 24, bots: 1, seconds: 60, trades: 1, candles: 1, decisions: 1, fills: 1, cuts: 1 },
  held: Array.from({ length: 60 }, () => FLAT),
  end: FLAT,
  connections: { most: 6, left: 0 },
  hasEnded: true,
};

Deno.test("a run that holds what it held has leaked nothing", () => {
  assert.deepEqual(leaks(RUN), []);
});

Deno.test("sockets that stay open, memory that grows, connections and timers that are left are leaks", () => {
  const held = Array.from({ length: 60 }, (_, i) => ({
    rss: 3e8 + 1e7 * i,
    heap: 1e8,
    descriptors: 30 + i,
  }));
  const found = leaks({ ...RUN, held, connections: { most: 6, left: 2 }, hasEnded: false });
  assert.equal(found.length, 4);
  for (const [i, what] of ["memory", "open files", "2 connections", "a timer"].entries()) {
    assert.ok(found[i].startsWith(what), found[i]);
  }
});
