/**
 * The account alone, on the crossings of SMA(10) and SMA(20), against backtesting.py's trades and
 * equity. Both fill at the next open or at the signal's close, charge 0.2 % of each side's notional,
 * and hold whole units.
 *
 * | cases                        |                                                                   |
 * |------------------------------|-------------------------------------------------------------------|
 * | open, open_half,             | equal: every trade and every row of equity                        |
 * | open_longonly                |                                                                   |
 * | open_final                   | equal but for its last trade: it closes at the end, we mark       |
 * | close, close_final           | equal trades; equity equal but for the fees on the rows of fills: |
 * |                              | it books a fill with the next bar, we on the close that it was at |
 * | close_sltp                   | equal trades: stops inside the bar, from the bar after the entry  |
 * | open_sltp                    | equal where no stop is hit (EURUSD). Its levels are fractions of  |
 * |                              | the signal's close, ours of the fill: on BTCUSD the same rows     |
 * |                              | and reasons, on the fill's own bar                                |
 * | BTCUSD open, close (…_final) | equal up to the short that loses everything in May 2019: both     |
 * | and fractional_1e-6          | end there at zero; it books a loss greater than the account, we   |
 * |                              | the account                                                       |
 * | open_spread                  | not ours: the whole spread at the entry, none at the exit         |
 * | open_fixedfee                | not ours: it adds the whole fixed fee to the price of each unit,  |
 * |                              | so that 10,000 buy 1,646 units at 1.07 instead of 9,315; the fees |
 * |                              | of its trades, on its amounts, are ours                           |
 * | open_margin                  | not ours: leverage                                                |
 */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { type AccountRun, accountRun } from "../support/account_run.ts";
import { sharedTest } from "../support/shared.ts";
import { assertColumnsAgree } from "./agree.ts";
import { backtestingPyResult, strictCrosses } from "./backtesting_py.ts";
import {
  DECIMALS,
  type Market,
  type PublishedCandles,
  publishedCandles,
} from "./published_candles.ts";
import { assertNear, assertTradesAgree, type PublishedTrade } from "./trades_agree.ts";

interface Case {
  settings?: Partial<AccountSettings>;
  stops?: Stops;
  longOnly?: boolean;
  /** It closes the last position. */
  final?: boolean;
  /** Its equity books a fill one row later: on the fill's row it is ours before the fee. */
  bookedLate?: boolean;
}

const AT_CLOSE = { fill: "close" } as const, SLTP = { stopLoss: 0.05, takeProfit: 0.1 };

const EQUAL: Record<string, Case> = {
  open: {},
  open_half: { settings: { size: 0.5 } },
  open_longonly: { longOnly: true },
  open_final: { final: true },
  close: { settings: AT_CLOSE, bookedLate: true },
  close_final: { settings: AT_CLOSE, bookedLate: true, final: true },
  close_sltp: { settings: AT_CLOSE, stops: SLTP, bookedLate: true },
};

const FEE = 0.002;

const BALANCE: Record<Market, number> = { EURUSD: 10_000, BTCUSD: 10_000_000 };

function run(market: Market, { candles }: PublishedCandles, given: Case): AccountRun {
  const ticks = Array.from(candles.close, (price) => Math.round(price * 10 ** DECIMALS[market]));
  const { up, down } = strictCrosses(ticks, 10, 20);
  return accountRun({
    candles,
    signals: given.longOnly
      ? { enterLong: up, exitLong: down }
      : { enterLong: up, enterShort: down },
    settings: {
      fee: FEE,
      balance: BALANCE[market],
      lot: 1,
      shorts: !given.longOnly,
      ...given.settings,
    },
    stops: given.stops,
  });
}

function assertEqual(market: Market, name: string, given: Case): void {
  const candles = publishedCandles(market), ours = run(market, candles, given);
  const { trades, equity } = backtestingPyResult(market, name), last = trades.at(-1)!;
  const fill = given.settings?.fill ?? "next-open";
  if (given.final && ours.open) {
    assertNear(ours.open.entryPrice, last.entryPrice, "price of the position left open");
    assertNear(ours.open.amount, last.amount, "amount of the position left open");
  }
  if (ours.ended) assertRuin(ours, last, candles, fill);
  const counted = ours.ended || (given.final && ours.open) ? trades.slice(0, -1) : trades;
  const compared = ours.ended ? ours.trades.slice(0, -1) : ours.trades;
  assertTradesAgree(compared, counted, candles, fill);
  const booked = given.bookedLate ? feesAtClose(ours, candles) : new Float64Array(equity.length);
  const before = ours.curve.equity.map((equity, i) => equity + booked[i]);
  // A last trade that it closes at the end costs it a fee that a mark does not.
  const rows = equity.length - (given.final && ours.open ? 1 : 0);
  assertColumnsAgree(before.slice(0, rows), equity.slice(0, rows), "equity");
}

