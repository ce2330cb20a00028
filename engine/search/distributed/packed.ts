import { Buffer } from "node:buffer";
import { InputError } from "../../market/errors.ts";
import type { ParameterSets } from "../../research/sweep/parameter_sets.ts";
import type { Batch } from "../../research/sweep/work.ts";
import type { ParameterValues } from "../../series/scalars.ts";

/** The sets of a batch as a job's text: the values alone, in the order of `names`. */
export function packSets(sets: readonly ParameterValues[], names: ParameterSets["names"]): string {
  return JSON.stringify(sets.map((set) => names.map((name) => set[name])));
}

/** The batch that a job's text has. */
export function unpackSets(batch: number, text: string, names: ParameterSets["names"]): Batch {
  const rows: (number | string)[][] = JSON.parse(text);
  const setOf = (row: (number | string)[]) =>
    Object.fromEntries(row.map((value, i) => [names[i], value]));
  return { batch, sets: rows.map(setOf) };
}

/** What came of a batch: its numbers, or why the user's input allows none. */
interface Packed {
  numbers?: string;
  refused?: string;
}

/**
 * Numbers as a job's result: their bytes, so that each is the same to the bit, whatever it is. Bytes are in
 * the order of the processor, little end first on all that Deno runs on.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(unpackNumbers(packNumbers(new Float64Array([0.1, -0, NaN]))), new Float64Array([0.1, -0, NaN]));
 * ```
 */
export function packNumbers({ buffer, byteOffset, byteLength }: Float64Array): string {
  const numbers = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  return JSON.stringify({ numbers } satisfies Packed);
}

/** An `InputError` as a job's result. */
export function packRefusal({ message }: InputError): string {
  return JSON.stringify({ refused: message } satisfies Packed);
}

/** The numbers of a job's result. Throws the `InputError` that it is instead. */
export function unpackNumbers(text: string): Float64Array {
  const { numbers, refused }: Packed = JSON.parse(text);
  if (numbers === undefined) throw new InputError(refused ?? "A batch came to nothing");
  return new Float64Array(Uint8Array.from(Buffer.from(numbers, "base64")).buffer);
}
