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

/** What is said of these ids where they tell nothing. */
function unclearOf(ids: readonly (number | string)[]) {
  const holes = idHoles();
  ids.forEach((id, i) => holes.add({ id: `${id}`, timestamp: 1_000 * i }));
  return holes.unclear();
}

Deno.test("ids that count up and leave out many are said to tell nothing, and no others", () => {
  assert.deepEqual(unclearOf(upTo(700).filter((id) => id % 7 !== 0)), {
    following: 500,
    steps: 599,
  });
  assert.deepEqual(unclearOf(upTo(100).map((id) => 3 * id)), { following: 0, steps: 99 });
  for (
    const ids of [
      upTo(100),
      upTo(100, [40, 41, 90]),
      // Of all markets together; of a few trades; and of words.
      upTo(100).map((id) => 37 * id),
      upTo(19).map((id) => 3 * id),
      upTo(100).map((id) => `t-${3 * id}`),
      // In no order, and all the same.
      upTo(100).map((id) => 997 * id % 1_009),
      upTo(100).map(() => 5),
    ]
  ) assert.equal(unclearOf(ids), undefined, `${ids}`);
});

Deno.test("more holes than are kept are said to be unclear, too", () => {
  const holes = idHoles();
  for (let id = 1; id <= 3_000_000; id++) {
    if (id % 25 !== 0) holes.add({ id: `${id}`, timestamp: id });
  }
  assert.deepEqual(holes.found(), []);
  // One in 25 is left out, and the one behind it, but for the last, follows none.
  assert.deepEqual(holes.unclear(), { following: 2_760_000, steps: 2_879_999 });
});
