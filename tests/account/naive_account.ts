import type { Intervention } from "../../engine/account/interventions.ts";
import type { Action, ClosedTrade, Reason } from "../../engine/account/ledger.ts";
import {
  type AccountSettings,
  type AllSettings,
  allSettings,
} from "../../engine/account/settings.ts";
import type { Stops } from "../../engine/account/stop_rules.ts";
import { asWritten } from "../support/as_written.ts";

type Distance =
  | "firstTarget"
  | "secondTarget"
  | "stopLoss"
  | "takeProfit"
  | "trailingStop"
  | "breakEven"
  | "limitEntry"
  | "stopEntry";

/** One candle with the signals on its close: true fires, `undefined` is unknown. */
export interface NaiveRow {
  openTime: number;
  closeTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Whether a candle of the strategy closes here; every row is one unless it is said. */
  closes?: boolean;
  /** The volume of the strategy's last closed candle, where that is not the row. */
  barVolume?: number;
  /** What sizes by volatility go by; NaN is unknown. */
  volatility: number;
  /** What an entry takes; -1 is what the settings say. */
  size: number;
  reduceLong?: boolean;
  reduceShort?: boolean;
  /** What a long position pays over it, as a fraction; in the place of what the settings say. */
  funding?: number;
  /** What of it was due by the open, and what between open and close. */
  fundingInGap?: number;
  fundingInside?: number;
  enterLong?: boolean;
  exitLong?: boolean;
  enterShort?: boolean;
  exitShort?: boolean;
  /** What people asked for while the candle was made. */
  asked?: readonly Intervention[];
  /** Stops that are distances in price, as they stand on this row. */
  distances?: Partial<Record<Distance, number>>;
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
  forbidden: number;
  expired: number;
  liquidated: number;
  ended: boolean;
}

type Side = "long" | "short";

interface Position {
  side: Side;
  /** What is held, and the average price at which that was entered. */
  units: number;
  price: number;
  time: number;
  fee: number;
  slipped: number;
  worthBefore: number;
  /** What parts that were closed gained. */
  realised: number;
  /** What is put apart for it, and all of which is lost when it is liquidated. */
  margin: number;
  funding: number;
  entered: { units: number; price: number }[];
  left: { units: number; price: number }[];
  best: number;
  closes: number;
  /** Levels at which a gain is taken, as they come: a part of what is held, or all of it. */
  targets: { why: Reason; price: number; part: number }[];
  evenAt: number;
  /** Every stop level that was ever set: the nearest one counts, the first of equal ones. */
  levels: { price: number; why: Reason }[];
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
  forbidden = 0;
  expired = 0;
  liquidated = 0;
  ended = false;
  private worth: number;
  private readonly settings: AllSettings;
  private paused = false;
  /** Whether what is held is to be closed at the next close. */
  private sells = false;
  private volume = 0;
  private lastClose = NaN;
  /** Whether the entry that is being made was waiting at its price. */
  private byLimit = false;
  /** The limit of an entry that takes what is offered. */
  private atMost: number | undefined;
  private limits = false;
  private rises = false;
  private order:
    | { side: Side; price: number; rises: boolean; left: number; at: NaiveRow; opens: number }
    | undefined;
  private peak: number;
  private lastWorth: number;
  private day = NaN;
  private dayBegan: number;
  private dayEntries = 0;
  private dayIsLost = false;
  private halted = false;
  private blocked = 0;
  private lossesInRow = 0;
  private held: Position | undefined;
  private waiting: { action: Action; why?: Reason; at: NaiveRow } | undefined;

  constructor(given: AccountSettings, private readonly stops: Stops) {
    this.settings = allSettings(given);
    this.worth =
      this.peak =
      this.lastWorth =
      this.dayBegan =
        given.balance;
  }

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

