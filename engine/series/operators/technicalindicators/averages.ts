import { type Description, flag, rows, upTo } from "./description.ts";

const values = ["values"] as const;
const NO_EXACT_SUMS = "sums doubles as they come and go, so that it drifts and ties get lost";

/** The library's averages, sums and extremes of one series, and the bands around averages. */
export const AVERAGES = {
  SMA: { inputs: values, parameters: { period: rows() }, output: "number", note: NO_EXACT_SUMS },
  EMA: {
    inputs: values,
    parameters: { period: rows() },
    output: "number",
    note:
      "as ema but for rounding; where the mean of the first rows is exactly 0, the last of them " +
      "counts twice",
  },
  WMA: { inputs: values, parameters: { period: rows() }, output: "number" },
  WEMA: {
    inputs: values,
    parameters: { period: rows() },
    output: "number",
    note: "Wilder's average: as wilder but for rounding",
  },
  Sum: { inputs: values, parameters: { period: rows() }, output: "number", note: NO_EXACT_SUMS },
  SD: {
    inputs: values,
    parameters: { period: rows() },
    output: "number",
    note:
      "of a population: as deviation but for rounding; where the mean is exactly 0, the value " +
      "before it is repeated",
  },
  Highest: {
    inputs: values,
    parameters: { period: rows() },
    output: "number",
    note: "takes 0 for the highest of negative numbers",
  },
  Lowest: { inputs: values, parameters: { period: rows() }, output: "number" },
  AverageGain: {
    inputs: values,
    parameters: { period: rows(14) },
    output: "number",
    note: "Wilder's average of the moves up, those down counting as 0",
  },
  AverageLoss: {
    inputs: values,
    parameters: { period: rows(14) },
    output: "number",
    note: "Wilder's average of the moves down as positive numbers, those up counting as 0",
  },
  BollingerBands: {
    inputs: values,
    parameters: { period: rows(20), stdDev: upTo(1_000, 2) },
    output: ["middle", "upper", "lower", "pb"],
    note:
      "as bollinger but for rounding; pb is where the row lies between lower (0) and upper (1); " +
      "where the mean is exactly 0, the row before it is repeated",
  },
  KeltnerChannels: {
    inputs: ["high", "low", "close"],
    parameters: {
      maPeriod: rows(20),
      atrPeriod: rows(10),
      useSMA: flag(),
      multiplier: upTo(1_000, 1),
    },
    output: ["middle", "upper", "lower"],
  },
  ChandelierExit: {
    inputs: ["high", "low", "close"],
    parameters: { period: rows(22), multiplier: upTo(1_000, 3) },
    output: ["exitLong", "exitShort"],
  },
  IchimokuCloud: {
    inputs: ["high", "low"],
    parameters: {
      conversionPeriod: rows(9),
      basePeriod: rows(26),
      spanPeriod: rows(52),
      displacement: rows(26),
    },
    output: ["conversion", "base", "spanA", "spanB"],
    note:
      "the spans are those of the row itself: displacement shifts nothing, it only delays the " +
      "first row if it is the longest; there is no lagging span",
  },
  HeikinAshi: {
    inputs: ["open", "high", "low", "close"],
    parameters: {},
    output: ["open", "high", "low", "close"],
  },
} as const satisfies Record<string, Description>;
