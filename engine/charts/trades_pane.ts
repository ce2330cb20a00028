import type { ClosedTrade } from "../account/ledger.ts";
import { written } from "./captions.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Shown } from "./shown.ts";
import { tradeReading, tradesIn, won } from "./trade_marks.ts";
import { padded, percents } from "./value_axis.ts";

/** Each trade as a tick at its exit, as long as its return; for when they are too many to be marked. */
export function tradesPane(all: readonly ClosedTrade[], shown: Shown): Pane {
  const trades = tradesIn(all, shown), { look } = shown;
  const percent = (trade: ClosedTrade) => 100 * trade.return;
  const winners = trades.filter(won), losers = trades.filter((trade) => !won(trade));
  return {
    title: "Trades, return %",
    weight: 2,
    series: [
      ticks("Won", outstanding(winners, shown, percent), look.profit),
      ticks("Lost", outstanding(losers, shown, percent), look.loss),
    ],
    legend: [
      { label: `${written(winners.length)} won`, colour: look.profit, sign: "line" },
      { label: `${written(losers.length)} lost`, colour: look.loss, sign: "line" },
    ],
    note: `${written(trades.length)} trades, drawn as ticks` +
      (shown.interactive ? "; shorter spans (from, to) show marks" : ""),
    range: padded(rangeOf([0, ...trades.map(percent)]), 0.06),
    format: percents,
    fromZero: true,
    readings: [tradeReading(trades, look.muted)],
  };
}

/** Where several trades fall on one pixel, the one that reaches farthest. */
function outstanding(
  trades: readonly ClosedTrade[],
  { from, to, columns }: Shown,
  percent: (trade: ClosedTrade) => number,
): [number, number][] {
  const farthest = new Map<number, [number, number]>();
  for (const trade of trades) {
    const column = Math.floor((trade.exitTime - from) / (to - from) * columns);
    const value = percent(trade), known = farthest.get(column);
    if (!known || Math.abs(value) > Math.abs(known[1])) {
      farthest.set(column, [trade.exitTime, value]);
    }
  }
  return [...farthest.values()];
}

/** Thin bars and no lines: ECharts makes a value axis fit around bars. */
function ticks(name: string, points: [number, number][], colour: string): Option {
  return {
    type: "bar",
    name,
    silent: true,
    data: points,
    barWidth: 1.2,
    barGap: "-100%",
    itemStyle: { color: colour, opacity: 0.9 },
  };
}