  /** Behind an open beyond the liquidation price no order is filled any more. */
  private testMargin(held: Position, row: NaiveRow): void {
    const level = this.liquidationOf(held);
    const gone = held.side === "long" ? row.open <= level : row.open >= level;
    if (gone) this.liquidate(held, row.open, row.openTime);
  }

  /** Where margin and gain are the maintenance margin: NaN without one. */
  private liquidationOf({ side, units, price, margin }: Position): number {
    const { maintenanceMargin = NaN } = this.settings, part = margin / (units * price);
    const level = side === "long"
      ? price * (1 - part) / (1 - maintenanceMargin)
      : price * (1 + part) / (1 + maintenanceMargin);
    return level > 0 ? level : NaN;
  }

  private liquidate(held: Position, reached: number, time: number): void {
    const { side, units, price: entry, margin } = held, up = side === "long";
    const nothingLeft = up ? entry - margin / units : entry + margin / units;
    const price = up ? Math.max(reached, nothingLeft) : Math.min(reached, nothingLeft);
    const fee = margin + units * (up ? price - entry : entry - price),
      ruin = this.free <= 1e-9 * units * entry;
    this.liquidated++;
    this.book(held, {
      price,
      time,
      why: "liquidation",
      fee,
      slipped: 0,
      left: ruin ? 0 : this.free,
    });
    this.ended = ruin;
    this.blocked = this.settings.cooldown ?? 0;
  }

  /** The times at which an assumed rate falls due, from one time to another, ends included. */
  private dueTimes(from: number, to: number): number[] {
    const every = this.settings.fundingHours * 3_600_000, times = [];
    const midnight = Math.floor(from / 86_400_000) * 86_400_000;
    for (let time = midnight; time <= to; time += every) if (time >= from) times.push(time);
    return times;
  }

  /** While no candles were made the position was held, and was still when the market opened again. */
  private fundGap(held: Position, row: NaiveRow): void {
    const since = this.lastClose;
    const times = this.dueTimes(since, row.openTime).filter((time) => time > since);
    const rate = row.funding === undefined
      ? times.length * this.settings.fundingRate
      : row.fundingInGap ?? 0;
    this.payFor(held, rate * row.open);
  }

  /** Pays for what falls due in a candle; does not receive what may have been due before its own fill. */
  private fund(held: Position, row: NaiveRow, isFilledInside: boolean): void {
    const { openTime, closeTime } = row, { fundingRate } = this.settings;
    const times = this.dueTimes(openTime, closeTime).filter((time) => time > openTime);
    const { fundingInGap = 0, fundingInside = 0 } = row;
    const [before, at] = row.funding === undefined
      ? [
        fundingRate * times.filter((time) => time < closeTime).length,
        fundingRate * times.filter((time) => time === closeTime).length,
      ]
      : [fundingInside, row.funding - fundingInGap - fundingInside];
    const isPaid = held.side === "long" ? before < 0 : before > 0;
    this.payFor(held, (isFilledInside && isPaid ? at : before + at) * row.close);
  }

  private payFor(held: Position, eachUnit: number): void {
    if (eachUnit === 0) return;
    held.funding += (held.side === "long" ? 1 : -1) * held.units * eachUnit;
    this.drawOnMargin(held);
  }

