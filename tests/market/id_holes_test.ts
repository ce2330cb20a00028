import assert from "node:assert/strict";
import { idHoles } from "../../engine/market/id_holes.ts";

/** The holes of trades with these ids, one a second. */
function holesOf(ids: readonly (number | bigint | string)[]) {
  const holes = idHoles();
  ids.forEach((id, i) => holes.add({ id: `${id}`, timestamp: 1_000 * i }));
  return holes.found().map(({ after, from, to, missing }) => [after, from, to, missing]);
}

const upTo = (count: number, without: readonly number[] = []) =>
  Array.from({ length: count }, (_, i) => i + 1).filter((id) => !without.includes(id));

Deno.test("ids that are left out are told with the trades on either side", () => {
  assert.deepEqual(holesOf(upTo(100)), []);
  assert.deepEqual(holesOf(upTo(100, [40, 41, 42, 90])), [
    ["39", 38_000, 39_000, 3],
    ["89", 85_000, 86_000, 1],
  ]);
  const long = upTo(100, [50]).map((id) => 2n ** 64n + BigInt(id));
  assert.deepEqual(holesOf(long), [[`${2n ** 64n + 49n}`, 48_000, 49_000, 1]]);
});

Deno.test("a trade that comes late was not missing, and may cut a hole in two", () => {
  const late = upTo(100, [60]);
  late.splice(70, 0, 60);
  assert.deepEqual(holesOf(late), []);
  const cut = upTo(100, [60, 61, 62, 63]);
  cut.splice(70, 0, 62);
  assert.deepEqual(holesOf(cut), [["59", 58_000, 70_000, 2], ["62", 70_000, 59_000, 1]]);
  assert.deepEqual(holesOf([...upTo(50), ...upTo(50)]), []);
});

Deno.test("ids that do not count up one by one tell nothing, nor do a few", () => {
  assert.deepEqual(holesOf(upTo(100).map((id) => 3 * id)), []);
  assert.deepEqual(holesOf(upTo(100).map((id) => id + Math.floor(id / 10))), []);
  assert.deepEqual(holesOf(upTo(100, [7]).map((id) => `t-${id}`)), []);
  assert.deepEqual(holesOf(upTo(19, [7])), []);
});
