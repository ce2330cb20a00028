import type { Reason } from "../../engine/account/ledger.ts";
import { NaiveFunding } from "./naive_funding.ts";
import { nextTarget, notional, type Position, total } from "./naive_position.ts";

/** How a position, or a part of it, is left, and the trade that is written down for it. */
export abstract class NaiveExits extends NaiveFunding {
  /** The nearest target is reached: a part is closed, or all. */
  protected takeTarget(held: Position, quoted: number, time: number): void {
    const { why, part } = nextTarget(held)!;
    held.targets = held.targets.filter((target) => target.why !== why);
    if (part === 1) this.close(quoted, 0, time, why);
    else this.closePart(quoted, 0, time, why, part);
  }

  protected closePart(
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

  protected close(quoted: number, given: number | undefined, time: number, why: Reason): void {
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

  protected liquidate(held: Position, reached: number, time: number): void {
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

  /** Writes a closed trade down; `left` is what the account is worth behind it. */
  protected book(
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

  protected exitTerms(quoted: number, given: number | undefined, why: Reason, units: number) {
    const { fee: taker, makerFee, fixedFee } = this.settings;
    const slippage = given ?? this.worse(units, why);
    const rate = given === 0 && why !== "ruin" ? makerFee ?? taker : taker;
    const price = quoted * (this.held!.side === "long" ? 1 - slippage : 1 + slippage);
    return { price, rate, fee: units * price * rate + fixedFee };
  }

  /** How much worse than quoted a market fill of an amount is. */
  protected worse(units: number, why?: Reason): number {
    const { slippage, spread, impact, stopSlippage } = this.settings;
    if (this.byLimit) return 0;
    const isStop = why && ["stopLoss", "trailingStop", "breakEven"].includes(why);
    if (isStop && stopSlippage !== undefined) return stopSlippage;
    const share = this.volume > 0 ? Math.min(1, units / this.volume) : 1;
    return slippage + spread / 2 + impact * share;
  }
}
