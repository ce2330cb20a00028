/** Portfolios on hours of a few numbers, for examples worked by hand. */
import { type Candle, Candles } from "../../engine/market/candles.ts";
import {
  backtestPortfolio,
  type PortfolioOptions,
} from "../../engine/research/backtest_portfolio.ts";
import type { PortfolioResult } from "../../engine/research/portfolio_result.ts";
import type { Strategy } from "../../engine/strategy/strategy.ts";
import { coded, CODES, HOUR, START } from "./random_portfolios.ts";

/** What a row asks for: to enter long, to leave a long, to enter short, to buy a short back. */
export const { enterLong: L, exitLong: X, enterShort: S, exitShort: C } = CODES;

/** Hours of [close, what to do]; each opens where the one before closed; a list may leave some out. */
export function hours(
  rows: readonly (readonly [close: number, code: number] | undefined)[],
): Candles {
  const made: Candle[] = [];
  rows.forEach((row, i) => {
    if (row === undefined) return;
    const [close, volume] = row, open = made.at(-1)?.close ?? close;
    const high = Math.max(open, close), low = Math.min(open, close);
    const time = START + (i + 1) * HOUR;
    made.push({ time, open, high, low, close, volume, trades: 1, kind: "traded" });
  });
  return Candles.fromRows("1h", made);
}

/** Free of costs, so that the numbers are round. */
export function run(
  candles: Record<string, Candles>,
  options: PortfolioOptions,
  stops: object = {},
  strategies: Strategy | Record<string, Strategy> = coded(stops),
): PortfolioResult {
  const account = { fee: 0, ...options.account };
  return backtestPortfolio(strategies, candles, { ...options, account });
}

/** Fills as lines: hour, instrument, what, at which price. */
export function lines(result: PortfolioResult): string[] {
  return result.fills.rows.map(({ time, instrument, side, amount, price, reason }) =>
    `${(time - START) / HOUR} ${instrument} ${side} ${
      Number(amount.toFixed(6))
    } at ${price} ${reason}`
  );
}
