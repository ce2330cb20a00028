import type { Result } from "../research/result.ts";
import { lineSeries } from "./line_series.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { type Shown, shownRows, titled } from "./shown.ts";
import { padded, plainNumbers } from "./value_axis.ts";

/**
 * Equity, and what it would have become by buying and holding from the open of the first candle that
 * is shown, without costs.
 */
export function equityPane(result: Result, shown: Shown): Pane {
  const equity = result.equity.column("equity"), { look, quote } = shown;
  const { open, close } = result.candles, { first } = shown;
  const before = first === 0 ? result.account.balance : equity[first - 1];
  const held = close.map((price) => before * price / open[first]);
  const whole = first === 0 && shown.last === equity.length;
  const names = { equity: "Equity", held: "Buy and hold" };
  return {
    title: titled("Equity", quote),
    weight: 4,
    series: [
      lineSeries(held, shown, { name: names.held, colour: look.hold, width: 1.2 }),
      lineSeries(equity, shown, { name: names.equity, colour: look.equity, width: 1.8 }),
    ],
    legend: [
      { label: "strategy", colour: look.equity, sign: "line" },
      {
        label: whole ? "buy and hold" : "buy and hold from here on",
        colour: look.hold,
        sign: "line",
      },
    ],
    range: padded(rangeOf(shownRows(shown, equity), shownRows(shown, held)), 0.08),
    format: plainNumbers,
  };
}
