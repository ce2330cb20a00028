/** The operators of the package technicalindicators: their values are the library's own. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { FixedSizeLinkedList } from "technicalindicators";
import { seededRandom } from "../../data/random.ts";
import type { Candles, Field } from "../../engine/market/candles.ts";
import {
  close,
  Condition,
  type Expression,
  high,
  low,
  Numeric,
  open,
  param,
} from "../../engine/series/expression.ts";
import { technicalindicatorsOperator } from "../../engine/series/operators/technicalindicators/adapter.ts";
import type { Description } from "../../engine/series/operators/technicalindicators/description.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import { PATTERN_INPUTS } from "../../engine/series/operators/technicalindicators/pattern_kernel.ts";
import { PATTERNS } from "../../engine/series/operators/technicalindicators/patterns.ts";
import { INDICATORS } from "../../engine/series/operators/technicalindicators/table.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { writeGraph } from "../../engine/series/write_graph.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { columnsOf, evaluate, evaluateAll } from "./evaluate.ts";

type Settings = Record<string, unknown>;
type Rows = Record<string, number[]>;
type Library =
  & Record<string, { calculate(settings: Settings): unknown }>
  & Record<string, (rows: Rows) => boolean>
  & { getAvailableIndicators(): string[] };

/** The library as it comes: another copy than the engine's, in which nothing was mended. */
const library = ((): Library => {
  const require = createRequire(import.meta.url), path = require.resolve("technicalindicators");
  delete require.cache[path];
  return require("technicalindicators");
})();

/** As in a notebook, where nothing checks types. */
const untyped = indicator as unknown as (
  name: string,
  ...settings: unknown[]
) => Expression | Record<string, Expression>;

const CANDLES = madeCandles({ rows: 700, seed: 17 }), ROWS = CANDLES.length;

/** The inputs that are no candle columns, and the candle columns that stand for them here. */
const STAND_INS: Record<string, Field> = { values: "close", lineA: "close", lineB: "open" };
const SERIES: Record<string, Numeric> = { values: close, lineA: close, lineB: open };

/** Settings for an indicator: the customary ones, or others. */
function settingsOf({ parameters }: Description, n: number): Record<string, number> {
  const settings = Object.entries(parameters).map(([name, rule], i) => {
    const other = rule.flag ? 1 : rule.whole ? 3 + 2 * i : rule.max / (4 + i);
    return [name, n === 0 ? rule.default ?? 7 : other];
  });
  return Object.fromEntries(settings);
}

function columnsFor(result: ReturnType<typeof untyped>, candles: Candles) {
  const isOne = result instanceof Numeric || result instanceof Condition;
  return evaluateAll(isOne ? { "": result } : result as Record<string, Expression>, candles);
}

for (const [name, description] of Object.entries<Description>(INDICATORS)) {
  Deno.test(`${name} is what the library's calculate() gives`, () => {
    const { inputs } = description;
    const series = inputs.filter((input) => input in SERIES).map((input) => [input, SERIES[input]]);
    const rows = inputs.map((input) =>
      [input, [...CANDLES[(STAND_INS[input] ?? input) as Field]]] as const
    );
    for (const n of [0, 1]) {
      const settings = settingsOf(description, n);
      const found = columnsFor(
        untyped(name, { ...settings, ...Object.fromEntries(series) }),
        CANDLES,
      );
      const results = library[name].calculate({ ...settings, ...Object.fromEntries(rows) });
      for (const [output, column] of Object.entries(found)) {
        const values = valuesOf(results, output);
        assert(values.length > ROWS - 120, `${name}: only ${values.length} values`);
        assertSameBits(column, endingWith(values), `${name} ${output}`);
      }
    }
  });
}

/** The values of an output as the library gives them, from its first result on. */
function valuesOf(results: unknown, output: string): unknown[] {
  if (!Array.isArray(results)) return (results as Record<string, unknown[]>)[output];
  return results.map((result) => output === "" ? result : result[output]);
}

function endingWith(values: unknown[]): Float64Array {
  const first = ROWS - values.length;
  return Float64Array.from({ length: ROWS }, (_, i) => {
    const value = values[i - first];
    if (typeof value === "boolean") return value ? 1 : 0;
    return typeof value === "number" && Number.isFinite(value) ? value + 0 : NaN;
  });
}

