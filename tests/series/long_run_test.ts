/** After five million rows at a price of 80,000, windows are what exact arithmetic makes of them. */
import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import type { Kernel } from "../../engine/series/operator.ts";
import { wmaOperator } from "../../engine/series/operators/averages/wma.ts";
import { deviationOperator } from "../../engine/series/operators/statistics/deviation.ts";
import { smaOperator } from "../../engine/series/operators/averages/sma.ts";
import { linearRegressionOperator } from "../../engine/series/operators/trend/linear_regression.ts";
import { nearest, wholeUnits } from "./rational.ts";

const ROWS = 5_000_000, WINDOW = 50, SCALE = 100, CHUNK = 4_096;

/** Whole ticks of a walk around 80,000. */
const TICKS = (() => {
  const random = seededRandom(80), ticks = new Float64Array(ROWS);
  let tick = 80_000 * SCALE;
  for (let i = 0; i < ROWS; i++) {
    tick += Math.floor(random() * 401) - 200 +
      (tick < 79_000 * SCALE ? 5 : tick > 81_000 * SCALE ? -5 : 0);
    ticks[i] = tick;
  }
  return ticks;
})();
const PRICES = TICKS.map((tick) => tick / SCALE);
const TIMES = Float64Array.from({ length: ROWS }, (_, i) => (i + 1) * 60_000);

/** The last chunk of a kernel's first output, after all rows in chunks. */
function lastRows(kernel: Kernel, isPrice: boolean): Float64Array {
  const args = { window: WINDOW }, state = new Float64Array(kernel.stateSize(args));
  const outputs = typeof kernel.output === "string" ? 1 : Object.keys(kernel.output).length;
  const outs = Array.from({ length: outputs }, () => new Float64Array(WINDOW + CHUNK));
  for (let from = 0; from < ROWS; from += CHUNK) {
    const begin = Math.max(0, from - WINDOW), end = Math.min(from + CHUNK, ROWS);
    const ticks = isPrice ? TICKS.subarray(begin, end) : undefined;
    const context = {
      args,
      ticks,
      scale: SCALE,
      time: TIMES.subarray(begin, end),
      rowLength: 60_000,
    };
    kernel.fill([PRICES.subarray(begin, end)], outs, state, from - begin, end - begin, context);
  }
  const last = ROWS % CHUNK || CHUNK;
  return outs[0].slice(WINDOW, WINDOW + last);
}

/** Whole units of a row, and how many there are to 1: of a price its ticks, else of the double that it is. */
const UNITS = {
  prices: { of: (row: number) => BigInt(TICKS[row]), unit: BigInt(SCALE) },
  computed: { of: (row: number) => wholeUnits(PRICES[row]), unit: wholeUnits(1) },
};

/** Exact sums of a window, in such units. */
function sumsOf(end: number, { of, unit }: typeof UNITS.prices) {
  let plain = 0n, weighted = 0n, squares = 0n;
  for (let j = 1; j <= WINDOW; j++) {
    const price = of(end - WINDOW + j);
    plain += price;
    weighted += BigInt(j) * price;
    squares += price * price;
  }
  return { plain, weighted, squares, unit };
}

const N = BigInt(WINDOW);

const EXACT: [Kernel, (sums: ReturnType<typeof sumsOf>) => number][] = [
  [smaOperator, ({ plain, unit }) => nearest(plain, N * unit)],
  [wmaOperator, ({ weighted, unit }) => nearest(weighted, N * (N + 1n) / 2n * unit)],
  [
    deviationOperator,
    ({ plain, squares, unit }) =>
      Math.sqrt(nearest(N * squares - plain * plain, N * N * unit * unit)),
  ],
  // The line's end: its mean, and its slope times half of what it spans.
  [
    linearRegressionOperator,
    ({ plain, weighted, unit }) =>
      nearest(2n * (3n * weighted - (N + 1n) * plain), N * (N + 1n) * unit),
  ],
];

for (const [kernel, exact] of EXACT) {
  for (const isPrice of [true, false]) {
    Deno.test(`${kernel.name} of ${isPrice ? "prices" : "computed columns"} after ${ROWS} rows`, () => {
      const found = lastRows(kernel, isPrice), first = ROWS - found.length;
      for (let i = 0; i < found.length; i += 7) {
        const wanted = exact(sumsOf(first + i, isPrice ? UNITS.prices : UNITS.computed)),
          off = Math.abs(found[i] / wanted - 1);
        assert(off <= 1e-12, `row ${first + i}: ${found[i]} is not ${wanted} (${off})`);
      }
    });
  }
}
