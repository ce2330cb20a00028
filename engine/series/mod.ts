/** What a strategy is written with: candle columns, operators, and the types of both. */
export { close, Condition, Expression, high, low, Numeric, open, volume } from "./expression.ts";
export * from "./operators/mod.ts";
/** Operators of one's own. */
export { defineOperator } from "./define_operator.ts";
export { windowRule } from "./operator.ts";
