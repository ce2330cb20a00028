import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import type { Kernel, KernelContext, Values } from "../../engine/series/operator.ts";
import { CHUNK_SIZES, type Cut, evenCuts, POISONS, randomCuts } from "./cuts.ts";
import { assertNoNegativeZero, assertSameBits } from "./same_bits.ts";

/** Rows that a kernel is driven over. */
export interface KernelRows {
  inputs: Float64Array[];
  time: Float64Array;
  /** The first input as whole ticks, if it is a price. */
  ticks?: Float64Array;
  scale?: number;
}

const ROW_LENGTH = 60_000;
/** Rows of poison on both sides of what a kernel may touch. */
const MARGIN = 3;
/** Slots that the uncut run has to spare, so that a kernel that keeps more than it says shows. */
const SPARE = 4;

/**
 * Law 1 for one kernel: however the rows are cut into chunks, with its state copied as bytes at every
 * cut, its outputs are the same bits. Each chunk is in fresh buffers, at another place, with every
 * row poisoned that it may not read; in between, the kernel works on other rows, as one kernel
 * serves many runs. Throws an `AssertionError` otherwise.
 */
export function assertKernelLaw(kernel: Kernel, args: Values, rows: KernelRows, seed = 1): void {
  const random = seededRandom(seed), count = rows.time.length;
  const name = `${kernel.name} ${JSON.stringify(args)}`;
  const whole = drive(kernel, args, rows, [[0, count]]);
  for (const output of whole) assertNoNegativeZero(output, name);
  const sizes = CHUNK_SIZES.filter((size) => size < count);
  const ways: [string, Cut[]][] = sizes.map((size) => [`${size} rows`, evenCuts(count, size)]);
  for (let n = 0; n < 3; n++) ways.push(["random cuts", randomCuts(count, random)]);
  for (const [way, cuts] of ways) {
    const outputs = drive(kernel, args, rows, cuts);
    outputs.forEach((output, i) =>
      assertSameBits(output, whole[i], `${name}, output ${i}, in chunks of ${way}`)
    );
  }
}

/** The outputs of a kernel over chunks. */
function drive(
  kernel: Kernel,
  args: Values,
  rows: KernelRows,
  cuts: readonly Cut[],
): Float64Array[] {
  const { output } = kernel, count = rows.time.length;
  const outputs = (typeof output === "string" ? [output] : Object.keys(output))
    .map(() => new Float64Array(count));
  let bytes = new Uint8Array(8 * (kernel.stateSize(args) + (cuts.length > 1 ? 0 : SPARE)));
  cuts.forEach(([from, to], n) => {
    const state = new Float64Array(bytes.slice().buffer);
    if (cuts.length > 1) disturb(kernel, args);
    const parts = fillApart(kernel, args, rows, [from, to], state, n);
    parts.forEach((part, i) => outputs[i].set(part, from));
    bytes = new Uint8Array(state.buffer);
  });
  return outputs;
}

/** Fills one chunk in buffers that hold nothing but what the kernel may read. */
export function fillApart(
  kernel: Kernel,
  args: Values,
  { inputs, time, ticks, scale = 1 }: KernelRows,
  [from, to]: Cut,
  state: Float64Array,
  n: number,
): Float64Array[] {
  const [poison, unwritten] = [POISONS[n % POISONS.length], POISONS[(n + 1) % POISONS.length]];
  const lookback = kernel.lookback(args), count = to - from;
  const begin = MARGIN + lookback, end = begin + count;
  const apart = (column: Float64Array) => {
    const buffer = new Float64Array(end + MARGIN).fill(poison);
    for (let i = -lookback; i < count; i++) buffer[begin + i] = column[from + i] ?? NaN;
    return buffer;
  };
  const given = inputs.map(apart), kept = given.map((buffer) => buffer.slice());
  const context: KernelContext = {
    args,
    ticks: ticks && apart(ticks),
    scale,
    time: readsTime(kernel, ticks !== undefined) ? apart(time) : apart(time).fill(poison),
    rowLength: ROW_LENGTH,
  };
  const { output } = kernel;
  const outputs = (typeof output === "string" ? [output] : Object.keys(output))
    .map(() => new Float64Array(end + MARGIN).fill(unwritten));
  kernel.fill(given, outputs, state, begin, end, context);
  given.forEach((buffer, i) => assertSameBits(buffer, kept[i], `${kernel.name}: its own input`));
  for (const buffer of outputs) {
    const outside = [...buffer.subarray(0, begin), ...buffer.subarray(end)];
    assert(
      outside.every((value) => Object.is(value, unwritten)),
      `${kernel.name} writes rows outside [from, to)`,
    );
  }
  return outputs.map((buffer) => buffer.subarray(begin, end));
}

const readsTime = ({ timed, exact }: Kernel, hasTicks: boolean) => timed && !(exact && hasTicks);

/** Lets the kernel work on other rows, so that anything it remembers by itself is wrong. */
function disturb(kernel: Kernel, args: Values): void {
  const rows = kernel.lookback(args) + 2, column = () => new Float64Array(rows).fill(7);
  const outputs = typeof kernel.output === "string" ? 1 : Object.keys(kernel.output).length;
  const context = { args, ticks: undefined, scale: 1, time: column(), rowLength: ROW_LENGTH };
  kernel.fill(
    kernel.inputs.map(column),
    Array.from({ length: outputs }, column),
    new Float64Array(kernel.stateSize(args)),
    rows - 2,
    rows,
    context,
  );
}
