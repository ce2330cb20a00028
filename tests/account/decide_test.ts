import assert from "node:assert/strict";
import { decide } from "../../engine/account/decide.ts";
import { signalColumns } from "../support/account_run.ts";
import { naiveDecision } from "./naive_decision.ts";

type Names =
  | "enterLong"
  | "exitLong"
  | "enterShort"
  | "exitShort"
  | "reduceLong"
  | "reduceShort";

/** The decision when the named signals are true, and all others false. */
function decision(position: number, ...fire: Names[]) {
  const signals = signalColumns(Object.fromEntries(fire.map((name) => [name, [1]])), 1);
  return decide(signals, 0, position, true);
}

Deno.test("flat, an entry opens", () => {
  assert.equal(decision(0, "enterLong"), "enterLong");
  assert.equal(decision(0, "enterShort"), "enterShort");
  assert.equal(decision(0), undefined);
});

Deno.test("flat, an exit does nothing, and blocks its side's entry on the same row", () => {
  assert.equal(decision(0, "exitLong", "exitShort"), undefined);
  assert.equal(decision(0, "enterLong", "exitLong"), undefined);
  assert.equal(decision(0, "enterShort", "exitShort"), undefined);
  assert.equal(decision(0, "enterLong", "exitShort"), "enterLong");
});

Deno.test("flat, both sides' entries cancel each other", () => {
  assert.equal(decision(0, "enterLong", "enterShort"), "cancelled");
});

Deno.test("in a position, its exit closes and the opposite entry reverses", () => {
  assert.equal(decision(2, "exitLong"), "exitLong");
  assert.equal(decision(2, "enterShort"), "reverseToShort");
  assert.equal(decision(2, "exitLong", "enterShort"), "reverseToShort");
  assert.equal(decision(-2, "exitShort"), "exitShort");
  assert.equal(decision(-2, "enterLong"), "reverseToLong");
  assert.equal(decision(-2, "exitShort", "enterLong"), "reverseToLong");
});

Deno.test("in a position, entries of its own side and exits of the other are ignored", () => {
  assert.equal(decision(2, "enterLong", "exitShort"), undefined);
  assert.equal(decision(-2, "enterShort", "exitLong"), undefined);
});

Deno.test("in a position, a reduction closes a part unless all of it is closed", () => {
  assert.equal(decision(2, "reduceLong", "reduceShort"), "reduceLong");
  assert.equal(decision(-2, "reduceLong", "reduceShort"), "reduceShort");
  assert.equal(decision(2, "reduceLong", "exitLong"), "exitLong");
  assert.equal(decision(2, "reduceLong", "enterShort"), "reverseToShort");
  assert.equal(decision(0, "reduceLong"), undefined);
});

Deno.test("an entry of its own side adds, where there may be more of them", () => {
  const signals = signalColumns({ enterLong: [1], enterShort: [1] }, 1);
  assert.equal(decide(signals, 0, 2, false, true), "addLong");
  assert.equal(decide(signals, 0, 2, true, true), "reverseToShort");
  const both = signalColumns({ enterLong: [1], reduceLong: [1] }, 1);
  assert.equal(decide(both, 0, 2, false, true), "reduceLong", "the careful one");
});

Deno.test("an account without shorts sees no short entries", () => {
  const signals = signalColumns({ enterLong: [0, 1], enterShort: [1, 1] }, 2);
  assert.equal(decide(signals, 0, 0, false), undefined);
  assert.equal(decide(signals, 1, 0, false), "enterLong");
  assert.equal(decide(signals, 0, 2, false), undefined);
});

Deno.test("every combination of true, false and unknown is decided by the design's words", () => {
  const names = ["enterLong", "exitLong", "enterShort", "exitShort", "reduceLong", "reduceShort"];
  const words = [false, true, undefined], positions = { 3: "long", 0: undefined, "-0.5": "short" };
  let decided = 0;
  for (let n = 0; n < 3 ** 6; n++) {
    const row = Object.fromEntries(
      names.map((name, k) => [name, words[Math.floor(n / 3 ** k) % 3]]),
    );
    const columns = Object.entries(row).map(([name, word]) => [name, [Number(word ?? NaN)]]);
    const signals = signalColumns(Object.fromEntries(columns), 1);
    for (const [position, side] of Object.entries(positions) as [string, "long" | "short"][]) {
      for (const [shorts, adds] of [[true, true], [true, false], [false, true], [false, false]]) {
        const expected = naiveDecision(row, side, shorts, adds);
        const found = decide(signals, 0, Number(position), shorts, adds);
        assert.equal(found, expected, JSON.stringify(row));
        if (expected) decided++;
      }
    }
  }
  assert(decided > 100);
});
