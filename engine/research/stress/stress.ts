import type { AccountSettings } from "../../account/settings.ts";
import { InputError } from "../../market/errors.ts";
import type { MetricsOptions } from "../../metrics/settings.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import { rerun, specOf } from "../monte_carlo/rerun.ts";
import { Result } from "../result.ts";
import { Table } from "../table.ts";
import { ASSUMED_SLIPPAGE, dearer, fillsAtPrice, rougher } from "./harsher.ts";
import { oneCandleLater } from "./one_candle_later.ts";

/** By how much costs rise. */
const FEES = 2, SLIPPAGE = 3;

/** A backtest under harsher conditions. Ratios are a year's, money is in the quote currency. */
export interface StressRow {
  name: string;
  totalReturn: number;
  sharpe: number;
  maxDrawdown: number;
  trades: number;
  fees: number;
  /** What spread, impact and slippage cost. */
  slippage: number;
}

/** What is otherwise. */
interface Scenario {
  name: string;
  account: AccountSettings;
  strategy: Strategy;
}

/**
 * Backtests a result's strategy once more, at twice the fees, with fills three times as much worse than
 * the price, a candle of the strategy later, and all of it together, beside the backtest as it was.
 * Where an account's fills are at the price, three times 0.05 % are taken, and the row says so; a
 * `stopSlippage` rises at least by as much as slippage does, also from 0. Throws an `InputError` for
 * signals that were computed by hand, and for an instrument of a portfolio.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCandlesCsv } from "../../market/candles_csv.ts";
 * import smaCross from "../../../strategies/sma_cross.ts";
 * import { backtest } from "../backtest.ts";
 *
 * const result = backtest(smaCross, await readCandlesCsv("data/sample_candles_1h.csv.gz"));
 * const [own, fees] = stress(result);
 * assert(own.totalReturn > fees.totalReturn && own.trades === fees.trades);
 * ```
 */
export function stress(result: Result, metrics?: MetricsOptions): Table<StressRow> {
  if (!(result instanceof Result)) {
    throw new InputError("The result of a backtest is needed: stress(result)");
  }
  return new Table(
    scenarios(result).map(({ name, account, strategy }) => {
      const { performance, ...ran } = rerunFor(result, account, strategy, metrics);
      const { fees, slippage } = performance;
      return { name, ...ran, fees, slippage };
    }),
  );
}

function rerunFor(
  result: Result,
  account: AccountSettings,
  strategy: Strategy,
  metrics: MetricsOptions | undefined,
) {
  const ran = rerun(result, { account, strategy });
  const { totalReturn, sharpe, maxDrawdown, trades } = ran.summary(metrics);
  return { performance: ran.performance, totalReturn, sharpe, maxDrawdown, trades };
}

function scenarios(result: Result): Scenario[] {
  const { strategy, account } = specOf(result), delayed = oneCandleLater(strategy);
  const assumed = fillsAtPrice(account) ? ` (of ${100 * ASSUMED_SLIPPAGE} %, assumed)` : "";
  const dear = dearer(account, FEES), rough = rougher(account, SLIPPAGE);
  return [
    { name: "as it was", account, strategy },
    { name: `fees × ${FEES}`, account: dear, strategy },
    { name: `slippage × ${SLIPPAGE}${assumed}`, account: rough, strategy },
    { name: "one candle later", account, strategy: delayed },
    { name: "all of it", account: rougher(dear, SLIPPAGE), strategy: delayed },
  ];
}
