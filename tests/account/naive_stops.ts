import type { Reason } from "../../engine/account/ledger.ts";
import { NaiveEntries } from "./naive_entries.ts";
import { nextTarget, type Position } from "./naive_position.ts";
import type { NaiveRow } from "./naive_row.ts";

/** What closes a position without being asked: stops, targets and the exchange. */
export abstract class NaiveStops extends NaiveEntries {
  /** Behind an open beyond the liquidation price no order is filled any more. */
  protected testMargin(held: Position, row: NaiveRow): void {
    const level = this.liquidationOf(held);
    const gone = held.side === "long" ? row.open <= level : row.open >= level;
    if (gone) this.liquidate(held, row.open, row.openTime);
  }

  protected testStops(held: Position, row: NaiveRow): void {
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

  /** Only what came after the fill counts; where that is not known, the worse. */
  protected testStopsInside(held: Position, row: NaiveRow, at: number): void {
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

  /** The close of a candle: what it held is known, and the stop may follow. */
  protected moveStop(held: Position, row: NaiveRow, inside: boolean): void {
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
}
