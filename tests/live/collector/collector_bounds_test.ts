import assert from "node:assert/strict";
import { PATIENCE } from "../../../engine/live/outbox/outbox.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Clock } from "../../../engine/ports/clock.ts";
import { withStore } from "../../support/database.ts";
import { collectFrom, stored } from "../collecting.ts";
import { type Fault, unreachableStore } from "../faults.ts";
import { batch, event, madeFeed } from "../made_feed.ts";

/** Candles that may wait, and how often somebody waits while the database is away. */
const MOST = 7, WAITS = 500;

Deno.test("while the database is away a collector reads on until its room is full, and not further", () =>
  withStore(async (store) => {
    const seconds = 100, fault: Fault = { on: false };
    const inner = madeFeed(Array.from({ length: seconds }, (_, i) => batch(event(1_000 * i))));
    let waits = 0, readBefore = 0, readAway = 0, read = 0;
    const clock: Clock = {
      ...systemClock,
      sleep: (time, signal) => {
        if (fault.on && ++waits === WAITS) {
          fault.on = false;
          readAway = read - readBefore;
        }
        // Before, it waits for what it brought, however slow the database is: else it never tells that all is stored.
        return systemClock.sleep(time === PATIENCE && !fault.on ? 30_000 : 1, signal);
      },
    };
    const feed: typeof inner = {
      ...inner,
      async *trades(...asked) {
        for await (const one of inner.trades(...asked)) {
          read++;
          yield one;
        }
      },
    };
    // It goes away when nothing waits for it.
    const progress = () => {
      if (read < 20 || readBefore > 0) return;
      readBefore = read;
      fault.on = true;
    };
    const stats = await collectFrom(unreachableStore(fault, store), { feed }, {
      ...{ clock, watch: { progress } },
      mostRows: MOST,
    });
    assert.equal(waits, WAITS);
    assert.ok(Math.abs(readAway - MOST) <= 1, `${readAway} were read`);
    assert.equal(stats.candles, seconds - 1);
    const times = (await stored(store)).map((line) => Number(line.split(" ")[0]));
    assert.deepEqual(times, Array.from({ length: seconds - 1 }, (_, i) => i + 1));
  }));
