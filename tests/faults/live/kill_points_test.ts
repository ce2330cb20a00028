import assert from "node:assert/strict";
import { KillCounter } from "./kill_points.ts";

/** At which of ten times a process is killed that is told something before some of them. */
function killedAt(nth: number, tell: (counter: KillCounter, time: number) => void = () => {}) {
  const killed: number[] = [];
  let time = 0;
  const counter = new KillCounter("afterTransaction", nth, () => killed.push(time));
  for (time = 1; time <= 10; time++) {
    tell(counter, time);
    counter.pass("beforeTransaction");
    counter.pass("afterTransaction");
  }
  return killed;
}

Deno.test("a process is killed the n-th time, the next one if that does not come, or never", () => {
  assert.deepEqual(killedAt(4), [4]);
  assert.deepEqual(killedAt(99), []);
  assert.deepEqual(killedAt(99, (counter, time) => time === 7 && counter.hurry()), [7]);
  assert.deepEqual(killedAt(4, (counter, time) => time === 3 && counter.spare()), []);
});
