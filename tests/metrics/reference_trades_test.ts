/**
 * Metrics of whole backtests by vectorbt and backtesting.py, from their trades and equity (README of
 * ../shared/reference).
 */
import assert from "node:assert/strict";
import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { drawdowns } from "../../engine/metrics/drawdowns.ts";
import { maxDrawdown } from "../../engine/metrics/max_drawdown.ts";
import { summary } from "../../engine/metrics/summary.ts";
import { sharedTest } from "../support/shared.ts";
import { DAY, madePerformance, madeTrade } from "./made_performance.ts";
import { archive, csv, same } from "./published.ts";

const utc = (time: string) => Date.parse(time.includes(" ") ? `${time.replace(" ", "T")}Z` : time);

sharedTest("the deepest drawdown and its length agree with vectorbt's records", () => {
  const files = archive("vectorbt");
  for (const name of ["EURUSD_long", "BTCUSD_long"]) {
    const values = csv(files.get(`vectorbt/${name}_value.csv`)!);
    const { depth, days } = maxDrawdown(madePerformance({
      equity: values.map((row) => Number(row.value)),
      times: values.map((row) => utc(row.time)),
    }));
    const falls = csv(files.get(`vectorbt/${name}_drawdowns.csv`)!).map((record) => ({
      depth: Number(record["Valley Value"]) / Number(record["Peak Value"]) - 1,
      days: (utc(record["End Timestamp"]) - utc(record["Peak Timestamp"])) / DAY,
    }));
    const deepest = falls.reduce((worst, fall) => fall.depth < worst.depth ? fall : worst);
    same(depth, deepest.depth, `${name} drawdown`);
    assert.equal(days, deepest.days);
  }
});

sharedTest("every drawdown, with its dates, is one of vectorbt's records", () => {
  const files = archive("vectorbt");
  for (const name of ["EURUSD_long", "BTCUSD_long"]) {
    const values = csv(files.get(`vectorbt/${name}_value.csv`)!);
    const records = csv(files.get(`vectorbt/${name}_drawdowns.csv`)!);
    const made = drawdowns(
      madePerformance({
        equity: values.map((row) => Number(row.value)),
        times: values.map((row) => utc(row.time)),
      }),
      1_000,
    );
    const found = made.map((fall) => [fall.start, fall.valley, fall.end ?? Infinity]);
    const recorded = records.map((record) => [
      utc(record["Peak Timestamp"]),
      utc(record["Valley Timestamp"]),
      record.Status === "Active" ? Infinity : utc(record["End Timestamp"]),
    ]);
    const inTime = (all: number[][]) => all.toSorted((a, b) => a[0] - b[0]);
    assert.deepEqual(inTime(found), inTime(recorded), name);
  }
});

/** vectorbt's closed trades as ours. */
function closedTrades(text: string): ClosedTrade[] {
  return csv(text).filter((row) => row.Status === "Closed").map((row) => ({
    ...madeTrade(Number(row.PnL)),
    entryPrice: Number(row["Avg Entry Price"]),
    amount: Number(row.Size),
    return: Number(row.Return),
  }));
}

sharedTest("metrics of closed trades agree with vectorbt's", () => {
  const files = archive("vectorbt");
  for (const name of ["EURUSD_long", "EURUSD_both", "EURUSD_long_half", "EURUSD_long_slip"]) {
    const { more, stats } = JSON.parse(files.get(`vectorbt/${name}.json`)!);
    const trades = closedTrades(files.get(`vectorbt/${name}_trades.csv`)!);
    const made = summary(madePerformance({ equity: [10_000], trades }));
    assert.equal(made.trades, stats["Total Closed Trades"]);
    same(made.winRate, stats["Win Rate [%]"] / 100, `${name} win rate`);
    same(made.profitFactor, stats["Profit Factor"], `${name} profit factor`);
    same(made.expectancy, stats["Expectancy"], `${name} expectancy`);
    // Its SQN counts an open trade as one that was closed.
    if (stats["Total Open Trades"] === 0) same(made.sqn, more.trades_sqn, `${name} SQN`);
    same(made.bestTrade, stats["Best Trade [%]"] / 100, `${name} best trade`);
    same(made.worstTrade, stats["Worst Trade [%]"] / 100, `${name} worst trade`);
  }
});

sharedTest("metrics of trades agree with backtesting.py's", () => {
  const files = archive("backtesting_py");
  for (const name of ["EURUSD_open", "EURUSD_open_final", "EURUSD_close_sltp"]) {
    const { stats } = JSON.parse(files.get(`backtesting_py/${name}.json`)!);
    const trades = csv(files.get(`backtesting_py/${name}_trades.csv`)!).map((row) => ({
      ...madeTrade(Number(row.PnL)),
      return: Number(row.ReturnPct),
    }));
    const curve = csv(files.get(`backtesting_py/${name}_equity.csv`)!);
    const made = summary(madePerformance({
      equity: curve.map((row) => Number(row.Equity)),
      times: curve.map((row) => utc(row.time)),
      trades,
    }));
    same(made.finalEquity, stats["Equity Final [$]"], `${name} final equity`);
    same(made.totalReturn, stats["Return [%]"] / 100, `${name} return`);
    same(made.maxDrawdown, stats["Max. Drawdown [%]"] / 100, `${name} drawdown`);
    assert.equal(made.trades, stats["# Trades"]);
    same(made.winRate, stats["Win Rate [%]"] / 100, `${name} win rate`);
    same(made.sqn, stats.SQN, `${name} SQN`);
    same(made.bestTrade, stats["Best Trade [%]"] / 100, `${name} best trade`);
    same(made.worstTrade, stats["Worst Trade [%]"] / 100, `${name} worst trade`);
  }
});
