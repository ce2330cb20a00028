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
 * | open_sltp                    | equal with its levels, which are fractions of the signal's close, |
 * |                              | given as distances from the fill; ours are fractions of the fill, |
 * |                              | so that a gap at the open does not change what a trade may lose   |
 * | BTCUSD open, close (…_final) | equal up to the short that loses everything in May 2019: both     |
 * | and fractional_1e-6          | end there at zero; it books a loss greater than the account, we   |
 * |                              | the account                                                       |
 * | open_fixedfee                | equal with its amounts. They are its own: it adds the whole fixed |
 * |                              | fee to the price of each unit, so that 10,000 buy 1,646 units at  |
 * |                              | 1.07, where there is cash for 9,318                               |
 * | open_spread                  | not ours: the whole spread at the entry, none at the exit. Both   |
 * |                              | are market orders and cross half of it each; what leaves by a     |
 * |                              | stop or is marked in between shows the difference. One trade by   |
 * |                              | hand below                                                        |
 * | open_margin, EURUSD          | equal with its amounts. It lets fees be borrowed too: 10,000 at   |
 * |                              | margin 0.5 sell 18,627 units, of which margin and fee are 10,020  |
 * | open_margin, BTCUSD          | not ours: its short may lose 1.43 times the account; ours is      |
 * |                              | liquidated when its margin is gone. By hand below                 |
 */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { type AccountInput, type AccountRun, accountRun } from "../support/account_run.ts";
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
  stops?: AccountInput["stops"];
  /** How many units it buys of some cash at a price, where that is its own. */
  itsAmount?: (cash: number, price: number) => number;
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
  open_fixedfee: {
    settings: { fee: 0.001, fixedFee: 5 },
    itsAmount: (cash, price) => Math.floor(cash / (price + 5 + 0.001 * price)),
  },
};

const FEE = 0.002;

const BALANCE: Record<Market, number> = { EURUSD: 10_000, BTCUSD: 10_000_000 };

function crosses(market: Market, { candles }: PublishedCandles) {
  const ticks = Array.from(candles.close, (price) => Math.round(price * 10 ** DECIMALS[market]));
  return strictCrosses(ticks, 10, 20);
}

/**
 * What it buys, on the rows whose signals that follows: as published; the last, which is left open and
 * so not published, by its rule.
 */
function amountsOf(
  market: Market,
  name: string,
  { candles }: PublishedCandles,
  itsAmount: NonNullable<Case["itsAmount"]>,
): number[] {
  const { trades } = backtestingPyResult(market, name);
  const amounts = Array<number>(candles.length).fill(-1);
  let cash = BALANCE[market];
  for (const { entryRow, entryPrice, amount, pnl } of trades) {
    assert.equal(itsAmount(cash, entryPrice), amount, "its rule");
    amounts[entryRow - 1] = amount;
    cash += pnl;
  }
  const last = trades.at(-1)!.exitRow;
  if (cash > 0) amounts[last - 1] = itsAmount(cash, candles.open[last]);
  return amounts;
}

/** Levels at fractions of the signal's close, as distances from the open that follows it. */
function levelsOfTheClose(market: Market, published: PublishedCandles): AccountInput["stops"] {
  const { open, close } = published.candles, { down } = crosses(market, published);
  const distance = (of: (price: number, fill: number, side: 1 | -1) => number) =>
    Array.from(close, (price, i) => of(price, open[i + 1] ?? price, down[i] === 1 ? -1 : 1));
  return {
    stopLoss: distance((price, fill, side) => side * (fill - price * (1 - side * SLTP.stopLoss))),
    takeProfit: distance((price, fill, side) =>
      side * (price * (1 + side * SLTP.takeProfit) - fill)
    ),
  };
}