/** Both end on the same candle, with nothing; how much of the last loss is booked differs. */
function assertRuin(
  { trades }: AccountRun,
  lost: PublishedTrade,
  { open, close }: PublishedCandles,
  fill: "close" | "next-open",
): void {
  const last = trades.at(-1)!, filledAt = fill === "close" ? close : open;
  assert.equal(last.reason, "ruin");
  assert.equal(last.side, lost.side);
  assert.equal(last.entryTime, filledAt(lost.entryRow));
  assert.equal(last.exitTime, close(lost.exitRow));
  assertNear(last.entryPrice, lost.entryPrice, "entry of the last trade");
  assertNear(last.amount, lost.amount, "amount of the last trade");
  assert(last.pnl > lost.pnl);
}

/** The fees of what was filled at each row's close. */
function feesAtClose({ trades, open }: AccountRun, { candles: { time } }: PublishedCandles) {
  const fees = new Float64Array(time.length), rows = new Map(Array.from(time, (t, i) => [t, i]));
  const add = (time: number, price: number, amount: number) =>
    fees[rows.get(time)!] += FEE * price * amount;
  for (const { entryTime, entryPrice, exitTime, exitPrice, amount, reason } of trades) {
    add(entryTime, entryPrice, amount);
    if (reason === "reversal" || reason === "signal") add(exitTime, exitPrice, amount);
  }
  if (open) add(open.entryTime, open.entryPrice, open.amount);
  return fees;
}

for (const market of ["EURUSD", "BTCUSD"] as const) {
  for (const [name, given] of Object.entries(EQUAL)) {
    sharedTest(`${market} ${name} is backtesting.py's`, () => assertEqual(market, name, given));
  }
}

sharedTest("EURUSD open_sltp is backtesting.py's", () => {
  assertEqual("EURUSD", "open_sltp", { stops: SLTP });
});

sharedTest("BTCUSD open_sltp closes on backtesting.py's rows, for its reasons", () => {
  const candles = publishedCandles("BTCUSD"), { trades } = run("BTCUSD", candles, { stops: SLTP });
  const theirs = backtestingPyResult("BTCUSD", "open_sltp").trades;
  assert.equal(trades.length, theirs.length);
  trades.forEach(({ side, entryTime, entryPrice, exitTime, exitPrice, reason, pnl }, n) => {
    assert.equal(side, theirs[n].side);
    assert.equal(entryTime, candles.open(theirs[n].entryRow));
    assertNear(entryPrice, theirs[n].entryPrice, "entry");
    assert.equal(exitTime, candles.close(theirs[n].exitRow), "inside the bar");
    assert.equal(theirs[n].exitRow, theirs[n].entryRow, "the fill's own");
    assert.equal(reason, theirs[n].pnl > 0 ? "takeProfit" : "stopLoss");
    assert.equal(Math.sign(pnl), Math.sign(theirs[n].pnl));
    const off = (reason === "takeProfit" ? 0.1 : -0.05) * (side === "long" ? 1 : -1);
    assertNear(exitPrice, entryPrice * (1 + off), "exit");
  });
});

sharedTest("BTCUSD with a lot of a millionth is backtesting.py's up to the ruin", () => {
  const candles = publishedCandles("BTCUSD"), settings = { lot: 1e-6, balance: 10_000 };
  const ours = run("BTCUSD", candles, { settings });
  const { trades } = backtestingPyResult("BTCUSD", "fractional_1e-6", { withEquity: false });
  assertTradesAgree(ours.trades.slice(0, -1), trades.slice(0, -1), candles, "next-open");
  assertRuin(ours, trades.at(-1)!, candles, "next-open");
});

sharedTest("open_fixedfee: its first amount, and its fees on ours", () => {
  const candles = publishedCandles("EURUSD"), fee = 0.001, fixedFee = 5;
  const [theirs] = backtestingPyResult("EURUSD", "open_fixedfee").trades;
  const settings = { fee, fixedFee };
  const [ours] = run("EURUSD", candles, { settings }).trades;
  assert.equal(ours.entryTime, candles.open(theirs.entryRow));
  assertNear(ours.entryPrice, theirs.entryPrice, "entry");
  assertNear(ours.exitPrice, theirs.exitPrice, "exit");
  const cash = BALANCE.EURUSD, price = theirs.entryPrice;
  assert.equal(theirs.amount, Math.floor(cash / (price + fixedFee + fee * price)));
  assert.equal(ours.amount, Math.floor((cash - fixedFee) / (price * (1 + fee))));
  // With its amount, its fees and profit are ours.
  const sized = { ...settings, sizing: "units" as const, size: theirs.amount };
  const [same] = run("EURUSD", candles, { settings: sized }).trades;
  assertNear(same.fees, theirs.fees, "fees");
  assertNear(same.pnl, theirs.pnl, "profit", 1e-11 * same.amount * same.entryPrice);
});

sharedTest("the cases with stops have stops that were hit, above and below", () => {
  const given = EQUAL.close_sltp, { trades } = run("BTCUSD", publishedCandles("BTCUSD"), given);
  const reasons = trades.map(({ side, reason }) => `${side} ${reason}`);
  assert.deepEqual([...new Set(reasons)].toSorted(), [
    "long stopLoss",
    "long takeProfit",
    "short stopLoss",
  ]);
});
