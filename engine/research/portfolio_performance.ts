import { excursions } from "../metrics/excursions.ts";
import type { Performance } from "../metrics/performance.ts";
import type { AccountReport } from "../account/report.ts";
import type { RowTimes } from "../market/row_times.ts";
import { atTimes } from "./at_times.ts";
import { heldTogether } from "./held_together.ts";
import type { PortfolioRecord } from "./portfolio_record.ts";

/** What the metrics read of a portfolio: its equity, and the trades of all its instruments. */
export function portfolioPerformance(result: PortfolioRecord): Performance {
  const { instruments, account: { balance }, equity, values, trades, fills, open } = result;
  const time = equity.column("time"), reports = instruments.map((name) => result.reports[name]);
  const total = (of: (report: AccountReport) => number) =>
    reports.reduce((sum, report) => sum + of(report), 0);
  const worth = instruments.map((name) => values.column(name));
  return {
    rows: rowsOf(result),
    initialBalance: balance,
    equity: equity.column("equity"),
    held: time.map((_, row) => worth.reduce((sum, held) => sum + Math.abs(held[row]), 0)),
    benchmark: {
      before: balance,
      worth: heldTogether(
        instruments.map((name) => result.acted(name)).filter(({ length }) => length > 0),
        time,
        balance,
      ),
    },
    trades: trades.rows,
    excursions: excursionsOf(result),
    openTrades: open.length,
    fees: total(({ fees }) => fees),
    slippage: fills.rows.reduce((sum, fill) => sum + fill.slippage, 0),
    funding: total(({ funding }) => funding),
    turnover: total(({ turnover }) => turnover),
  };
}

function rowsOf({ equity, seen, instruments: [first] }: PortfolioRecord): RowTimes {
  return { time: equity.column("time"), timeframe: seen[first].timeframe, length: equity.length };
}

/** Those of the trades, each within the candles of its instrument, in the order of the trades. */
function excursionsOf(result: PortfolioRecord): Performance["excursions"] {
  const { instruments, trades: { rows: trades }, equity, positions, reports } = result;
  const time = equity.column("time");
  const within = new Map(instruments.map((name) => {
    const acted = result.acted(name), own = trades.filter(({ instrument }) => instrument === name);
    const position = atTimes(acted.time, time, positions.column(name));
    return [name, excursions(own, acted, { position, open: reports[name].open }).values()];
  }));
  return trades.map(({ instrument }) => within.get(instrument)!.next().value!);
}
