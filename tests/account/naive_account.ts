import type { Action, ClosedTrade, Reason } from "../../engine/account/ledger.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";

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
 * keeps its worth and a position instead of signed sums, so that it shares no arithmetic with ours.
 */
export function naiveAccount(
  rows: NaiveRow[],
  settings: AccountSettings,
  stops: Stops,
): NaiveResult {
  const account = new NaiveAccount(settings, stops);
  rows.forEach((row, i) => account.take(row, i));
  return account;
}

class NaiveAccount implements NaiveResult {
  equity: number[] = [];
  cash: number[] = [];
  position: number[] = [];
  actions: NaiveResult["actions"] = [];
  trades: ClosedTrade[] = [];
  cancelled = 0;
  ambiguous = 0;
  refused = 0;
  ended = false;
  private worth: number;
  private held: Position | undefined;
  private waiting: Action | undefined;

  constructor(private readonly settings: AccountSettings, private readonly stops: Stops) {
    this.worth = settings.balance;
  }

  take(row: NaiveRow, i: number): void {
    const waiting = this.waiting;
    this.waiting = undefined;
    if (waiting) this.perform(waiting, row.open, row.openTime);
    if (this.held) this.testStops(this.held, row);
    if (this.held && this.worthAt(row.close) <= 0) this.close(row.close, 0, row.closeTime, "ruin");
    if (!this.ended) this.decide(row, i);
    const worth = this.worthAt(row.close), { side = "long", units = 0 } = this.held ?? {};
    const position = side === "long" ? units : -units;
    this.equity.push(worth);
    this.position.push(position);
    this.cash.push(worth - position * row.close);
  }

  private decide(row: NaiveRow, i: number): void {
    const decision = naiveDecision(row, this.held?.side, this.settings.shorts);
    if (decision === "cancelled") this.cancelled++;
    if (decision === "cancelled" || decision === undefined) return;
    this.actions.push({ row: i, action: decision });
    if (this.settings.fill === "close") this.perform(decision, row.close, row.closeTime);
    else this.waiting = decision;
  }

  private perform(action: Action, price: number, time: number): void {
    const reason = action.startsWith("reverse") ? "reversal" : "signal";
    if (this.held) this.close(price, this.settings.slippage, time, reason);
    if (this.ended || action.startsWith("exit")) return;
    this.open(action.endsWith("Long") ? "long" : "short", price, time);
  }

  /** What the account is worth with the position at a price. */
  private worthAt(price: number): number {
    if (!this.held) return this.worth;
    const { side, units, price: paid, fee, worthBefore } = this.held;
    return worthBefore - fee + units * (side === "long" ? price - paid : paid - price);
  }

  private open(side: Side, quoted: number, time: number): void {
    const { slippage, fee, lot, size } = this.settings;
    const price = quoted * (side === "long" ? 1 + slippage : 1 - slippage);
    const most = this.worth * size / (price * (1 + fee));
    // A hair's breadth is added because 0.3 holds three lots of 0.1, whatever binary fractions say.
    const hair = 1 + 4 * Number.EPSILON;
    const units = lot > 0 ? Math.floor(most / lot * hair) * lot : most;
    if (units === 0) {
      this.refused++;
      return;
    }
    const slipped = units * Math.abs(price - quoted), worthBefore = this.worth;
    this.held = { side, units, price, time, fee: units * price * fee, slipped, worthBefore };
  }

  private close(quoted: number, slippage: number, time: number, why: Reason): void {
    const held = this.held!, { side, units } = held, rate = this.settings.fee;
    const wanted = quoted * (side === "long" ? 1 - slippage : 1 + slippage);
    const left = this.worthAt(wanted) - units * wanted * rate, ruin = left <= 0 || why === "ruin";
    // Ruined, it is bought back at the price at which proceeds and fee leave nothing.
    const cash = held.worthBefore - held.fee + units * held.price;
    const price = ruin ? cash / (units * (1 + rate)) : wanted, fee = units * price * rate;
    const pnl = (ruin ? 0 : left) - held.worthBefore;
    const slipped = Math.max(0, side === "long" ? quoted - price : price - quoted) * units;
    this.trades.push({
      side,
      entryTime: held.time,
      entryPrice: held.price,
      exitTime: time,
      exitPrice: price,
      amount: units,
      fees: held.fee + fee,
      slippage: held.slipped + slipped,
      pnl,
      return: pnl / (units * held.price),
      reason: ruin ? "ruin" : why,
    });
    this.worth = ruin ? 0 : left;
    this.held = undefined;
    this.ended = ruin;
  }

  private testStops({ side, price }: Position, row: NaiveRow): void {
    const up = side === "long", { stopLoss = NaN, takeProfit = NaN } = this.stops;
    const stop = price * (up ? 1 - stopLoss : 1 + stopLoss);
    const target = price * (up ? 1 + takeProfit : 1 - takeProfit);
    const loses = (at: number) => up ? at <= stop : at >= stop;
    const wins = (at: number) => up ? at >= target : at <= target;
    const [worst, best] = up ? [row.low, row.high] : [row.high, row.low];
    const { slippage } = this.settings;
    if (loses(row.open)) return this.close(row.open, slippage, row.openTime, "stopLoss");
    if (wins(row.open)) return this.close(row.open, 0, row.openTime, "takeProfit");
    if (loses(worst) && wins(best)) this.ambiguous++;
    if (loses(worst)) return this.close(stop, slippage, row.closeTime, "stopLoss");
    if (wins(best)) return this.close(target, 0, row.closeTime, "takeProfit");
  }
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
