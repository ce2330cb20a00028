import { heldUnit } from "../metrics/benchmark.ts";
import { heldReturns } from "../metrics/buy_and_hold.ts";
import type { Result } from "../research/result.ts";
import { lineSeries } from "./line_series.ts";
import { positive } from "./log_scale.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { withDecimals } from "./number_text.ts";
import { type Shown, shownRows, titled } from "./shown.ts";
import { padded, paddedLog, plainNumbers } from "./value_axis.ts";

/**
 * Equity, and what it would have become by buying and holding from the open of the first candle that
 * is shown, without costs.
 */
export function equityPane(result: Result, shown: Shown): Pane {
  const { look, quote, first, log } = shown, equity = result.equity.column("equity");
  const before = first === 0 ? result.account.balance : equity[first - 1];
  const whole = first === 0 && shown.last === equity.length;
  const held = heldReturns(heldUnit(result.candles, first)).map((fraction) =>
    before * (1 + fraction)
  );
  const strategy = { name: "strategy", colour: look.equity, width: 1.8, values: equity };
  const hold = {
    name: whole ? "buy and hold" : "buy and hold from here on",
    colour: look.hold,
    width: 1.2,
    values: held,
  };
  const lines = (shown.held ? [hold, strategy] : [strategy]).map((line) => {
    return { ...line, values: log ? positive(line.values) : line.values };
  });
  const range = rangeOf(...lines.map(({ values }) => shownRows(shown, values)));
  return {
    title: titled("Equity", quote, shown),
    weight: 4,
    series: lines.map(({ values, ...style }) => lineSeries(values, shown, style)),
    legend: lines.toReversed().map(({ name, colour }) => ({ label: name, colour, sign: "line" })),
    range: log ? paddedLog(range, 0.08) : padded(range, 0.08),
    format: plainNumbers,
    log,
    readings: lines.toReversed().map(({ name, colour, values }) => {
      return { name, colour, time: shown.candles.time, values, write: withDecimals(2) };
    }),
  };
}
