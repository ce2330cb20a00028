/** What a strategy is written with: candle columns, operators, and the types of both. */
export { close, Condition, Expression, high, low, Numeric, open, volume } from "./expression.ts";
export { atr } from "./operators/atr.ts";
export { bollinger } from "./operators/bollinger.ts";
export { change } from "./operators/change.ts";
export { choose } from "./operators/choose.ts";
export { crossesAbove, crossesBelow } from "./operators/crosses.ts";
export { deviation } from "./operators/deviation.ts";
export { ema } from "./operators/ema.ts";
export { highest, lowest } from "./operators/extremes.ts";
export { lag } from "./operators/lag.ts";
export { macd } from "./operators/macd.ts";
export { on } from "./operators/on.ts";
export { rsi } from "./operators/rsi.ts";
export { mean, sma } from "./operators/sma.ts";
export { sum } from "./operators/sum.ts";
export { trueRange } from "./operators/true_range.ts";
export { where } from "./operators/where.ts";
export { wilder } from "./operators/wilder.ts";
