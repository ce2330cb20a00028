import { atTimes } from "./at_times.ts";
import type { PortfolioRecord } from "./portfolio_record.ts";
import { Result } from "./result.ts";
import { Table } from "./table.ts";

/**
 * What one instrument of a portfolio did as a result of its own: its signals, fills and trades, and as
 * equity the balance of the whole with what this instrument alone has earned.
 */
export function instrumentResult(record: PortfolioRecord, name: string): Result {
  const { spec, equity, positions, profits, values } = record, candles = record.acted(name);
  const { run } = spec.instruments.find((one) => one.name === name)!, { account } = run;
  const at = (column: Float64Array) => atTimes(candles.time, equity.column("time"), column);
  const own = <T extends { instrument: string }>(rows: Iterable<T>) =>
    new Table([...rows].filter(({ instrument }) => instrument === name));
  const earned = at(profits.column(name)), value = at(values.column(name));
  const worth = earned.map((profit) => account.balance + profit);
  let peak = account.balance;
  return new Result({
    ...{ spec: run, account, candles, seen: record.seen[name], partOf: spec },
    curve: {
      equity: worth,
      cash: worth.map((money, row) => money - value[row]),
      position: at(positions.column(name)),
      drawdown: worth.map((money) => money / (peak = Math.max(peak, money)) - 1),
    },
    signals: own(record.signals),
    refusals: own(record.refusals),
    fills: own(record.fills),
    trades: own(record.trades),
    report: record.reports[name],
  });
}
