import type { ClosedTrade, OpenTrade } from "../account/ledger.ts";
import { written } from "./captions.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Shown } from "./shown.ts";
import { isOpenIn, tradeReading } from "./trade_marks.ts";
import { outcomeOf, outcomesOf, outcomeStyle } from "./trade_outcome.ts";
import { padded, percents } from "./value_axis.ts";

/**
 * Each trade that was closed in what is shown as a tick at its exit, as long as its return; for when
 * they are too many to be marked.
 */
export function tradesPane(
  all: readonly ClosedTrade[],
  open: OpenTrade | undefined,
  shown: Shown,
): Pane {
  const { look, from, to } = shown, percent = (trade: ClosedTrade) => 100 * trade.return;
  const trades = all.filter(({ exitTime }) => exitTime >= from && exitTime <= to);
  const outcomes = outcomesOf(trades).map((outcome) => {
    const own = trades.filter((trade) => outcomeOf(trade) === outcome);
    return { outcome, own, colour: outcomeStyle(outcome, look).colour };
  });
  return {
    title: "Trades, return %",
    weight: 2,
    series: outcomes.map(({ outcome, own, colour }) =>
      ticks(`Trades ${outcome}`, outstanding(own, shown, percent), colour)
    ),
    legend: outcomes.map(({ outcome, own, colour }) => {
      return { label: `${written(own.length)} ${outcome}`, colour, sign: "line" };
    }),
    note: `${written(trades.length)} trades, drawn as ticks at their exits` +
      (isOpenIn(open, shown) ? "; one more is open" : "") +
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
