import assert from "node:assert/strict";
import { UnfitInstruments } from "../../engine/live/unfit_instruments.ts";
import { FakeClock } from "./fake_clock.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE;

Deno.test("what could not be collected rests longer each time, and by itself", () => {
  const clock = new FakeClock(), unfit = new UnfitInstruments(clock);
  for (const minutes of [1, 2, 4, 8, 16, 16]) {
    assert.equal(unfit.add("a", `refused ${minutes}`), minutes * MINUTE);
    clock.advance(minutes * MINUTE - 1);
    assert.equal(unfit.why("a"), `refused ${minutes}`);
    assert.equal(unfit.why("b"), undefined);
    clock.advance(1);
    assert.equal(unfit.why("a"), undefined);
  }
});

Deno.test("what went well for an hour rests shortly again", () => {
  const clock = new FakeClock(), unfit = new UnfitInstruments(clock);
  for (const minutes of [1, 2]) {
    unfit.add("a", "refused");
    clock.advance(minutes * MINUTE);
  }
  clock.advance(HOUR + 1);
  assert.equal(unfit.add("a", "refused"), MINUTE);
});