function run(market: Market, published: PublishedCandles, given: Case, name = ""): AccountRun {
  const { candles } = published, { up, down } = crosses(market, published);
  const size = given.itsAmount && amountsOf(market, name, published, given.itsAmount);
  return accountRun({
    candles,
    signals: {
      ...(given.longOnly ? { enterLong: up, exitLong: down } : { enterLong: up, enterShort: down }),
      ...(size && { size }),
    },
    settings: {
      ...(size && { sizing: "units" }),
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
  const candles = publishedCandles(market), ours = run(market, candles, given, name);
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

for (const market of ["EURUSD", "BTCUSD"] as const) {
  sharedTest(`${market} open_sltp is backtesting.py's`, () => {
    const stops = levelsOfTheClose(market, publishedCandles(market));
    assertEqual(market, "open_sltp", { stops });
  });
}

sharedTest("EURUSD open_margin is backtesting.py's", () => {
  const settings = { leverage: 2.1, maintenanceMargin: 0.005 };
  // It divides in floats, and keeps the smallest one back.
  const most = 2 * (1 - Number.EPSILON), price = (open: number) => open + FEE * open;
  const itsAmount = (cash: number, open: number) => Math.floor(cash * most / price(open));
  assertEqual("EURUSD", "open_margin", { settings, itsAmount });
});

sharedTest("BTCUSD with a lot of a millionth is backtesting.py's up to the ruin", () => {
  const candles = publishedCandles("BTCUSD"), settings = { lot: 1e-6, balance: 10_000 };
  const ours = run("BTCUSD", candles, { settings });
  const { trades } = backtestingPyResult("BTCUSD", "fractional_1e-6", { withEquity: false });
  assertTradesAgree(ours.trades.slice(0, -1), trades.slice(0, -1), candles, "next-open");
  assertRuin(ours, trades.at(-1)!, candles, "next-open");
});

sharedTest("open_fixedfee by hand: how it comes to its first amount, and we to ours", () => {
  const candles = publishedCandles("EURUSD"), fee = 0.001, fixedFee = 5;
  const [theirs] = backtestingPyResult("EURUSD", "open_fixedfee").trades;
  const [ours] = run("EURUSD", candles, { settings: { fee, fixedFee } }).trades;
  const cash = BALANCE.EURUSD, price = theirs.entryPrice;
  assert.equal(theirs.amount, Math.floor(cash / (price + fixedFee + fee * price)));
  assert.equal(ours.amount, Math.floor((cash - fixedFee) / (price * (1 + fee))));
  assert.deepEqual([theirs.amount, ours.amount], [1_646, 9_318]);
});

sharedTest("open_spread by hand: one trade, sold and bought back", () => {
  const candles = publishedCandles("EURUSD"), spread = 0.001;
  const [theirs] = backtestingPyResult("EURUSD", "open_spread").trades;
  const sold = candles.candles.open[theirs.entryRow], bought = candles.candles.open[theirs.exitRow];
  assert.deepEqual([sold, bought], [1.07156, 1.08977]);
  assertNear(theirs.entryPrice, sold * (1 - spread), "sold, with all of the spread");
  assert.equal(theirs.exitPrice, bought, "bought back at no spread");
  const [ours] = run("EURUSD", candles, { settings: { fee: 0, spread } }).trades;
  assertNear(ours.entryPrice, sold * (1 - spread / 2), "sold half the spread below the middle");
  assertNear(ours.exitPrice, bought * (1 + spread / 2), "bought back half of it above");
  // Of the same units, what is lost differs by what the price moved by in between.
  const lost = (trade: { entryPrice: number; exitPrice: number }) =>
    trade.exitPrice - trade.entryPrice;
  assertNear(lost(ours) - lost(theirs), (bought - sold) * spread / 2, "of a unit", 1e-12);
});

sharedTest("BTCUSD open_margin by hand: one short, which loses what it was given", () => {
  const candles = publishedCandles("BTCUSD"), cash = BALANCE.BTCUSD;
  const [theirs] = backtestingPyResult("BTCUSD", "open_margin").trades;
  assert(theirs.pnl < -1.4 * cash, "it owes what nobody lent it");
  const settings = { leverage: 2, maintenanceMargin: 0.005 };
  const { trades: [ours] } = run("BTCUSD", candles, { settings });
  assert.equal(ours.entryTime, candles.open(theirs.entryRow));
  assert.equal(ours.entryPrice, 252);
  // Margin is half of the worth: it is gone at 378, and 0.5 % of the worth before that.
  assert.equal(ours.reason, "liquidation");
  assertNear(ours.exitPrice, 252 * 1.5 / 1.005, "taken at");
  const notional = ours.amount * 252;
  assertNear(ours.pnl, -(notional / 2 + notional * FEE), "lost: the margin and the entry's fee");
  assert(ours.pnl >= -cash);
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
