import assert from "node:assert/strict";
import { SeenTrades } from "../../../engine/live/collector/seen_trades.ts";
import { REVISABLE } from "../../../engine/ports/feed.ts";

const trade = (id: number | string, timestamp: number) => ({ id: `${id}`, timestamp });

Deno.test("a trade is known again for some minutes, and never taken for new later", () => {
  const seen = new SeenTrades(), step = 1_000;
  let forgotten = 0;
  for (let n = 0; n < 2_000; n++) {
    assert.equal(seen.note(trade(n, n * step)), "new");
    for (let back = 1; back <= n && back * step <= 3 * REVISABLE; back += 97) {
      const again = seen.note(trade(n - back, (n - back) * step));
      if (back * step <= REVISABLE) assert.equal(again, "duplicate", `${n} ${back}`);
      else {
        assert.notEqual(again, "new", `${n} ${back}`);
        if (again === "too old to tell") forgotten++;
      }
    }
  }
  assert.ok(forgotten > 100);
});

Deno.test("a late trade that was not seen is new, as long as that can be told", () => {
  const seen = new SeenTrades();
  seen.note(trade(1, 1_000_000));
  assert.equal(seen.note(trade(2, 1_000_000 - REVISABLE / 2)), "new");
  assert.equal(seen.note(trade(2, 1_000_000 - REVISABLE / 2)), "duplicate");
  seen.note(trade(3, 1_000_000 + 2 * REVISABLE));
  assert.equal(seen.note(trade(4, 1_000_000 + REVISABLE)), "new");
  assert.equal(seen.note(trade(5, 1_000_000 - REVISABLE)), "too old to tell");
});

Deno.test("memory is bounded, however many trades come at once", () => {
  const seen = new SeenTrades();
  for (let n = 0; n < 500_000; n++) assert.equal(seen.note(trade(n, 1_000 + (n >> 10))), "new");
  assert.equal(seen.note(trade(499_999, 1_000 + (499_999 >> 10))), "duplicate");
  assert.equal(seen.note(trade(0, 1_000)), "too old to tell");
});