/** Candles of few whole prices, unconnected: every pattern is among them, most of them often. */
function scatteredCandles(rows: number): Candles {
  const random = seededRandom(41), upTo = (most: number) => Math.floor(random() * (most + 1));
  const columns: Record<string, number[]> = { open: [], high: [], low: [], close: [], volume: [] };
  for (let i = 0; i < rows; i++) {
    const open = 90 + upTo(20), close = random() < 0.2 ? open : 90 + upTo(20);
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(Math.max(open, close) + upTo(3));
    columns.low.push(Math.min(open, close) - upTo(3));
    columns.volume.push(1 + upTo(9));
  }
  return columnsOf(columns);
}

const SCATTERED = scatteredCandles(8_000);

for (const [name, { rows }] of Object.entries(PATTERNS)) {
  Deno.test(`${name} is what the library finds in the candles up to each row`, () => {
    const found = evaluate(untyped(name) as Condition, SCATTERED);
    for (let i = 0; i < SCATTERED.length; i++) {
      const upTo = (field: Field) => [...SCATTERED[field].subarray(Math.max(0, i - 20), i + 1)];
      const [open, high, low, close] = PATTERN_INPUTS.map(upTo);
      const expected = i < rows - 1 ? NaN : Number(library[name]({ open, high, low, close }));
      assert(Object.is(found[i], expected), `row ${i} is ${found[i]}, not ${expected}`);
    }
    const times = found.filter((value) => value === 1).length;
    assert(times > 0 && times < SCATTERED.length - rows, `it is found ${times} times`);
  });
}

Deno.test("Every indicator that the library offers is there, or refused for a reason", () => {
  const { members, refused } = technicalindicatorsOperator;
  const known = new Set([...members.keys(), ...Object.keys(refused)].map((n) => n.toLowerCase()));
  const offered = library.getAvailableIndicators().filter((name) =>
    // A container and a name under which the library exports nothing.
    !["FixedSizeLinkedList", "crossover"].includes(name)
  );
  assert.equal(members.size, 73);
  assert.deepEqual(offered.filter((name) => !known.has(name.toLowerCase())), []);
  assert.equal(library.crossover ?? library.crossOver, undefined);
});

Deno.test("A row on which an input is unknown is left out, and unknown", () => {
  const U = NaN, holes = [U, 1, 2, U, 4, Infinity, 8, 9, U, 3];
  const found = evaluate(
    indicator("SMA", { values: close, period: 2 }),
    columnsOf({ close: holes }),
  );
  assert.deepEqual([...found], [U, U, 1.5, U, 3, U, 6, 8.5, U, 6]);
  const pair = { high: [3, U, 5, 6], low: [1, 1, U, 2], close: [2, 2, 2, 4] };
  const range = evaluate(indicator("TrueRange"), columnsOf(pair));
  assert.deepEqual([...range], [U, U, U, 4]);
  const candle = { open: [5, 5, 5], high: [6, U, 6], low: [4, 4, 4], close: [5, 5, 5] };
  assert.deepEqual([...evaluate(indicator("doji"), columnsOf(candle))], [1, U, 1]);
  const engulfing = indicator("bullishengulfingpattern");
  assert.deepEqual([...evaluate(engulfing, columnsOf(candle))], [U, U, U]);
});

Deno.test("What is no finite number is unknown: a change from 0, a width of 0", () => {
  const found = columnsFor(
    untyped("ROC", { values: close, period: 1 }),
    columnsOf({ close: [0, 1, 2] }),
  );
  assert.deepEqual([...found[""]], [NaN, NaN, 100]);
  const flat = columnsOf({ close: [3, 3, 3] });
  assert.deepEqual([
    ...columnsFor(untyped("BollingerBands", { values: close, period: 2 }), flat).pb,
  ], [
    NaN,
    NaN,
    NaN,
  ]);
});

Deno.test("Inputs may be any series, parameters any scalar, yes and no", () => {
  const smooth = indicator("RSI", { values: sma(close, 3), period: param("short").plus(2) });
  const same = evaluate(indicator("RSI", { values: sma(close, 3), period: 9 }), CANDLES);
  assertSameBits(evaluate(smooth, CANDLES, { short: 7 }), same, "RSI");
  const bands = indicator("KeltnerChannels", { close: low, useSMA: true, maPeriod: 4 });
  const middle = evaluate(bands.middle, CANDLES).slice(12), plain = evaluate(sma(low, 4), CANDLES);
  middle.forEach((value, i) => assert(Math.abs(value - plain[i + 12]) < 1e-9));
  assert.throws(() => evaluate(smooth, CANDLES, { short: 0.5 }), {
    message: "technicalindicators RSI: period is 2.5, but must be a whole number from 1 to 65536",
  });
});

