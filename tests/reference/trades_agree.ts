import assert from "node:assert/strict";
import type { ClosedTrade, PositionSide } from "../../engine/account/ledger.ts";
import type { PublishedCandles } from "./published_candles.ts";

/** A published closed trade; what the publisher does not say is left out. */
export interface PublishedTrade {
  side: PositionSide;
  amount: number;
  entryRow: number;
  entryPrice: number;
  exitRow: number;
  exitPrice: number;
  fees: number;
  pnl: number;
  return?: number;
}

/** Asserts that two numbers agree to 1e-9 of the expected one, or to `absolute` where that is more. */
export function assertNear(actual: number, expected: number, what: string, absolute = 0): void {
  const off = Math.abs(actual - expected);
  if (off <= Math.max(absolute, 1e-9 * Math.abs(expected))) return;
  assert.fail(`${what}: ${actual} is not ${expected} (off by ${off})`);
}

/** Asserts that an account's closed trades are the published ones: rows, prices, amounts and money. */
export function assertTradesAgree(
  actual: readonly ClosedTrade[],
  expected: readonly PublishedTrade[],
  candles: PublishedCandles,
  fill: "close" | "next-open",
): void {
  assert.equal(actual.length, expected.length, "closed trades");
  const filledAt = fill === "close" ? candles.close : candles.open;
  actual.forEach((trade, n) => {
    const wanted = expected[n], name = (field: string) => `trade ${n}, ${field}`;
    assert.equal(trade.side, wanted.side, name("side"));
    assert.equal(trade.entryTime, filledAt(wanted.entryRow), name("entry time"));
    assert.equal(trade.exitTime, exitTime(trade, wanted, candles, filledAt), name("exit time"));
    assertNear(trade.entryPrice, wanted.entryPrice, name("entry price"));
    assertNear(trade.exitPrice, wanted.exitPrice, name("exit price"));
    assertNear(trade.amount, wanted.amount, name("amount"));
    assertNear(trade.fees, wanted.fees, name("fees"));
    // A profit is what is left of two notionals.
    assertNear(trade.pnl, wanted.pnl, name("profit"), 1e-11 * trade.amount * trade.entryPrice);
    if (wanted.return !== undefined) assertNear(trade.return, wanted.return, name("return"), 1e-11);
  });
}

/** A stop inside the bar is booked at its close; one that the bar opens beyond, at its open. */
function exitTime(
  { reason, exitPrice }: ClosedTrade,
  { exitRow }: PublishedTrade,
  { candles, open, close }: PublishedCandles,
  filledAt: (row: number) => number,
): number {
  if (reason !== "stopLoss" && reason !== "takeProfit" && reason !== "trailingStop") {
    return filledAt(exitRow);
  }
  return exitPrice === candles.open[exitRow] ? open(exitRow) : close(exitRow);
}
