import { InputError } from "../market/errors.ts";
import type { Program } from "./program.ts";
import { type ProgramSize, programSize } from "./program_size.ts";

/**
 * How large a config's graph may be, so that a bot at its worst is no burden to those beside it. A step
 * takes less than a microsecond, and 50 ns more for each row that it looks back at, at worst (`alma`): a
 * candle is decided in 13 ms, then. What is remembered is written to the database with every candle: 2 MB.
 * What is held is memory: 32 MB.
 */
export const LIMITS: Readonly<Record<keyof ProgramSize, number>> = {
  steps: 5_000,
  rows: 262_144,
  kept: 262_144,
  held: 4_194_304,
};

/** What there is too much of, in words. */
const WORDS: Readonly<Record<keyof ProgramSize, readonly [does: string, what: string]>> = {
  steps: ["takes", "steps for a row"],
  rows: ["looks back at", "rows, each step by itself"],
  kept: ["remembers", "numbers from row to row"],
  held: ["holds", "numbers: its columns times its longest window"],
};

/** Whether a program is larger than a config's may be. */
export function isTooLarge(program: Program): boolean {
  const size = programSize(program);
  return NAMES.some((name) => size[name] > LIMITS[name]);
}

const NAMES = Object.keys(LIMITS) as (keyof ProgramSize)[];

/** Throws an `InputError` for a graph whose program is larger than a config's may be. */
export function checkSize(program: Program): void {
  const size = programSize(program);
  for (const name of NAMES) {
    const most = LIMITS[name];
    if (size[name] <= most) continue;
    const [does, what] = WORDS[name];
    throw new InputError(
      `with this the graph ${does} ${size[name]} ${what}, but must not have more than ${most}`,
    );
  }
}
