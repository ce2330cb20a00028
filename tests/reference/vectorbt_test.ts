/**
 * The account alone, on the signals that vectorbt was given, against vectorbt's orders, trades and
 * value. Both fill at the signal's close (or the next open), charge a fraction of each side's notional
 * and move market fills by a fraction of the price.
 *
 * | cases                               |                                                             |
 * |-------------------------------------|-------------------------------------------------------------|
 * | long, short, both, half, int, slip, | equal: every order, trade, and row of value, cash and       |
 * | nextopen, both_slip, both_nextopen  | position                                                    |
 * | sl, tp, sltp at close               | equal, on candles that are nothing but their close          |
 * | sl, tp, sltp inside the bar, long   | equal: stops are fractions of the entry price, tested from  |
 * | and both                            | the bar after the entry, the stop before the target         |
 * | trail at close; trail, trailtp      | equal: the level follows the best price, bar by bar, and    |
 * | inside the bar, long and both       | counts from the bar after                                   |
 * | BTCUSD both, both_slip,             | equal up to the short that loses everything in May 2019:    |
 * | both_nextopen, short                | vectorbt trades on below zero, we end the run at zero       |
 * | sltp entryfill                      | equal, with stops that do not slip (its "stop limit")       |
 * | sltp exitmarket                     | not ours where a level is hit (BTCUSD): its levels are      |
 * |                                     | fractions of a close at which nothing was filled, and its   |
 * |                                     | target slips, though a limit order cannot                   |
 * | sltp exitclose                      | not ours where a level is hit (BTCUSD): it fills at the     |
 * |                                     | close of that bar, which an order that waits does not       |
 * | fixedfee                            | equal: a fee a fill besides, whatever its size              |
 * | accum                               | equal up to its first exit. That closes an amount worth     |
 * |                                     | 1,000, ours a fraction of what is held: which is the more   |
 * |                                     | of two amounts is not for a price to say                    |
 *
 * Each that is not ours is shown on one trade by hand below.
 *
 * vectorbt reverses in one order; ours closes and opens at the same price, which spends the same.
 * vectorbt ignores signals on the bar of a stop; none of these cases has one there.
 */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { Candles } from "../../engine/market/candles.ts";
import { type AccountInput, type AccountRun, accountRun } from "../support/account_run.ts";
import { sharedTest } from "../support/shared.ts";
import { assertColumnsAgree } from "./agree.ts";
import { type Market, type PublishedCandles, publishedCandles } from "./published_candles.ts";
import { assertNear, assertTradesAgree } from "./trades_agree.ts";
import { type VectorbtResult, vectorbtResult, vectorbtSignals } from "./vectorbt.ts";

type Direction = "long" | "short" | "both";

interface Case {
  direction: Direction;
  settings?: Partial<AccountSettings>;
  stops?: Stops;
  /** The bar's open, high and low are not looked at: it is its close. */
  closeOnly?: boolean;
}

const SLIP = { slippage: 0.0005 }, NEXT_OPEN = { fill: "next-open" } as const;
const STOP = { stopLoss: 0.05 }, TARGET = { takeProfit: 0.1 }, BOTH = { ...STOP, ...TARGET };
const TRAIL = { trailingStop: 0.05 };

const EQUAL: Record<string, Case> = {
  long: { direction: "long" },
  long_slip: { direction: "long", settings: SLIP },
  long_nextopen: { direction: "long", settings: NEXT_OPEN },
  long_fixedfee: { direction: "long", settings: { fixedFee: 5 } },
  long_sltp_ohlc_entryfill: {
    direction: "long",
    settings: { ...SLIP, stopSlippage: 0 },
    stops: BOTH,
  },
  long_half: { direction: "long", settings: { size: 0.5 } },
  long_int: { direction: "long", settings: { lot: 1 } },
  long_sl_close: { direction: "long", stops: STOP, closeOnly: true },
  long_tp_close: { direction: "long", stops: TARGET, closeOnly: true },
  long_sltp_close: { direction: "long", stops: BOTH, closeOnly: true },
  long_sl_ohlc: { direction: "long", stops: STOP },
  long_tp_ohlc: { direction: "long", stops: TARGET },
  long_sltp_ohlc: { direction: "long", stops: BOTH },
  long_trail_close: { direction: "long", stops: TRAIL, closeOnly: true },
  long_trail_ohlc: { direction: "long", stops: TRAIL },
  long_trailtp_ohlc: { direction: "long", stops: { ...TRAIL, ...TARGET } },
  both_trail_ohlc: { direction: "both", stops: TRAIL },
  both_sltp_ohlc: { direction: "both", stops: BOTH },
};

