import { InputError } from "../market/errors.ts";
import { guardKernel } from "./guard_kernel.ts";
import { type Level, madeColumn, PRICES, ROWS } from "./made_rows.ts";
import type { Kernel, NumberRule, Values } from "./operator.ts";

const POISON = 1e300, UNWRITTEN = -7e299, ROW_LENGTH = 60_000;

/** How many rows each call fills: all, one by one, or pieces of any size. */
type Cuts = readonly number[];
const WHOLE: Cuts = [ROWS], ROW_BY_ROW: Cuts = Array<number>(ROWS).fill(1);
const PIECES: Cuts = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 26];

/** Where a run begins that has not seen the rows before. */
const LATE = 101;

/**
 * Runs a kernel over made rows, prices of any size among them, in several ways, each with every row poisoned that it may not read. Throws an `InputError` if
 * that changes what it gives: then it reads rows at or past `to`, or more rows before than its `lookback`, or remembers
 * something outside of its state. So it does if a row is not written, one is that is not its own, an input is changed, a
 * condition is neither true, false nor unknown, or a value depends on more rows than its `memory`. Gives all
 * that it gave, as a text.
 */
export function checkKernel(kernel: Kernel): string {
  const all = argumentsOf(kernel), gave: string[] = [];
  for (const args of all) {
    gave.push(checkCuts(kernel, args, "jumping", [ROW_BY_ROW, PIECES]));
    checkMemory(kernel, args);
  }
  // One by one, for inside of a piece a row could look ahead unseen.
  const last = all[all.length - 1];
  for (const price of PRICES) gave.push(checkCuts(kernel, last, price, [ROW_BY_ROW]));
  return gave.join("\n");
}

/** What it gave, however the rows were cut. */
function checkCuts(kernel: Kernel, args: Values, level: Level, others: readonly Cuts[]): string {
  const whole = driven(kernel, args, { cuts: WHOLE, level });
  for (const cuts of others) checkSame(kernel, args, whole, driven(kernel, args, { cuts, level }));
  return whole.map((column) => column.join()).join("\n");
}

function checkSame(
  { name }: Kernel,
  args: Values,
  whole: readonly Float64Array[],
  other: readonly Float64Array[],
): void {
  const output = whole.findIndex((column, n) => firstOther(column, other[n]) >= 0);
  if (output < 0) return;
  const row = firstOther(whole[output], other[output]);
  throw new InputError(
    `${name} ${JSON.stringify(args)} gives ${
      whole[output][row]
    } on row ${row} when it is given all rows ` +
      `at once and ${
        other[output][row]
      } when it is given them in parts: fill may read no row at or ` +
      'past "to" and none before "from - lookback", and may remember nothing but what it puts into "state"',
  );
}

/** Refuses a memory that is shorter than what values depend on: a run would begin to trade on them too early. */
function checkMemory(kernel: Kernel, args: Values): void {
  const memory = guardKernel(kernel).memory(args, ROW_LENGTH);
  if (LATE + memory >= ROWS) return;
  const run = (begins: number) => driven(kernel, args, { cuts: WHOLE, begins });
  const all = run(0), late = run(LATE);
  all.forEach((column, n) => {
    for (let row = LATE + memory; row < ROWS; row++) {
      const known = column[row], found = late[n][row];
      if (Object.is(known, found) || Math.abs(known - found) <= 1e-6 * Math.abs(known)) continue;
      throw new InputError(
        `${kernel.name} ${
          JSON.stringify(args)
        } gives ${known} on row ${row}, but ${found} when it has not ` +
          `seen the rows before ${LATE}: memory must say on how many rows a value depends, and says ` +
          `${memory}; where it depends on all of them, leave memory out or give Infinity`,
      );
    }
  });
}

/** Two sets of arguments: the least that are allowed, and some more. */
function argumentsOf({ args }: Kernel): Values[] {
  const all = (more: number) => {
    const values = Object.entries(args).map(([name, rule]) => {
      const { min, max, whole } = rule as NumberRule, span = whole ? 7 : 0.37;
      return [name, Math.min(max, min + more * span)];
    });
    return Object.fromEntries(values);
  };
  return Object.keys(args).length === 0 ? [{}] : [all(0), all(1)];
}

