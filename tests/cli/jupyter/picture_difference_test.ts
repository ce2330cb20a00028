import assert from "node:assert/strict";
import type { Option } from "../../../engine/charts/option.ts";
import { LOOKS } from "../../../engine/charts/look.ts";
import { indexedPng } from "../../../engine/charts/indexed_png.ts";
import { pictureDifference } from "../../../engine/cli/jupyter/picture_difference.ts";
import { redrawn, seriesOf } from "../../charts/drawn.ts";
import { gallery } from "../../charts/gallery.ts";

const WIDTH = 400, HEIGHT = 300;

/** A grey picture in which some pixels are darker by `off`. */
function grey(pixels: readonly (readonly [x: number, y: number])[], off: number): string {
  const all = new Uint8Array(4 * WIDTH * HEIGHT).fill(200);
  for (let i = 3; i < all.length; i += 4) all[i] = 255;
  for (const [x, y] of pixels) all[4 * (y * WIDTH + x)] -= off;
  return indexedPng({ width: WIDTH, height: HEIGHT, pixels: all }).toBase64();
}

const line = (count: number, x: number, y: number) =>
  Array.from({ length: count }, (_, i) => [x + i, y] as const);

Deno.test("few pixels beside each other are tolerated, more are not, wherever they are", () => {
  const plain = grey([], 0);
  for (const [x, y] of [[0, 0], [16, 16], [25, 31], [50, 47], [380, 5], [385, 299], [200, 150]]) {
    assert.equal(pictureDifference(plain, grey(line(12, x, y), 25)), undefined);
    assert.match(
      `${pictureDifference(plain, grey(line(13, x, y), 25))}`,
      /^13 of 32×32 pixels at \d+, \d+ differ, 12 are tolerated$/,
    );
  }
});

Deno.test("a colour may be off by 24, and one pixel in 500 by more where they lie apart", () => {
  const plain = grey([], 0), everywhere = line(WIDTH, 0, 10);
  assert.equal(pictureDifference(plain, grey(everywhere, 24)), undefined);
  assert.match(`${pictureDifference(plain, grey(everywhere, 25))}`, /400 of 120000 pixels differ/);
  const apart = Array.from(
    { length: 241 },
    (_, i) => [20 * (i % 20), 20 * (i - i % 20) / 20] as const,
  );
  assert.equal(pictureDifference(plain, grey(apart.slice(1), 99)), undefined);
  assert.match(
    `${pictureDifference(plain, grey(apart, 99))}`,
    /^241 of 120000 .* 240 are tolerated/,
  );
});

/** Changes the data of one series; the first of those that are called so. */
const data = (name: string, change: (data: Option[]) => Option[]) => (option: Option) => {
  const [series] = seriesOf(option, name);
  series.data = change(series.data as Option[]);
};

type Point = [number, number];
const points = (change: (point: Point, i: number) => Point) => (all: Option[]) =>
  (all as unknown as Point[]).map(change) as unknown as Option[];

Deno.test("one thing that is not as it was is seen in a picture of thousands", async () => {
  const { chart, chart_years_dark: years, returns_histogram_dark: histogram } = await gallery();
  const { profit, loss } = LOOKS.light,
    swapped = data("Trades", (all) =>
      all.map((each, i) => {
        const { color, ...style } = each.lineStyle as Option;
        const lineStyle = { ...style, color: color === profit ? loss : profit };
        return i === 3 ? { ...each, lineStyle } : each;
      }));
  const dashed = data("Trades", (all) =>
    all.map((each, i) => {
      const style = each.lineStyle as Option, type = style.type === "solid" ? [4, 3] : "solid";
      return i === 3 ? { ...each, lineStyle: { ...style, type } } : each;
    }));
  const cases: [string, typeof chart, (option: Option) => void][] = [
    ["a trade's line is missing", chart, data("Trades", (all) => all.slice(1))],
    ["an entry is missing", chart, data("Entries long", (all) => all.slice(1))],
    ["an exit is missing", chart, data("Exits short", (all) => all.slice(0, -1))],
    ["a trade that won has the colour of one that lost", chart, swapped],
    ["a trade's line is dashed that was not", chart, dashed],
    ["equity is 0.1 % too high", chart, data("strategy", points(([t, it]) => [t, 1.001 * it]))],
    ["equity over years is", years, data("strategy", points(([t, it]) => [t, 1.001 * it]))],
    ["a volume is missing", chart, data("Volume, rising", (all) => all.slice(1))],
    [
      "a trade is in another bin",
      histogram,
      data("won", (all) =>
        all.map((bin, i) => {
          const [x, n] = bin.value as unknown as Point;
          return { ...bin, value: [x, i === 9 ? n - 1 : i === 10 ? n + 1 : n] };
        })),
    ],
  ];
  const plain = new Map<typeof chart, string>();
  for (const picture of [chart, years, histogram]) {
    plain.set(picture, await redrawn(picture, () => {}));
  }
  for (const [what, picture, change] of cases) {
    const difference = pictureDifference(plain.get(picture)!, await redrawn(picture, change));
    assert.match(`${difference}`, /pixels.* differ/, what);
  }
});
