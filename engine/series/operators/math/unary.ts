import { elementwise, Numeric } from "../../expression.ts";
import { type Kernel, kernel } from "../../operator.ts";

type Loop = (x: Float64Array, out: Float64Array, from: number, to: number) => void;

/** A kernel over one number of the same row. It is given its own loop, which the engine inlines. */
export function unary(name: string, loop: Loop): Kernel {
  return kernel({
    name,
    inputs: ["number"],
    fill: ([x], [out], _, from, to) => loop(x, out, from, to),
  });
}

/** What such a kernel makes of a series, or of a scalar. */
export function callUnary({ name }: Kernel, x: number | Numeric): Numeric {
  return new Numeric(elementwise(name, x));
}
