import type { ValueType } from "../../expression.ts";
import { type Kernel, kernel } from "../../operator.ts";

type Loop = (
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
) => void;

/** A kernel over two numbers of the same row. It is given its own loop, which the engine inlines. */
export function elementwise(output: ValueType, name: string, loop: Loop): Kernel {
  return kernel({
    name,
    inputs: ["number", "number"],
    output,
    fill: ([a, b], [out], _, from, to) => loop(a, b, out, from, to),
  });
}
