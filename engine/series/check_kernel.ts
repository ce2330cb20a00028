import { InputError } from "../market/errors.ts";
import type { Kernel, NumberRule, Values } from "./operator.ts";

const ROWS = 257, POISON = 1e300, ROW_LENGTH = 60_000;

/** Ways to cut the rows: one by one, in pieces of any size, and not at all. */
const CUTS: readonly (readonly number[])[] = [
  [ROWS],
  Array<number>(ROWS).fill(1),
  [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 26],
];

/**
 * Runs a kernel over made rows in several ways, each with every row poisoned that it may not read. Throws an `InputError` if
 * that changes what it gives: then it reads rows at or past `to`, or more rows before than its `lookback`, or remembers
 * something outside of its state.
 */
export function checkKernel(kernel: Kernel): void {
  for (const args of argumentsOf(kernel)) {
    const [whole, ...others] = CUTS.map((cuts) => driven(kernel, args, cuts));
    for (const other of others) {
      const output = whole.findIndex((column, n) =>
        column.some((x, i) => !Object.is(x, other[n][i]))
      );
      if (output < 0) continue;
      const row = whole[output].findIndex((x, i) => !Object.is(x, other[output][i]));
      throw new InputError(
        `${kernel.name} ${JSON.stringify(args)} gives ${
          whole[output][row]
        } on row ${row} when it is given all rows ` +
          `at once and ${
            other[output][row]
          } when it is given them in parts: fill may read no row at or past "to" and ` +
          `none before "from - lookback", and may remember nothing but what it puts into "state"`,
      );
    }
  }
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

function driven(kernel: Kernel, args: Values, cuts: readonly number[]): Float64Array[] {
  const lookback = kernel.lookback(args), outputs = outputsOf(kernel, ROWS);
  let state = new Float64Array(kernel.stateSize(args)), from = 0;
  for (const count of cuts) {
    const begin = lookback + 2, end = begin + count, length = end + 2;
    const inputs = kernel.inputs.map((type, n) => {
      const column = new Float64Array(length).fill(POISON);
      for (let i = -lookback; i < count; i++) {
        column[begin + i] = made(from + i, n, type === "boolean");
      }
      return column;
    });
    const time = Float64Array.from({ length }, (_, i) => (from + i - begin + 1) * ROW_LENGTH);
    const part = outputsOf(kernel, length);
    state = state.slice();
    const context = { args, ticks: undefined, scale: 1, time, rowLength: ROW_LENGTH };
    kernel.fill(inputs, part, state, begin, end, context);
    part.forEach((column, n) => outputs[n].set(column.subarray(begin, end), from));
    from += count;
  }
  return outputs;
}

const outputsOf = ({ output }: Kernel, rows: number) =>
  (typeof output === "string" ? [output] : Object.keys(output)).map(() => new Float64Array(rows));

/** A number of a made column; unknown before the first row, and now and then. */
function made(row: number, column: number, isTruth: boolean): number {
  if (row < 0 || (row + column) % 41 === 40) return NaN;
  const noise = ((row + 1) * 48_271 + column * 7_919) % 10_007;
  return isTruth ? noise % 2 : 100 + noise / 1_000;
}
