import assert from "node:assert/strict";
import { front } from "../../../engine/research/sweep/front.ts";
import { setOrder } from "../../../engine/research/sweep/set_order.ts";

const COLUMNS: Readonly<Record<string, Float64Array>> = {
  sharpe: Float64Array.of(-1, NaN, 2, -1, NaN, -3),
  trades: Float64Array.of(4, 1, 9, 2, 3, 2),
};

const ordered = (...names: ("sharpe" | "trades")[]) => {
  const { order, front } = setOrder(names, (name) => COLUMNS[name]);
  return [[...order], front];
};

Deno.test("what is unknown stands behind the worst, of equals the earlier first, and few trades are better", () => {
  assert.deepEqual(ordered("sharpe"), [[2, 0, 3, 5, 1, 4], 1]);
  assert.deepEqual(ordered("trades"), [[1, 3, 5, 4, 0, 2], 1]);
  // 3 beats 0 and 5, by fewer trades and by a better ratio; 2 is beaten by none.
  assert.deepEqual(ordered("sharpe", "trades"), [[2, 3, 0, 5, 1, 4], 2]);
  assert.deepEqual(ordered("trades", "sharpe"), [[3, 2, 1, 5, 4, 0], 2]);
});

Deno.test("things with the same numbers are on a front together, the earlier first", () => {
  const gain = Float64Array.of(1, 2, 1, 2), calm = Float64Array.of(2, 1, 2, 1);
  assert.deepEqual(front([gain, calm]), [1, 3, 0, 2]);
});
