import { type Kernel, kernel } from "../operator.ts";

type Loop = (
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
) => void;

const comparison = (name: string, loop: Loop): Kernel =>
  kernel({
    name,
    inputs: ["number", "number"],
    output: "boolean",
    fill: ([a, b], [out], _, from, to) => loop(a, b, out, from, to),
  });

/** a > b; a comparison with NaN is unknown. */
export const greaterOperator = comparison("greater", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] > b[i] ? 1 : a[i] <= b[i] ? 0 : NaN;
});

/** a < b */
export const lessOperator = comparison("less", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] < b[i] ? 1 : a[i] >= b[i] ? 0 : NaN;
});

/** a ≥ b */
export const greaterOrEqualOperator = comparison("greaterOrEqual", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] >= b[i] ? 1 : a[i] < b[i] ? 0 : NaN;
});

/** a ≤ b */
export const lessOrEqualOperator = comparison("lessOrEqual", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] <= b[i] ? 1 : a[i] > b[i] ? 0 : NaN;
});

/** a = b */
export const equalOperator = comparison("equal", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] === b[i] ? 1 : a[i] < b[i] || a[i] > b[i] ? 0 : NaN;
});