  /** What the free cash cannot pay, the margin does. */
  private drawOnMargin(held: Position): void {
    if (this.settings.maintenanceMargin !== undefined) held.margin += Math.min(0, this.free);
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
  private testEntry(order: NonNullable<NaiveAccount["order"]>, row: NaiveRow): boolean {
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

  /** Only what came after the fill counts; where that is not known, the worse. */
  private testStopsInside(held: Position, row: NaiveRow, at: number): void {
    const { side } = held, next = nextTarget(held), target = next?.price ?? NaN;
    const levels = this.lossesOf(held);
    const up = side === "long", prices = levels.map(({ price }) => price);
    const stop = up ? Math.max(...prices) : Math.min(...prices);
    const why = levels.find(({ price }) => price === stop)?.why;
    const loses = (at: number) => why !== undefined && (up ? at <= stop : at >= stop);
    const wins = (at: number) => up ? at >= target : at <= target;
    const [worst, best] = up ? [row.low, row.high] : [row.high, row.low];
    // A limit was filled on the way to the worst, a stop on the way to the best.
    const sureOfWorst = this.limits || loses(row.close),
      sureOfBest = !this.limits || wins(row.close);
    if (loses(worst)) {
      if (wins(best) || !sureOfWorst) this.ambiguous++;
      // It cannot be left at a better price than it was entered at.
      const price = up ? Math.min(stop, at) : Math.max(stop, at);
      if (why === "liquidation") return this.liquidate(held, price, row.closeTime);
      return this.close(price, undefined, row.closeTime, why!);
    }
    if (!wins(best)) return;
    if (!sureOfBest) {
      this.ambiguous++;
      return;
    }
    this.takeTarget(held, target, row.closeTime);
    if (this.held) this.testStopsInside(held, row, at);
  }

  private carryOut(waiting: NonNullable<NaiveAccount["waiting"]>, row: NaiveRow): void {
    if (this.settings.fill === "close") this.perform(waiting, row.close, row.closeTime);
    else this.waiting = waiting;
  }

  private brokenLimit(worth: number): Reason | undefined {
    const { maxDrawdown, dailyLoss } = this.settings;
    if (maxDrawdown !== undefined && worth <= this.peak * (1 - maxDrawdown)) {
      this.halted = true;
      return "maxDrawdown";
    }
    if (dailyLoss === undefined || worth > this.dayBegan * (1 - dailyLoss)) return undefined;
    this.dayIsLost = true;
    return "dailyLoss";
  }

  private isBlocked(): boolean {
    const { maxTradesPerDay = Infinity, maxLossesInRow = Infinity } = this.settings;
    return this.halted || this.dayIsLost || this.blocked > 0 ||
      this.dayEntries >= maxTradesPerDay || this.lossesInRow >= maxLossesInRow;
  }

  /** How much worse than quoted a market fill of an amount is. */
  private worse(units: number, why?: Reason): number {
    const { slippage, spread, impact, stopSlippage } = this.settings;
    if (this.byLimit) return 0;
    const isStop = why && ["stopLoss", "trailingStop", "breakEven"].includes(why);
    if (isStop && stopSlippage !== undefined) return stopSlippage;
    const share = this.volume > 0 ? Math.min(1, units / this.volume) : 1;
    return slippage + spread / 2 + impact * share;
  }

  /** The close of a candle: what it held is known, and the stop may follow. */
  private moveStop(held: Position, row: NaiveRow, inside: boolean): void {
    const up = held.side === "long", sure = inside && this.limits ? row.close : NaN;
    const price = Number.isNaN(sure) ? (up ? row.high : row.low) : sure;
    if (up ? price > held.best : price < held.best) held.best = price;
    if (row.closes !== false) held.closes++;
    const trail = this.levelOf(held.best, !up, "trailingStop", row);
    if (trail !== undefined) held.levels.push({ price: trail, why: "trailingStop" });
    if (up ? held.best >= held.evenAt : held.best <= held.evenAt) {
      held.levels.push({ price: this.onTick(held.price, !up), why: "breakEven" });
    }
  }

  /** The next price that is a whole number of ticks but for rounding. */
  private onTick(price: number, up: boolean): number {
    const { tick } = this.settings;
    if (tick === 0) return asWritten(price);
    const ticks = Math.round(1e9 * price / tick) / 1e9;
    return Number(((up ? Math.ceil(ticks) : Math.floor(ticks)) * tick).toFixed(8));
  }

  /** A level above or below a price, if that stop is given and known at a row. */
  private levelOf(
    price: number,
    above: boolean,
    name: keyof NonNullable<NaiveRow["distances"]>,
    { distances = {} }: NaiveRow,
  ): number | undefined {
    const fraction = this.stops[name], sign = above ? 1 : -1, distance = distances[name] ?? NaN;
    const level = fraction === undefined ? price + sign * distance : price * (1 + sign * fraction);
    if (fraction === undefined && !(distance > 0)) return undefined;
    return name === "breakEven" ? asWritten(level) : this.onTick(level, above);
  }

  private perform(
    { action, why, at }: NonNullable<NaiveAccount["waiting"]>,
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

  /** What the account is worth with the position at a price. */
  private worthAt(price: number): number {
    if (!this.held) return this.worth;
    const { side, units, price: paid } = this.held;
    return this.wallet + units * (side === "long" ? price - paid : paid - price);
  }

  /** What the account would be worth with its position closed at the prices it was entered at. */
  private get wallet(): number {
    if (!this.held) return this.worth;
    const { fee, worthBefore, realised, funding } = this.held;
    return worthBefore - fee + realised - funding;
  }

  /** Every level at which a loss is taken; of equal ones the exchange comes first. */
  private lossesOf(held: Position): Position["levels"] {
    const price = this.liquidationOf(held);
    const taken = Number.isNaN(price) ? [] : [{ price, why: "liquidation" as const }];
    return [...taken, ...held.levels];
  }

  /** What of the worth is neither in a position nor put apart for it. */
  private get free(): number {
    return this.wallet - (this.held?.margin ?? 0);
  }

  /**
   * What may be spent on an entry at a price: without margins all that the position is not worth by now, so
   * that no position is larger than the account.
   */
  private spendable(quoted: number): number {
    if (this.settings.maintenanceMargin !== undefined) return this.free;
    return this.worthAt(quoted) - (this.held?.units ?? 0) * quoted;
  }

  private open(
    side: Side,
    quoted: number,
    time: number,
    at: NaiveRow,
    order: "market" | "limit" = "market",
  ): void {
    if (this.isBlocked()) {
      this.forbidden++;
      return;
    }
    this.byLimit = order === "limit";
    this.enter(side, quoted, time, at);
    this.byLimit = false;
  }

  /** The fee of a fill that opens a position. */
  private get entryFee(): number {
    const { fee, makerFee = fee } = this.settings;
    return this.byLimit ? makerFee : fee;
  }

  private enter(side: Side, quoted: number, time: number, at: NaiveRow): void {
    const up = side === "long", { fixedFee, minNotional } = this.settings, fee = this.entryFee;
    const { atMost = up ? Infinity : 0 } = this;
    const priceFor = (units: number) => {
      const price = quoted * (1 + (up ? 1 : -1) * this.worse(units));
      return up ? Math.min(price, atMost) : Math.max(price, atMost);
    };
    const units = this.unitsFor(at, up, quoted, priceFor), price = priceFor(units);
    const { limitEntry: _, stopEntry: __, ...stopDistances } = at.distances ?? {};
    const unknown = Object.values(stopDistances).some((distance) => !(distance > 0));
    const costs = units * Math.abs(price - quoted) + units * price * fee + fixedFee;
    const worth = this.worthAt(quoted);
    if (
      !(units > 0) || unknown || costs >= worth * (1 - 1e-9) || units * price < minNotional
    ) {
      this.refused++;
      return;
    }
    const { leverage } = this.settings, { held: old } = this, all = units + (old?.units ?? 0);
    const paid = units * price + (old ? old.units * old.price : 0);
    const level = this.liquidationOf({
      ...{ side, units: all, price: paid / all },
      margin: (old?.margin ?? 0) + units * price / leverage,
    } as Position);
    if (up ? quoted <= level : quoted >= level) {
      this.refused++;
      return;
    }
    this.dayEntries++;
    const held = this.held ??= {
      side,
      units: 0,
      price: NaN,
      time,
      fee: 0,
      slipped: 0,
      worthBefore: this.worth,
      realised: 0,
      margin: 0,
      funding: 0,
      entered: [],
      left: [],
      best: price,
      closes: 0,
      levels: [],
      targets: [],
      evenAt: NaN,
    };
    const { firstPart = 0.5, secondPart = 0.5 } = this.stops, isFirst = held.entered.length === 0;
    const before = held.units === 0 ? 0 : held.units * held.price;
    held.price = (before + units * price) / (held.units + units);
    held.units = this.asLots(held.units + units);
    held.margin += units * price / leverage;
    held.fee += units * price * fee + fixedFee;
    held.slipped += units * Math.abs(price - quoted);
    held.entered.push({ units, price });
    held.best = up ? Math.max(held.best, price) : Math.min(held.best, price);
    for (const why of ["stopLoss", "trailingStop"] as const) {
      const level = this.levelOf(price, !up, why, at);
      if (level !== undefined) held.levels.push({ price: level, why });
    }
    const still = (why: Reason) => isFirst || held.targets.some((target) => target.why === why);
    held.targets =
      ([["firstTarget", firstPart], ["secondTarget", secondPart], ["takeProfit", 1]] as const)
        .filter(([why]) => still(why))
        .map(([why, part]) => ({ why, part, price: this.levelOf(held.price, up, why, at) ?? NaN }))
        .filter(({ price }) => !Number.isNaN(price));
    held.evenAt = this.levelOf(held.price, up, "breakEven", at) ?? NaN;
  }

  /** An amount that is a whole number of lots but for rounding. */
  private asLots(units: number): number {
    const { lot } = this.settings;
    return lot > 0 ? Number((Math.round(units / lot) * lot).toFixed(9)) : units;
  }

  /** The units that an entry takes; NaN or 0 if none. */
  private unitsFor(
    at: NaiveRow,
    up: boolean,
    quoted: number,
    priceFor: (units: number) => number,
  ): number {
    const { fixedFee, lot, sizing, leverage } = this.settings, free = this.spendable(quoted);
    const fee = this.entryFee, taken = 1 / leverage + fee;
    const size = at.size === -1 ? this.settings.size : at.size, worth = this.worthAt(quoted);
    if (!(size > 0) || free <= 1e-9 * worth) return 0;
    const first = priceFor(0);
    const whole = (units: number) => {
      // A hair's breadth is added because 0.3 holds three lots of 0.1, whatever binary fractions say.
      return lot > 0 ? Math.floor(units / lot * (1 + 4 * Number.EPSILON)) * lot : units;
    };
    const cost = (units: number) => units * priceFor(up ? units : 0) * taken + fixedFee;
    const paidBy = (wanted: number) => {
      const cash = Math.min(wanted, free);
      let least = 0, most = cash / (first * taken);
      if (cost(most) <= cash * (1 + 1e-15)) return whole(most);
      for (let n = 0; n < 200; n++) {
        const middle = (least + most) / 2;
        if (cost(middle) <= cash) least = middle;
        else most = middle;
      }
      return whole(least * (1 + 1e-13));
    };
    if (sizing === "fraction") return paidBy(worth * Math.min(1, size));
    if (sizing === "quote") return size > free ? 0 : paidBy(size);
    if (sizing === "units") {
      const units = whole(size);
      return cost(units) > free ? 0 : units;
    }
    if (sizing === "volatility") {
      const wanted = worth * Math.min(leverage, size / at.volatility);
      return at.volatility > 0 ? paidBy(wanted / leverage) : 0;
    }
    const levels = (["stopLoss", "trailingStop"] as const).flatMap((why) =>
      this.levelOf(first, !up, why, at) ?? []
    );
    // What is added is stopped where the position already is, if that is nearer.
    levels.push(...this.held?.levels.map(({ price }) => price) ?? []);
    const nearest = up ? Math.max(...levels) : Math.min(...levels);
    if (levels.length === 0 || (up ? nearest >= first : nearest <= first)) return 0;
    return Math.min(whole(worth * size / Math.abs(first - nearest)), paidBy(free));
  }

  /** The nearest target is reached: a part is closed, or all. */
  private takeTarget(held: Position, quoted: number, time: number): void {
    const { why, part } = nextTarget(held)!;
    held.targets = held.targets.filter((target) => target.why !== why);
    if (part === 1) this.close(quoted, 0, time, why);
    else this.closePart(quoted, 0, time, why, part);
  }

  private closePart(
    quoted: number,
    given: number | undefined,
    time: number,
    why: Reason,
    part: number,
  ): void {
    const held = this.held!, { side } = held, { lot } = this.settings, wanted = held.units * part;
    const units = lot > 0 ? Math.floor(wanted / lot * (1 + 4 * Number.EPSILON)) * lot : wanted;
    if (units === 0 || units * quoted < this.settings.minNotional) {
      this.refused++;
      return;
    }
    const { price, fee } = this.exitTerms(quoted, given, why, units);
    const before = held.units, gain = side === "long" ? price - held.price : held.price - price;
    const rest = side === "long" ? quoted - held.price : held.price - quoted;
    const left = this.wallet + units * gain - fee + (before - units) * rest;
    const owes = side === "short" || this.wallet < before * held.price;
    if (owes && left <= 0) return this.close(quoted, given, time, why);
    // A long that was paid for in full cannot owe a fee; one on borrowed money can.
    const cash = side === "long" ? this.wallet - held.units * held.price : NaN;
    const charged = cash >= 0 ? Math.min(fee, cash + units * price) : fee;
    held.realised += units * gain;
    held.fee += charged;
    held.slipped += units * Math.abs(price - quoted);
    held.units = this.asLots(held.units - units);
    held.margin *= held.units / before;
    this.drawOnMargin(held);
    held.left.push({ units, price });
  }

  private exitTerms(quoted: number, given: number | undefined, why: Reason, units: number) {
    const { fee: taker, makerFee, fixedFee } = this.settings;
    const slippage = given ?? this.worse(units, why);
    const rate = given === 0 && why !== "ruin" ? makerFee ?? taker : taker;
    const price = quoted * (this.held!.side === "long" ? 1 - slippage : 1 + slippage);
    return { price, rate, fee: units * price * rate + fixedFee };
  }

  private close(quoted: number, given: number | undefined, time: number, why: Reason): void {
    const held = this.held!, { side, units } = held;
    const { price: wanted, rate, fee: charged } = this.exitTerms(quoted, given, why, units);
    const gross = this.worthAt(wanted);
    // A long that does not fetch its fees pays what there is.
    const paid = side === "long" ? Math.min(charged, gross) : charged;
    const owes = side === "short" || this.wallet < units * held.price;
    const left = gross - (owes ? charged : paid), ruin = owes && left <= 0 || why === "ruin";
    // Ruined, it is closed at the price at which proceeds and fee leave nothing.
    const cash = side === "short"
      ? this.wallet + units * held.price
      : units * held.price - this.wallet;
    const price = ruin ? cash / (units * (side === "short" ? 1 + rate : 1 - rate)) : wanted;
    const fee = ruin ? units * price * rate : owes ? charged : paid;
    const slipped = Math.max(0, side === "long" ? quoted - price : price - quoted) * units;
    const reason = ruin ? "ruin" as const : why;
    this.book(held, { price, time, why: reason, fee, slipped, left: ruin ? 0 : left });
    this.ended = ruin;
    if (!ruin && ["stopLoss", "trailingStop", "breakEven"].includes(why)) {
      this.blocked = this.settings.cooldown ?? 0;
    }
  }

  /** Writes a closed trade down; `left` is what the account is worth behind it. */
  private book(
    held: Position,
    { price, time, why, fee, slipped, left }: {
      price: number;
      time: number;
      why: Reason;
      fee: number;
      slipped: number;
      left: number;
    },
  ): void {
    const { side, units } = held, pnl = left - held.worthBefore;
    const amount = total(held.entered), exits = [...held.left, { units, price }];
    const entryPrice = notional(held.entered) / amount;
    this.trades.push({
      side,
      entryTime: held.time,
      entryPrice,
      exitTime: time,
      exitPrice: notional(exits) / total(exits),
      amount,
      fees: held.fee + fee,
      slippage: held.slipped + slipped,
      funding: held.funding,
      pnl,
      return: pnl / (amount * entryPrice),
      reason: why,
    });
    this.worth = left;
    this.held = undefined;
    this.lossesInRow = pnl < -1e-12 * amount * entryPrice ? this.lossesInRow + 1 : 0;
  }

  private testStops(held: Position, row: NaiveRow): void {
    const { side } = held, target = nextTarget(held)?.price ?? NaN, levels = this.lossesOf(held);
    const up = side === "long", none = { price: NaN, why: "stopLoss" as Reason };
    const { price: stop, why } = levels.reduce((nearest, level) => {
      const nearer = up ? level.price > nearest.price : level.price < nearest.price;
      return nearer || Number.isNaN(nearest.price) ? level : nearest;
    }, none);
    const loses = (at: number) => up ? at <= stop : at >= stop;
    const wins = (at: number) => up ? at >= target : at <= target;
    const [worst, best] = up ? [row.low, row.high] : [row.high, row.low];
    const taken = this.liquidationOf(held);
    if (up ? row.open <= taken : row.open >= taken) {
      return this.liquidate(held, row.open, row.openTime);
    }
    if (loses(row.open)) return this.close(row.open, undefined, row.openTime, why);
    if (wins(row.open)) this.takeTarget(held, row.open, row.openTime);
    else {
      if (loses(worst) && wins(best)) this.ambiguous++;
      if (loses(worst) && why === "liquidation") {
        return this.liquidate(held, stop, row.closeTime);
      }
      if (loses(worst)) return this.close(stop, undefined, row.closeTime, why);
      if (!wins(best)) return;
      this.takeTarget(held, target, row.closeTime);
    }
    if (this.held) this.testStops(held, row);
  }
}

const total = (fills: { units: number }[]) => fills.reduce((sum, { units }) => sum + units, 0);
const notional = (fills: { units: number; price: number }[]) =>
  fills.reduce((sum, { units, price }) => sum + units * price, 0);

/** The nearest target; of equal ones the first, then the second. */
function nextTarget({ side, targets }: Position): Position["targets"][number] | undefined {
  const up = side === "long";
  return targets.toSorted((a, b) => up ? a.price - b.price : b.price - a.price)[0];
}

/** What a row asks for, by the design's words. */
export function naiveDecision(
  row: Pick<
    NaiveRow,
    "enterLong" | "exitLong" | "enterShort" | "exitShort" | "reduceLong" | "reduceShort"
  >,
  side: Side | undefined,
  shorts: boolean,
  adds = false,
): Action | "cancelled" | undefined {
  const long = row.enterLong === true && row.exitLong !== true;
  const short = shorts && row.enterShort === true && row.exitShort !== true;
  if (side === "long") {
    if (short) return "reverseToShort";
    if (row.exitLong === true) return "exitLong";
    if (row.reduceLong === true) return "reduceLong";
    return long && adds ? "addLong" : undefined;
  }
  if (side === "short") {
    if (long) return "reverseToLong";
    if (row.exitShort === true) return "exitShort";
    if (row.reduceShort === true) return "reduceShort";
    return short && adds ? "addShort" : undefined;
  }
  if (long && short) return "cancelled";
  if (long) return "enterLong";
  return short ? "enterShort" : undefined;
}
