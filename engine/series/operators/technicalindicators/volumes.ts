import { type Description, rows } from "./description.ts";

/** The library's indicators of volume. */
export const VOLUMES = {
  ADL: {
    inputs: ["high", "low", "close", "volume"],
    parameters: {},
    output: "number",
    note:
      "rounded to whole numbers; a candle whose high is its low counts as one that closed on its " +
      "high; it adds up from the first row on, so its level depends on where the run begins",
  },
  OBV: {
    inputs: ["close", "volume"],
    parameters: {},
    output: "number",
    note:
      "unknown on the first row, whose volume is left out; its level depends on where the run begins",
  },
  ForceIndex: {
    inputs: ["close", "volume"],
    parameters: { period: rows(1) },
    output: "number",
  },
  MFI: {
    inputs: ["high", "low", "close", "volume"],
    parameters: { period: rows(14) },
    output: "number",
    note:
      "rounded to two decimals; leaves out the first row; a row whose typical price has not moved " +
      "counts as falling, where others leave it out",
  },
  VWAP: {
    inputs: ["high", "low", "close", "volume"],
    parameters: {},
    output: "number",
    note: "from the first row of the run on: it begins anew with no day",
  },
} as const satisfies Record<string, Description>;
