import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall, namedSettings } from "../../check_call.ts";
import { high, low, type Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { highest, lowest } from "../statistics/extremes.ts";
import { lag } from "../rows/lag.ts";

export const ichimokuOperator = composite({
  name: "ichimoku",
  inputs: ["number", "number"],
  output: { conversion: "number", base: "number", spanA: "number", spanB: "number" },
  args: {
    conversion: windowRule(),
    base: windowRule(),
    span: windowRule(),
    displacement: windowRule(),
  },
  expand([high, low], args) {
    const ahead = args.displacement as number | Numeric;
    const middle = (window: unknown) => {
      const rows = window as number | Numeric;
      return highest(high as Numeric, rows).plus(lowest(low as Numeric, rows)).over(2);
    };
    const conversion = middle(args.conversion), base = middle(args.base);
    return {
      conversion,
      base,
      spanA: lag(conversion.plus(base).over(2), ahead),
      spanB: lag(middle(args.span), ahead),
    };
  },
});

/**
 * Ichimoku's lines, each the middle of the highest high and the lowest low of so many candles: conversion (tenkan), base
 * (kijun), and the edges of the cloud (senkou A and B) as they are drawn over this row, `displacement` rows after
 * they were known. The lagging line is the close; what a chart draws of it lies in the past.
 */
export function ichimoku(
  windows: {
    conversion?: number | Numeric;
    base?: number | Numeric;
    span?: number | Numeric;
    displacement?: number | Numeric;
  } = {},
): Record<"conversion" | "base" | "spanA" | "spanB", Numeric> {
  const args = namedSettings("ichimoku", windows, {
    conversion: 9,
    base: 26,
    span: 52,
    displacement: 26,
  });
  checkCandleCall("ichimoku", arguments, 1);
  return callOutputs(ichimokuOperator, [high, low], args);
}
