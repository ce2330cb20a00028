import { type Kernel, kernel } from "../operator.ts";

type Loop = (
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
) => void;

const binary = (name: string, loop: Loop): Kernel =>
  kernel({
    name,
    inputs: ["number", "number"],
    fill: ([a, b], [out], _, from, to) => loop(a, b, out, from, to),
  });

/** a + b */
export const addOperator = binary("add", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] + b[i];
});

/** a − b */
export const subtractOperator = binary("subtract", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] - b[i];
});

/** a · b; adding 0 turns −0 into 0, so that equal numbers are equal bits. */
export const multiplyOperator = binary("multiply", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] * b[i] + 0;
});

/** a / b; unknown where b is 0. */
export const divideOperator = binary("divide", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = b[i] === 0 ? NaN : a[i] / b[i] + 0;
});
