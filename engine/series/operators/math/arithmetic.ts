import { elementwise } from "./elementwise.ts";

/** a + b */
export const addOperator = elementwise("number", "add", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] + b[i];
});

/** a − b */
export const subtractOperator = elementwise("number", "subtract", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] - b[i];
});

/** a · b; −0 becomes 0, so that equal numbers are equal bits. */
export const multiplyOperator = elementwise("number", "multiply", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] * b[i] + 0;
});

/** a / b; unknown where b is 0. */
export const divideOperator = elementwise("number", "divide", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    if (b[i] === 0) out[i] = NaN;
    else out[i] = a[i] / b[i] + 0;
  }
});
