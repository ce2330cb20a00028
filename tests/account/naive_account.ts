import type { Action, ClosedTrade, Reason } from "../../engine/account/ledger.ts";
import type { AccountSettings, Stops } from "../../engine/account/settings.ts";

/** One candle with the signals on its close: true fires, `undefined` is unknown. */
export interface NaiveRow {
  openTime: number;
  closeTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  enterLong?: boolean;
  exitLong?: boolean;
  enterShort?: boolean;
  exitShort?: boolean;
}

/** What the naive account saw, row by row and in all. */
export interface NaiveResult {
  equity: number[];
  cash: number[];
  position: number[];
  actions: { row: number; action: Action }[];
  trades: ClosedTrade[];
  cancelled: number;
  ambiguous: number;
  refused: number;
  ended: boolean;
}

type Side = "long" | "short";

interface Position {
  side: Side;
  units: number;
  price: number;
  time: number;
  fee: number;
  slipped: number;
  worthBefore: number;
}

/**
 * The account again, from the design's section 3 and nothing else: slow, plain, one row at a time. It
 * keeps a wallet and a position instead of signed sums, so that it shares no arithmetic with ours.
 */
export function naiveAccount(
  rows: NaiveRow[],
  settings: AccountSettings,
  stops: Stops,
): NaiveResult {
  const result: NaiveResult = {
    equity: [],
    cash: [],
    position: [],
    actions: [],
    trades: [],
    cancelled: 0,
    ambiguous: 0,
    refused: 0,
    ended: false,
  };
  let worth = settings.balance, held: Position | undefined, waiting: Action | undefined;

  /** What the account is worth with the position at a price. */
  const worthAt = (price: number) => {
    if (!held) return worth;
    const gain = held.side === "long" ? price - held.price : held.price - price;
    return held.worthBefore - held.fee + held.units * gain;
  };

  const close = (quoted: number, slippage: number, time: number, reason: Reason) => {
    const { side, units, price: entryPrice, time: entryTime } = held!;
    const wanted = quoted * (side === "long" ? 1 - slippage : 1 + slippage);
    const left = worthAt(wanted) - units * wanted * settings.fee;
    const ruin = left <= 0 || reason === "ruin";
    // Bought back at whatever leaves nothing: the price at which proceeds and fee eat up all.
    const cash = held!.worthBefore - held!.fee + units * entryPrice;
    const price = ruin ? cash / (units * (1 + settings.fee)) : wanted;
    const fee = units * price * settings.fee, pnl = (ruin ? 0 : left) - held!.worthBefore;
    const slipped = Math.max(0, side === "long" ? quoted - price : price - quoted) * units;
    result.trades.push({
      side,
      entryTime,
      entryPrice,
      exitTime: time,
      exitPrice: price,
      amount: units,
      fees: held!.fee + fee,
      slippage: held!.slipped + slipped,
      pnl,
      return: pnl / (units * entryPrice),
      reason: ruin ? "ruin" : reason,
    });
    worth = ruin ? 0 : left;
    held = undefined;
    if (ruin) result.ended = true;
  };

  const open = (side: Side, quoted: number, time: number) => {
    const { slippage, fee, lot, size } = settings;
    const price = quoted * (side === "long" ? 1 + slippage : 1 - slippage);
    const most = worth * size / (price * (1 + fee));
    // A hair's breadth is added because 0.3 holds three lots of 0.1, whatever binary fractions say.
    const units = lot > 0 ? Math.floor(most / lot * (1 + 4 * Number.EPSILON)) * lot : most;
    if (units === 0) {
      result.refused++;
      return;
    }
    const slipped = units * Math.abs(price - quoted);
    held = { side, units, price, time, fee: units * price * fee, slipped, worthBefore: worth };
  };

  const perform = (action: Action, price: number, time: number) => {
    const reversal = action.startsWith("reverse");
    if (held) close(price, settings.slippage, time, reversal ? "reversal" : "signal");
    if (result.ended || action.startsWith("exit")) return;
    open(action.endsWith("Long") ? "long" : "short", price, time);
  };

  const testStops = (row: NaiveRow) => {
    const { side, price } = held!, up = side === "long";
    const stop = stops.stopLoss && price * (up ? 1 - stops.stopLoss : 1 + stops.stopLoss);
    const target = stops.takeProfit && price * (up ? 1 + stops.takeProfit : 1 - stops.takeProfit);
    const loses = (at: number) => stop !== undefined && (up ? at <= stop : at >= stop);
    const wins = (at: number) => target !== undefined && (up ? at >= target : at <= target);
    const [worst, best] = up ? [row.low, row.high] : [row.high, row.low];
    if (loses(row.open)) return close(row.open, settings.slippage, row.openTime, "stopLoss");
    if (wins(row.open)) return close(row.open, 0, row.openTime, "takeProfit");
    if (loses(worst) && wins(best)) result.ambiguous++;
    if (loses(worst)) return close(stop!, settings.slippage, row.closeTime, "stopLoss");
    if (wins(best)) return close(target!, 0, row.closeTime, "takeProfit");
  };

  rows.forEach((row, i) => {
    if (waiting) perform(waiting, row.open, row.openTime);
    waiting = undefined;
    if (held) testStops(row);
    if (held && worthAt(row.close) <= 0) close(row.close, 0, row.closeTime, "ruin");
    const decision = result.ended ? undefined : naiveDecision(row, held?.side, settings.shorts);
    if (decision === "cancelled") result.cancelled++;
    else if (decision) {
      result.actions.push({ row: i, action: decision });
      if (settings.fill === "close") perform(decision, row.close, row.closeTime);
      else waiting = decision;
    }
    result.equity.push(worthAt(row.close));
    const units = held ? held.side === "long" ? held.units : -held.units : 0;
    result.position.push(units);
    result.cash.push(worthAt(row.close) - units * row.close);
  });
  return result;
}

/** What a row asks for, by the design's words. */
export function naiveDecision(
  row: Pick<NaiveRow, "enterLong" | "exitLong" | "enterShort" | "exitShort">,
  side: Side | undefined,
  shorts: boolean,
): Action | "cancelled" | undefined {
  const long = row.enterLong === true && row.exitLong !== true;
  const short = shorts && row.enterShort === true && row.exitShort !== true;
  if (side === "long") {
    if (short) return "reverseToShort";
    return row.exitLong === true ? "exitLong" : undefined;
  }
  if (side === "short") {
    if (long) return "reverseToLong";
    return row.exitShort === true ? "exitShort" : undefined;
  }
  if (long && short) return "cancelled";
  if (long) return "enterLong";
  return short ? "enterShort" : undefined;
}
