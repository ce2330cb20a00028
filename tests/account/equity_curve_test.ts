import assert from "node:assert/strict";
import { CURVE_COLUMNS, emptyCurve } from "../../engine/account/equity_curve.ts";
import { newState } from "../../engine/account/state.ts";

const CLOSE = Float64Array.of(10, 12, 9, 15, 20);

/** Flat for a row, two units for three rows at 10 each, flat again with 5 more. */
function written() {
  const curve = emptyCurve(6), state = newState(100);
  curve.mark(state, CLOSE, 0, 1, 0);
  Object.assign(state, { cash: 80, position: 2 });
  curve.mark(state, CLOSE, 1, 4, 1);
  Object.assign(state, { cash: 105, position: 0 });
  curve.mark(state, CLOSE, 4, 5, 4);
  return { curve, state };
}

Deno.test("columns of a curve are what was held on each row", () => {
  const { curve, state } = written();
  assert.deepEqual([...curve.equity], [100, 104, 98, 110, 105, 0]);
  assert.deepEqual([...curve.cash], [100, 80, 80, 80, 105, 0]);
  assert.deepEqual([...curve.position], [0, 2, 2, 2, 0, 0]);
  assert.deepEqual([...curve.drawdown], [0, 0, 98 / 104 - 1, 0, 105 / 110 - 1, 0]);
  assert.deepEqual([state.worth, state.peak], [105, 110]);
});

Deno.test("a view of the first rows has their columns", () => {
  const first = written().curve.first(5);
  assert.deepEqual([...first.cash], [100, 80, 80, 80, 105]);
  assert.deepEqual([...first.drawdown], [0, 0, 98 / 104 - 1, 0, 105 / 110 - 1]);
});

Deno.test("rows that are written behind a reading, or anew, are in the next one", () => {
  const { curve, state } = written();
  assert.equal(curve.cash[5], 0);
  curve.mark(state, CLOSE, 0, 1, 5);
  assert.deepEqual([...curve.cash], [100, 80, 80, 80, 105, 105]);
  const other = Object.assign(newState(50), { cash: 30, position: 1, peak: 60 });
  curve.mark(other, CLOSE, 0, 5, 0);
  assert.deepEqual([...curve.cash.subarray(0, 5)], Array(5).fill(30));
  assert.deepEqual([...curve.position.subarray(0, 5)], Array(5).fill(1));
  const drawdowns = [40, 42, 39, 45, 50].map((worth) => worth / 60 - 1);
  assert.deepEqual([...curve.drawdown.subarray(0, 5)], drawdowns);
});

Deno.test("an account that goes on with another peak has its own drawdown from there", () => {
  const { curve } = written(), other = Object.assign(newState(200), { cash: 105 });
  curve.mark(other, CLOSE, 0, 1, 5);
  assert.equal(curve.drawdown[5], 105 / 200 - 1);
});

Deno.test("rows before the first that is written hold nothing", () => {
  const curve = emptyCurve(3);
  curve.mark(newState(100), CLOSE, 0, 2, 1);
  for (const name of CURVE_COLUMNS) assert.equal(curve[name][0], 0, name);
  assert.deepEqual([...curve.cash], [0, 100, 100]);
});