/** Without a level that is hit it is as ours. */
const EQUAL_ON_EURUSD: Record<string, Case> = {
  long_sltp_ohlc_exitmarket: { direction: "long", settings: SLIP, stops: BOTH },
  long_sltp_ohlc_exitclose: { direction: "long", stops: BOTH },
};

/** With these BTCUSD shorts lose everything. */
const EQUAL_TO_THE_RUIN: Record<string, Case> = {
  short: { direction: "short" },
  both: { direction: "both" },
  both_slip: { direction: "both", settings: SLIP },
  both_nextopen: { direction: "both", settings: NEXT_OPEN },
};

const markets = new Map<Market, PublishedCandles>();

function candlesFor(market: Market, closeOnly = false): PublishedCandles {
  const found = markets.get(market) ?? publishedCandles(market);
  markets.set(market, found);
  return closeOnly ? { ...found, candles: closes(found.candles) } : found;
}

/** Each bar as nothing but its close. */
function closes(candles: Candles): Candles {
  const { close } = candles;
  return new Candles(candles.timeframe, { ...candles, open: close, high: close, low: close }, 2);
}

function signalsFor(market: Market, direction: Direction): AccountInput["signals"] {
  const { entries, exits } = vectorbtSignals(market);
  if (direction === "long") return { enterLong: entries, exitLong: exits };
  if (direction === "short") return { enterShort: entries, exitShort: exits };
  return { enterLong: entries, enterShort: exits };
}

function run(market: Market, { direction, settings, stops, closeOnly }: Case): AccountRun {
  return accountRun({
    candles: candlesFor(market, closeOnly).candles,
    signals: signalsFor(market, direction),
    settings: { fill: "close", fee: 0.001, shorts: direction !== "long", ...settings },
    stops,
  });
}

const summed = ({ trades }: VectorbtResult) =>
  trades.map((trade) => ({ ...trade, fees: trade.entryFee + trade.exitFee }));

/** Orders as vectorbt counts them: one for a reversal. */
function ordersOf({ trades, open }: AccountRun): number {
  const reversals = trades.filter(({ reason }) => reason === "reversal").length;
  return 2 * trades.length + (open ? 1 : 0) - reversals;
}

function assertEqual(market: Market, name: string, given: Case): void {
  const candles = candlesFor(market, given.closeOnly), ours = run(market, given);
  const theirs = vectorbtResult(market, name, candles), trades = summed(theirs);
  const closed = trades.filter((trade) => trade.closed);
  assertTradesAgree(ours.trades, closed, candles, given.settings?.fill ?? "close");
  const left = trades.find((trade) => !trade.closed);
  assert.equal(ours.open === undefined, left === undefined, "a position left open");
  if (ours.open && left) {
    assert.equal(ours.open.side, left.side);
    for (const field of ["amount", "entryPrice", "fees"] as const) {
      assertNear(ours.open[field], left[field], `open ${field}`);
    }
    assertNear(ours.open.pnl, left.pnl, "open profit", 1e-11 * left.amount * left.entryPrice);
  }
  assert.equal(ordersOf(ours), theirs.orders, "orders");
  const { equity, cash, position } = ours.curve, last = { absolute: 1e-9 };
  assertColumnsAgree(equity, theirs.value, "value");
  // All in, rounding leaves the last digits of the balance as cash, or of a notional as position.
  assertColumnsAgree(cash, theirs.cash, "cash", last);
  assertColumnsAgree(position, theirs.assets, "position", last);
}

function assertEqualToTheRuin(market: Market, name: string, given: Case): void {
  const candles = candlesFor(market), ours = run(market, given);
  const theirs = vectorbtResult(market, name, candles);
  const ruin = theirs.value.findIndex((value) => value <= 0), last = ours.trades.at(-1)!;
  assert(ours.ended && ruin > 0);
  const before = summed(theirs).filter(({ exitRow, closed }) => closed && exitRow < ruin);
  const fill = given.settings?.fill ?? "close";
  assertTradesAgree(ours.trades.slice(0, -1), before, candles, fill);
  assertColumnsAgree(ours.curve.equity.slice(0, ruin), theirs.value.slice(0, ruin), "value");
  assert(ours.curve.equity.slice(ruin).every((value) => value === 0), "zero from the ruin on");
  const lost = theirs.trades[before.length];
  assert.equal(last.reason, "ruin");
  assert.equal(last.exitTime, candles.close(ruin));
  assert.equal(last.entryTime, (fill === "close" ? candles.close : candles.open)(lost.entryRow));
  assertNear(last.entryPrice, lost.entryPrice, "entry of the last trade");
  assert.equal(ours.open, undefined);
}

