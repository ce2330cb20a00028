import type { Backwards } from "../market/describe_tape.ts";
import { InputError } from "../market/errors.ts";

/** A row may be so late, in milliseconds: an interval is closed so long after its end, not before. */
const TOLERATED = 2_000;

/**
 * Refuses a tape whose rows do not come in the order in which they arrived: time would have passed when
 * they come, and they would be left out.
 */
export function checkTapeOrder(path: string, backwards: Backwards | undefined): void {
  if (!backwards || backwards.by <= TOLERATED) return;
  const { line, by } = backwards, seconds = (by / 1_000).toLocaleString("en-US");
  throw new InputError(
    `Cannot take the trades of ${path} as they come: line ${line} is ${seconds} s older than one above ` +
      "it. Sort the rows by recv_ns or, where there is none, by timestamp",
  );
}
