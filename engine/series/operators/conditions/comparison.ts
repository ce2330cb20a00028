import { elementwise } from "../math/elementwise.ts";

/** a > b; a comparison with NaN is unknown. */
export const greaterOperator = elementwise("boolean", "greater", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] > b[i]) out[i] = 1;
    else if (a[i] <= b[i]) out[i] = 0;
  }
});

/** a < b */
export const lessOperator = elementwise("boolean", "less", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] < b[i]) out[i] = 1;
    else if (a[i] >= b[i]) out[i] = 0;
  }
});

/** a ≥ b */
export const greaterOrEqualOperator = elementwise(
  "boolean",
  "greaterOrEqual",
  (a, b, out, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (a[i] >= b[i]) out[i] = 1;
      else if (a[i] < b[i]) out[i] = 0;
    }
  },
);

/** a ≤ b */
export const lessOrEqualOperator = elementwise("boolean", "lessOrEqual", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] <= b[i]) out[i] = 1;
    else if (a[i] > b[i]) out[i] = 0;
  }
});

/** a = b */
export const equalOperator = elementwise("boolean", "equal", (a, b, out, from, to) => {
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] === b[i]) out[i] = 1;
    else if (a[i] < b[i] || a[i] > b[i]) out[i] = 0;
  }
});
