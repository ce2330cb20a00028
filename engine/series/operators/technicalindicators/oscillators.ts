import { type Description, flag, rows, upTo } from "./description.ts";

const values = ["values"] as const, candle = ["high", "low", "close"] as const;
const HIGHEST_FROM_0 = "takes 0 for the highest of negative numbers";
const SLOW_CROSS =
  "true on the first row if the lines already lie so; and it keeps every row since " +
  "the last cross, so that each takes longer than the one before: ";

/** The library's indicators of momentum and trend. */
export const OSCILLATORS = {
  RSI: {
    inputs: values,
    parameters: { period: rows(14) },
    output: "number",
    note: "as rsi, rounded to two decimals; 100 where nothing has moved",
  },
  StochasticRSI: {
    inputs: values,
    parameters: {
      rsiPeriod: rows(14),
      stochasticPeriod: rows(14),
      kPeriod: rows(3),
      dPeriod: rows(3),
    },
    output: ["stochRSI", "k", "d"],
    note: "of an RSI that is rounded to two decimals; 0 while that does not move",
  },
  MACD: {
    inputs: values,
    parameters: {
      fastPeriod: rows(12),
      slowPeriod: rows(26),
      signalPeriod: rows(9),
      SimpleMAOscillator: flag(),
      SimpleMASignal: flag(),
    },
    output: ["MACD", "signal", "histogram"],
    note:
      "the fast average starts on its own first rows, where macd and TA-Lib start both with the " +
      "slow one, so it takes some hundred rows to agree; a signal of exactly 0 is unknown",
  },
  AwesomeOscillator: {
    inputs: ["high", "low"],
    parameters: { fastPeriod: rows(5), slowPeriod: rows(34) },
    output: "number",
  },
  ROC: {
    inputs: values,
    parameters: { period: rows(12) },
    output: "number",
    note: "in per cent: 1 is 1 %",
  },
  KST: {
    inputs: values,
    parameters: {
      ROCPer1: rows(10),
      ROCPer2: rows(15),
      ROCPer3: rows(20),
      ROCPer4: rows(30),
      SMAROCPer1: rows(10),
      SMAROCPer2: rows(10),
      SMAROCPer3: rows(10),
      SMAROCPer4: rows(15),
      signalPeriod: rows(9),
    },
    output: ["kst", "signal"],
    note: "a signal of exactly 0 is unknown",
  },
  TRIX: {
    inputs: values,
    parameters: { period: rows(18) },
    output: "number",
    note: "in per cent; a change of exactly 0 is unknown",
  },
  Stochastic: {
    inputs: candle,
    parameters: { period: rows(14), signalPeriod: rows(3) },
    output: ["k", "d"],
    note: "0 where the highest high is the lowest low; " + HIGHEST_FROM_0,
  },
  WilliamsR: {
    inputs: candle,
    parameters: { period: rows(14) },
    output: "number",
    note: "unknown where the highest high is the lowest low; " + HIGHEST_FROM_0,
  },
  CCI: {
    inputs: candle,
    parameters: { period: rows(20) },
    output: "number",
    note: "unknown where the price has not moved",
  },
  PSAR: {
    inputs: ["high", "low"],
    parameters: { step: upTo(1, 0.02), max: upTo(1, 0.2) },
    output: "number",
    note: "takes the trend for rising at first, and begins at the first low",
  },
  TrueRange: { inputs: candle, parameters: {}, output: "number", note: "as trueRange" },
  ATR: {
    inputs: candle,
    parameters: { period: rows(14) },
    output: "number",
    note: "as atr but for rounding",
  },
  ADX: {
    inputs: candle,
    parameters: { period: rows(14) },
    output: ["adx", "pdi", "mdi"],
    note:
      "pdi and mdi begin with adx; adx stays unknown for good if nothing moves on the first rows, " +
      "as many as the period and one",
  },
  CrossUp: {
    inputs: ["lineA", "lineB"],
    parameters: {},
    output: "boolean",
    note: SLOW_CROSS + "crossesAbove has neither fault",
  },
  CrossDown: {
    inputs: ["lineA", "lineB"],
    parameters: {},
    output: "boolean",
    note: SLOW_CROSS + "crossesBelow has neither fault",
  },
} as const satisfies Record<string, Description>;