for (const market of ["EURUSD", "BTCUSD"] as const) {
  for (const [name, given] of Object.entries({ ...EQUAL, ...EQUAL_TO_THE_RUIN })) {
    const ruined = market === "BTCUSD" && name in EQUAL_TO_THE_RUIN;
    sharedTest(`${market} ${name} is vectorbt's${ruined ? " up to the ruin" : ""}`, () => {
      if (ruined) assertEqualToTheRuin(market, name, given);
      else assertEqual(market, name, given);
    });
  }
}

for (const [name, given] of Object.entries(EQUAL_ON_EURUSD)) {
  sharedTest(`EURUSD ${name} is vectorbt's`, () => assertEqual("EURUSD", name, given));
}

/** The second trade on BTCUSD: bought at the close of October 2019, stopped in November. */
function stopped(name: string, given: Case) {
  const candles = candlesFor("BTCUSD"), trade = vectorbtResult("BTCUSD", name, candles).trades[1];
  const { entryRow, exitRow } = trade, { open, low, close } = candles.candles;
  assert.deepEqual([close[entryRow], open[exitRow], close[exitRow]], [
    9_235.75,
    9_229.33,
    7_484.43,
  ]);
  assert(low[exitRow] < 0.94 * close[entryRow]);
  return { theirs: trade, ours: run("BTCUSD", given).trades[1] };
}

sharedTest("sltp exitmarket by hand: a stop of 5 % under a purchase at 9,235.75", () => {
  const given: Case = { direction: "long", settings: SLIP, stops: BOTH };
  const { theirs, ours } = stopped("long_sltp_ohlc_exitmarket", given);
  const paid = 9_235.75 * 1.0005;
  for (const { entryPrice } of [theirs, ours]) assertNear(entryPrice, paid, "with slippage");
  assertNear(theirs.exitPrice, 9_235.75 * 0.95 * 0.9995, "5 % under the close, less slippage");
  assertNear(ours.exitPrice, paid * 0.95 * 0.9995, "5 % under what was paid, less slippage");
  // A loss of 5 % of what was paid is what a stop of 5 % promises.
  const [target] =
    vectorbtResult("BTCUSD", "long_sltp_ohlc_exitmarket", candlesFor("BTCUSD")).trades;
  assertNear(target.exitPrice, 416.43 * 1.1 * 0.9995, "its target slips, below its limit");
  assertNear(run("BTCUSD", given).trades[0].exitPrice, 416.43 * 1.0005 * 1.1, "ours does not");
});

sharedTest("sltp exitclose by hand: a stop of 5 % that loses 19 %", () => {
  const given: Case = { direction: "long", stops: BOTH };
  const { theirs, ours } = stopped("long_sltp_ohlc_exitclose", given);
  assert.equal(theirs.exitPrice, 7_484.43, "the month's close");
  assertNear(ours.exitPrice, 9_235.75 * 0.95, "the stop, on the way there");
});

sharedTest("accum by hand: of 2.4 units bought for 1,000, how many are sold", () => {
  const candles = candlesFor("BTCUSD"),
    { trades } = vectorbtResult("BTCUSD", "long_accum", candles);
  const [first] = trades, price = first.exitPrice;
  assertNear(first.entryPrice, 416.43, "bought at");
  assertNear(first.amount, 1_000 / 3_750.76, "sold: what is worth 1,000 by then");
  assert.equal(price, 3_750.76);
  const { entries, exits } = vectorbtSignals("BTCUSD"), held = 1_000 / 416.43;
  const { fills } = accountRun({
    candles: candles.candles,
    signals: { enterLong: entries, reduceLong: exits },
    settings: { fill: "close", fee: 0.001, sizing: "units", size: held },
    stops: { reducePart: 0.25, maxEntries: 9 },
  });
  const [bought, sold] = fills;
  for (const [ours, theirs] of [[bought.price, 416.43], [bought.amount, held], [bought.fee, 1]]) {
    assertNear(ours, theirs, "the purchase");
  }
  assertNear(sold.price, price, "sold on its row");
  assertNear(sold.amount, held / 4, "a quarter of what is held, whatever the price");
});

sharedTest("the cases with stops have stops that were hit, above and below", () => {
  const { trades } = run("BTCUSD", EQUAL.both_sltp_ohlc);
  const reasons = trades.map(({ side, reason }) => `${side} ${reason}`);
  assert.deepEqual([...new Set(reasons)].toSorted(), [
    "long stopLoss",
    "long takeProfit",
    "short stopLoss",
  ]);
});
