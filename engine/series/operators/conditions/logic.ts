import { kernel } from "../../operator.ts";

/** Both true; false as soon as one is false, else unknown if one is unknown (Kleene's logic). */
export const andOperator = kernel({
  name: "and",
  inputs: ["boolean", "boolean"],
  output: "boolean",
  fill([a, b], [out], _, from, to) {
    for (let i = from; i < to; i++) out[i] = a[i] === 0 || b[i] === 0 ? 0 : a[i] * b[i];
  },
});

/** At least one true; true as soon as one is true, else unknown if one is unknown. */
export const orOperator = kernel({
  name: "or",
  inputs: ["boolean", "boolean"],
  output: "boolean",
  fill([a, b], [out], _, from, to) {
    for (let i = from; i < to; i++) out[i] = a[i] === 1 || b[i] === 1 ? 1 : a[i] + b[i];
  },
});

/** The opposite; of unknown it is unknown. */
export const notOperator = kernel({
  name: "not",
  inputs: ["boolean"],
  output: "boolean",
  fill([a], [out], _, from, to) {
    for (let i = from; i < to; i++) out[i] = 1 - a[i];
  },
});
