import type { Reason } from "../../engine/account/ledger.ts";
import { NaiveExits } from "./naive_exits.ts";
import type { Position, Side } from "./naive_position.ts";
import type { NaiveRow } from "./naive_row.ts";

/** How a position is entered or added to, how large, and what forbids it. */
export abstract class NaiveEntries extends NaiveExits {
  protected open(
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

  protected enter(side: Side, quoted: number, time: number, at: NaiveRow): void {
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

  /** The units that an entry takes; NaN or 0 if none. */
  protected unitsFor(
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

  /** The fee of a fill that opens a position. */
  protected get entryFee(): number {
    const { fee, makerFee = fee } = this.settings;
    return this.byLimit ? makerFee : fee;
  }

  protected brokenLimit(worth: number): Reason | undefined {
    const { maxDrawdown, dailyLoss } = this.settings;
    if (maxDrawdown !== undefined && worth <= this.peak * (1 - maxDrawdown)) {
      this.halted = true;
      return "maxDrawdown";
    }
    if (dailyLoss === undefined || worth > this.dayBegan * (1 - dailyLoss)) return undefined;
    this.dayIsLost = true;
    return "dailyLoss";
  }

  protected isBlocked(): boolean {
    const { maxTradesPerDay = Infinity, maxLossesInRow = Infinity } = this.settings;
    return this.halted || this.dayIsLost || this.blocked > 0 ||
      this.dayEntries >= maxTradesPerDay || this.lossesInRow >= maxLossesInRow;
  }
}
