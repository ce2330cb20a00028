import { callOperator } from "../../call_operator.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric, volume } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { vwmaOperator } from "../averages/vwma.ts";
import { typicalPriceOperator } from "../candles/prices.ts";
import { HOUR_OF_DAY } from "../clock/session_day.ts";
import { sessionTotalOperator } from "../clock/session_total.ts";

const INPUTS = ["number", "number", "number", "number"] as const;
const CANDLE = [high, low, close, volume];

export const vwapOperator = composite({
  name: "vwap",
  inputs: INPUTS,
  args: { begins: HOUR_OF_DAY },
  expand(inputs, args) {
    const typical = new Numeric({ op: typicalPriceOperator.name, inputs: inputs.slice(0, 3) });
    const volume = inputs[3] as Numeric;
    const total = (x: Numeric) => new Numeric({ op: sessionTotalOperator.name, inputs: [x], args });
    return total(typical.times(volume)).over(total(volume));
  },
});

export const rollingVwapOperator = composite({
  name: "rollingVwap",
  inputs: INPUTS,
  args: { window: windowRule() },
  expand(inputs, { window }) {
    const typical = new Numeric({ op: typicalPriceOperator.name, inputs: inputs.slice(0, 3) });
    return new Numeric({ op: vwmaOperator.name, inputs: [typical, inputs[3]], args: { window } });
  },
});

/**
 * Volume-weighted average price of the typical prices since the session began, which it does each day at the UTC hour
 * `begins`. Unknown while nothing has been traded.
 */
export function vwap(begins: number | Numeric = 0): Numeric {
  checkCandleCall("vwap", arguments, 1);
  return callOperator(vwapOperator, CANDLE, { begins });
}

/** Volume-weighted average price of the last `window` candles; unknown where nothing was traded in them. */
export function rollingVwap(window: number | Numeric): Numeric {
  checkCandleCall("rollingVwap", arguments, 1);
  return callOperator(rollingVwapOperator, CANDLE, { window });
}
