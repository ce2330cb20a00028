import type { Intervention } from "../../engine/account/interventions.ts";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { naiveDecision } from "./naive_decision.ts";
import type { Order, Waiting } from "./naive_order.ts";
import type { Side } from "./naive_position.ts";
import type { NaiveResult } from "./naive_result.ts";
import type { Distance, NaiveRow } from "./naive_row.ts";
import { NaiveStops } from "./naive_stops.ts";

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

class NaiveAccount extends NaiveStops {
  take(row: NaiveRow, i: number): void {
    this.limits = this.isGiven("limitEntry", row);
    this.rises = this.isGiven("stopEntry", row);
    const day = Math.floor(row.openTime / 86_400_000), waiting = this.waiting;
    if (day !== this.day) {
      this.day = day;
      this.dayBegan = this.lastWorth;
      this.dayEntries = 0;
      this.dayIsLost = false;
    }
    this.waiting = undefined;
    if (this.held) this.fundGap(this.held, row);
    if (this.held) this.testMargin(this.held, row);
    if (waiting) this.perform(waiting, row.open, row.openTime);
    let inside = false;
    const at = this.order?.price ?? NaN;
    if (this.order && !this.held && !this.ended) inside = this.testEntry(this.order, row);
    if (this.held && inside) this.testStopsInside(this.held, row, at);
    else if (this.held) this.testStops(this.held, row);
    if (this.held) this.fund(this.held, row, inside);
    this.lastClose = row.closeTime;
    if (this.held && this.worthAt(row.close) <= 0) this.close(row.close, 0, row.closeTime, "ruin");
    if (this.held && !this.ended) this.moveStop(this.held, row, inside);
    this.volume = row.barVolume ?? row.volume;
    if (!this.ended) this.decide(row, i);
    if (this.blocked > 0 && row.closes !== false) this.blocked--;
    const worth = this.worthAt(row.close), { side = "long", units = 0 } = this.held ?? {};
    const position = side === "long" ? units : -units;
    this.lastWorth = worth;
    this.peak = Math.max(this.peak, worth);
    this.equity.push(worth);
    this.position.push(position);
    this.cash.push(worth - position * row.close);
  }

  private decide(row: NaiveRow, i: number): void {
    const broken = this.brokenLimit(this.worthAt(row.close));
    if (broken) this.order = undefined;
    const sells = this.obey(row.asked ?? []);
    if (this.held && (broken || sells)) {
      return this.carryOut({ action: "exitLong", why: broken ?? "manual", at: row }, row);
    }
    const adds = (this.held?.entered.length ?? 0) < (this.stops.maxEntries ?? 1);
    let decision = naiveDecision(row, this.held?.side, this.settings.shorts, adds);
    if (decision?.match(/^(enter|reverse|add)/) && (this.paused || this.isBlocked())) {
      if (this.paused) this.refused++;
      else this.forbidden++;
      if (!this.held || decision.startsWith("add")) return;
      decision = this.held.side === "long" ? "exitLong" : "exitShort";
    }
    if (decision === "cancelled") this.cancelled++;
    if (decision === "cancelled") {
      const gone = this.order?.side === "long" ? row.exitLong : row.exitShort;
      if (gone === true) this.order = undefined;
      return;
    }
    const withdrawn = this.order?.side === "long" ? row.exitLong : row.exitShort;
    if (!decision && withdrawn === true) this.order = undefined;
    const { timeStop = Infinity } = this.stops;
    const old = row.closes !== false && this.held && this.held.closes >= timeStop;
    if (decision) this.actions.push({ row: i, action: decision });
    else if (!old) return;
    if (decision?.match(/^(enter|reverse)/) && (this.limits || this.rises)) {
      this.placeEntry(decision.endsWith("Long") ? "long" : "short", row);
      if (this.held) this.carryOut({ action: "exitLong", why: "reversal", at: row }, row);
      return;
    }
    const waiting = decision
      ? { action: decision, at: row }
      : { action: "exitLong" as const, why: "timeStop" as const, at: row };
    this.carryOut(waiting, row);
  }

  /** A person's word: nothing new while it is paused. Returns whether what is held is to go. */
  private obey(asked: readonly Intervention[]): boolean {
    for (const word of asked) {
      this.paused = word !== "resume";
      this.sells = word === "liquidate" || word === "pause" && this.sells;
    }
    if (this.paused && this.order) {
      this.order = undefined;
      this.refused++;
    }
    const sells = this.sells;
    this.sells = false;
    return sells;
  }

  private isGiven(name: Distance, row: NaiveRow | undefined): boolean {
    return this.stops[name] !== undefined || row?.distances?.[name] !== undefined;
  }

  private placeEntry(side: Side, row: NaiveRow): void {
    const name = this.limits ? "limitEntry" : "stopEntry", up = side === "long";
    const price = this.levelOf(row.close, this.limits ? !up : up, name, row);
    this.order = undefined;
    if (price === undefined) this.refused++;
    else {
      const rises = this.limits ? !up : up, left = this.stops.timeInForce ?? 1;
      this.order = { side, price, rises, left, at: row, opens: 0 };
    }
  }

  /** Whether an entry was filled inside of a candle. */
  private testEntry(order: Order, row: NaiveRow): boolean {
    const { side, price, rises, at } = order;
    const passed = (found: number) => rises ? found >= price : found <= price;
    const why = this.limits ? "limit" : "market";
    order.opens++;
    if (passed(row.open)) {
      this.order = undefined;
      // It cannot have been waiting in the market that it came too late for.
      this.atMost = this.limits && order.opens === 1 ? price : undefined;
      this.open(side, row.open, row.openTime, at, this.atMost === undefined ? why : "market");
      this.atMost = undefined;
      return false;
    }
    if (passed(rises ? row.high : row.low)) {
      this.order = undefined;
      this.open(side, price, row.closeTime, at, why);
      return true;
    }
    if (row.closes !== false && --order.left === 0) {
      this.order = undefined;
      this.expired++;
    }
    return false;
  }

  private carryOut(waiting: Waiting, row: NaiveRow): void {
    if (this.settings.fill === "close") this.perform(waiting, row.close, row.closeTime);
    else this.waiting = waiting;
  }

  private perform(
    { action, why, at }: Waiting,
    price: number,
    time: number,
  ): void {
    const reason = why ?? (action.startsWith("reverse") ? "reversal" : "signal");
    if (!this.held && action.match(/^(reduce|add)/)) return;
    if (action.startsWith("reduce")) {
      return this.closePart(price, undefined, time, "reduction", this.stops.reducePart ?? 0.5);
    }
    if (this.held && !action.startsWith("add")) this.close(price, undefined, time, reason);
    if (this.ended || action.startsWith("exit")) return;
    this.open(action.endsWith("Long") ? "long" : "short", price, time, at);
  }
}