Deno.test("In a graph it is one operator, whose arguments name the indicator and are all written", () => {
  const { adx } = indicator("ADX"), { graph } = writeGraph({ adx, small: indicator("doji") });
  assert.deepEqual(graph, {
    adx: {
      op: "technicalindicators",
      version: 1,
      inputs: [{ ref: "high" }, { ref: "low" }, { ref: "close" }],
      args: { indicator: "ADX", period: 14 },
      output: "adx",
    },
    small: {
      op: "technicalindicators",
      version: 1,
      inputs: [{ ref: "open" }, { ref: "high" }, { ref: "low" }, { ref: "close" }],
      args: { indicator: "doji" },
    },
  });
});

const MISTAKES: [call: () => unknown, message: string][] = [
  [() => untyped("adx"), 'technicalindicators has no indicator "adx": did you mean "ADX"?'],
  [
    () => untyped("Bolinger", { values: close }),
    'technicalindicators has no indicator "Bolinger": there are SMA, EMA, ',
  ],
  [
    () => untyped("renko"),
    "technicalindicators cannot give renko candle by candle: its bricks are made of all candles at once",
  ],
  [
    () => untyped("ADX", { periods: 14 }),
    'indicator ADX has no setting "periods": did you mean "period"?',
  ],
  [
    () => untyped("RSI", { source: close }),
    'indicator RSI has no setting "source". It has values, period',
  ],
  [
    () => untyped("RSI", { period: 14 }),
    "indicator RSI: values is missing, such as values: close",
  ],
  [
    () => untyped("RSI", close),
    'indicator RSI takes its settings by name: indicator("RSI", { values: close, period: 14 })',
  ],
  [
    () => untyped("SMA", close, 20),
    'indicator SMA takes its settings by name: indicator("SMA", { values: close, period: 14 })',
  ],
  [
    () => untyped("ADX", 20),
    'indicator ADX takes its settings by name: indicator("ADX", { period: 14 })',
  ],
  [
    () => untyped("ADX", { period: 20 }, 3),
    'indicator ADX takes its settings by name: indicator("ADX", { period: 14 })',
  ],
  [() => untyped("doji", 5), 'indicator doji takes its settings by name: indicator("doji")'],
  [
    () => untyped("ADX", { period: 0 }),
    "technicalindicators ADX: period is 0, but must be a whole number from 1 to 65536",
  ],
  [() => untyped("foo"), 'technicalindicators has no indicator "foo": there are SMA, EMA, '],
  [
    () => untyped("SMA", { values: close }),
    "indicator SMA: period is missing, such as period: 14",
  ],
  [() => untyped("ATR", { high: undefined }), "indicator ATR: high is missing"],
  [
    () => untyped("ATR", { high: high.above(low) }),
    "indicator ATR: high is a boolean series, but must be a series of numbers",
  ],
  [
    () => untyped("ATR", { period: "14" }),
    'indicator ATR: period is the text "14", but must be a number or a parameter',
  ],
];

for (const [call, message] of MISTAKES) {
  Deno.test(`A mistake is named: ${message}`, () => {
    assert.throws(call, (error: Error) => {
      assert.equal(error.name, "InputError");
      assert.equal(error.message.slice(0, message.length), message);
      return true;
    });
  });
}

Deno.test("Windows let go of the rows that leave them, which the library does not", () => {
  const count = 1_000;
  const chain = (list: unknown) => {
    let length = 0;
    for (let item = list as { prev?: unknown } | undefined; item; length++) {
      item = item.prev as typeof item;
    }
    return length;
  };
  // The windows are out of reach inside of generators, so a list like theirs is filled.
  const lists = library as unknown as Record<
    string,
    new (size: number) => {
      push(row: number): void;
      _tail: unknown;
    }
  >;
  const leaky = new lists.FixedSizeLinkedList(3), ours = new FixedSizeLinkedList(3);
  for (let row = 0; row < count; row++) for (const list of [leaky, ours]) list.push(row);
  assert.equal(chain(leaky._tail), count);
  assert.equal(chain((ours as unknown as typeof leaky)._tail), 3);
});