interface Drive {
  cuts: Cuts;
  /** What the rows hold. */
  level?: Level;
  /** The first row that is known; then none is a hole. */
  begins?: number;
}

function driven(
  kernel: Kernel,
  args: Values,
  { cuts, level = "jumping", begins }: Drive,
): Float64Array[] {
  let from = 0, begin = 0;
  const rowName = (i: number) => `row ${from + i - begin} of those that it is tried out on`;
  const guarded = guardKernel(kernel, rowName), lookback = guarded.lookback(args);
  const outputs = outputsOf(kernel, ROWS);
  const known = kernel.inputs.map((type, n) => madeColumn(type, level, n, begins));
  const times = Float64Array.from(
    { length: ROWS + lookback + 4 },
    (_, i) => (i - lookback - 1) * ROW_LENGTH,
  );
  let state = new Float64Array(guarded.stateSize(args));
  for (const count of cuts) {
    begin = lookback + 2;
    const end = begin + count, length = end + 2;
    const inputs = known.map((rows) => {
      const column = new Float64Array(length).fill(POISON), first = Math.max(from - lookback, 0);
      // Nothing is known of rows before the first.
      column.fill(NaN, begin - lookback, begin - from + first);
      column.set(rows.subarray(first, from + count), begin - from + first);
      return column;
    });
    const time = times.slice(from, from + length);
    const part = outputsOf(kernel, length), given = inputs.map((column) => column.slice());
    state = state.slice();
    const context = { args, ticks: undefined, scale: 1, time, rowLength: ROW_LENGTH };
    const returned: unknown = guarded.fill(inputs, part, state, begin, end, context);
    if (returned instanceof Promise) {
      returned.catch(() => {});
      throw new InputError(
        `${kernel.name}: fill is async, but has to have filled its rows when it returns`,
      );
    }
    checkWriting(kernel, { inputs, given, part, begin, end, from });
    part.forEach((column, n) => outputs[n].set(column.subarray(begin, end), from));
    from += count;
  }
  return outputs;
}

interface Written {
  inputs: readonly Float64Array[];
  /** What the inputs were before. */
  given: readonly Float64Array[];
  part: readonly Float64Array[];
  begin: number;
  end: number;
  /** The row that `begin` is. */
  from: number;
}

/** Holds a call of `fill` to writing all of its own rows, and nothing else. */
function checkWriting(
  { name, output }: Kernel,
  { inputs, given, part, begin, end, from }: Written,
): void {
  if (inputs.some((column, n) => firstOther(column, given[n]) >= 0)) {
    throw new InputError(`${name}: fill writes into its inputs, which others read too`);
  }
  for (const column of part) {
    // A loop, for it goes over all of the lookback for each row.
    for (let i = 0; i < column.length; i++) {
      const x = column[i], isOwn = i >= begin && i < end, row = from + i - begin;
      if (isOwn && x === UNWRITTEN) {
        throw new InputError(
          `${name}: fill leaves row ${row} as it was: it has to write each row from "from" to "to", and ` +
            "NaN where the value is not known",
        );
      }
      if (!isOwn && x !== UNWRITTEN) {
        throw new InputError(`${name}: fill writes row ${row}, which is not one of "from" to "to"`);
      }
      if (isOwn && output === "boolean" && x === x && x !== 0 && x !== 1) {
        throw new InputError(
          `${name}: fill gives ${x} on row ${row}, but a condition is 1, 0 or, where it is not known, NaN`,
        );
      }
    }
  }
}

/** Where two columns differ first, in any bit that can be told; -1 if nowhere. */
function firstOther(one: Float64Array, other: Float64Array): number {
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return i;
  return -1;
}

const outputsOf = ({ output }: Kernel, rows: number) =>
  (typeof output === "string" ? [output] : Object.keys(output)).map(() =>
    new Float64Array(rows).fill(UNWRITTEN)
  );
