import { InputError, messageOf } from "../market/errors.ts";
import { type Kernel, type KernelContext, MOST_ROWS, type Values } from "./operator.ts";

/** The most doubles that an operator of one's own may keep: a few for each row of the longest window. */
const MOST_STATE = 16 * MOST_ROWS;

/** How a row of a fill is called in messages; `i` is its place in the columns. */
export type RowName = (i: number, context: KernelContext) => string;

const byTime: RowName = (i, { time }) =>
  `the candle that closes at ${new Date(time[i]).toISOString()}`;

/**
 * A kernel of someone's own, whose mistakes are told as such: `lookback`, `stateSize` and `memory` are held to what they
 * may be, and what `fill` throws says which operator it was, and on which row.
 */
export function guardKernel(kernel: Kernel, rowName: RowName = byTime): Kernel {
  const { name } = kernel;
  const whole = (what: "lookback" | "stateSize", most: number) => (args: Values) => {
    const value = attempt(`${name}: ${what}(${JSON.stringify(args)})`, () => kernel[what](args));
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new InputError(
      `${name}: ${what}(${
        JSON.stringify(args)
      }) is ${value}, but must be a whole number from 0 to ${most}`,
    );
  };
  return {
    ...kernel,
    lookback: whole("lookback", MOST_ROWS),
    stateSize: whole("stateSize", MOST_STATE),
    memory(args, rowLength) {
      const place = `${name}: memory(${JSON.stringify(args)})`;
      const value = attempt(place, () => kernel.memory(args, rowLength));
      if (value >= 0) return value;
      throw new InputError(
        `${place} is ${value}, but must be a number of rows, 0 or more, or Infinity`,
      );
    },
    fill(inputs, outputs, state, from, to, context) {
      const before = state.slice();
      try {
        return kernel.fill(inputs, outputs, state, from, to, context);
      } catch (error) {
        state.set(before);
        const row = failingRow(kernel, [inputs, outputs, state, from, to, context]);
        const where = row === undefined
          ? `between ${rowName(from, context)} and ${rowName(to - 1, context)}`
          : `on ${rowName(row, context)}`;
        throw new InputError(`${name}: fill failed ${where}: ${messageOf(error)}`, {
          cause: error,
        });
      }
    },
  };
}

/** The first row that fails when each is filled by its own; `undefined` if none does then. */
function failingRow(
  kernel: Kernel,
  [inputs, outputs, state, from, to, context]: Parameters<Kernel["fill"]>,
): number | undefined {
  for (let i = from; i < to; i++) {
    try {
      kernel.fill(inputs, outputs, state, i, i + 1, context);
    } catch {
      return i;
    }
  }
}

function attempt<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new InputError(`${place} failed: ${messageOf(error)}`, { cause: error });
  }
}
