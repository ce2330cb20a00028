import { InputError } from "../../../market/errors.ts";
import { checkWritten } from "../../argument_rules.ts";
import { checkCall } from "../../check_call.ts";
import { Condition, Numeric } from "../../expression.ts";
import type { Elsewhere } from "../../operator.ts";

export const instrumentOperator: Elsewhere = {
  kind: "elsewhere",
  name: "instrument",
  version: 1,
  inputs: ["number"],
  output: "number",
  args: { symbol: "symbol" },
};

/**
 * The same expression over the candles of another market of the same exchange, such as
 * `instrument("ETH/USDT", close)`: on each row of the run's own clock the candle that closes with it,
 * unknown where that market has none; what it trades between is not seen. A bot decides a row once that
 * candle has closed too or is recorded as missing. Which markets a strategy needs is known from its
 * graph. On a longer timeframe, `on("1h", instrument("ETH/USDT", close))` and the other way round are the
 * same: that market's rows inside of each of the run's longer candles make one.
 */
export function instrument(symbol: string, x: Numeric): Numeric;
export function instrument(symbol: string, x: Condition): Condition;
export function instrument(symbol: string, x: Numeric | Condition): Numeric | Condition {
  checkCall("instrument", arguments, 2);
  if (typeof symbol !== "string") {
    throw new InputError('instrument takes the symbol first: instrument("ETH/USDT", close)');
  }
  const parts = { op: instrumentOperator.name, inputs: [x], args: { symbol } };
  checkWritten(instrumentOperator, parts.args);
  return x instanceof Condition ? new Condition(parts) : new Numeric(parts);
}
