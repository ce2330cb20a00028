import type { Desk } from "./desk.ts";
import { type Action, type FillReason, OPENS, type Reason } from "./ledger.ts";
import type { RefusalReason, Role } from "./ledger.ts";
import { entryAmount } from "./entry_amount.ts";
import { setLevels } from "./levels.ts";
import { setLiquidation } from "./margin.ts";
import { feeOf, rateOf, worseBy } from "./pricing.ts";
import { forbidsEntry } from "./protections.ts";
import { settle } from "./settle.ts";
import { wholeLots } from "./lots_and_ticks.ts";
import { worthAt } from "./worth_at.ts";

/** Carries out an action at a market price: what it closes now, what it opens by `enterNow`. */
export function act(
  desk: Desk,
  action: Action,
  price: number,
  time: number,
  why: Reason = action === "reverseToLong" || action === "reverseToShort" ? "reversal" : "signal",
): void {
  const { state } = desk, adds = action === "addLong" || action === "addShort";
  const side = OPENS[action], reduces = action === "reduceLong" || action === "reduceShort";
  // What was liquidated meanwhile is neither added to nor reduced.
  if (state.position === 0 && (adds || reduces)) return;
  if (reduces) return exitPart(desk, { price, time, reason: "reduction" }, desk.stops.reducePart);
  if (state.position !== 0 && !adds) exit(desk, { price, time, reason: why });
  if (!state.ended && side !== 0) desk.entering = { side, price, time };
}

/** An exit as it is asked for. */
export interface Exit {
  /** The price before slippage. */
  price: number;
  /** By what fraction it is worse; by default as market fills are. */
  slippage?: number;
  time: number;
  reason: Exclude<FillReason, "entry">;
  role?: Role;
  /** What is closed, in units; all of it by default. */
  amount?: number;
}

/** Closes a fraction of the position, half by default, in whole lots and no less than an order may be. */
export function exitPart(desk: Desk, asked: Exit, part = 0.5): void {
  const { state, settings: { lot, minNotional } } = desk, { price, time } = asked;
  const amount = wholeLots(Math.abs(state.position) * part, lot);
  const side = state.position > 0 ? 1 : -1;
  if (!(amount > 0)) return refuse(desk, side, time, price, "lot");
  if (amount * price < minNotional) return refuse(desk, side, time, price, "minNotional");
  exit(desk, { ...asked, amount });
}

/**
 * Closes the position, or an amount of it. A broker closes a short at the price that leaves nothing, at
 * the latest, and takes no fee that is not there.
 */
export function exit(desk: Desk, asked: Exit): void {
  const { state, book, others, others: { owed } } = desk;
  const { price: quoted, slippage, time, reason, role = "taker" } = asked;
  const side = state.position > 0 ? -1 : 1,
    held = Math.abs(state.position),
    { amount = held } = asked;
  const wanted = quoted * (1 + side * (slippage ?? worseBy(desk, amount, reason)));
  const notional = wanted * amount, fee = feeOf(desk, notional, role), takes = notional + fee;
  // A long that does not fetch what was borrowed for it takes all there is, as a dear short does.
  const ruins = side > 0
    ? takes + owed >= book.cash
    : amount === held && book.cash < 0 && book.cash + (notional - fee) + others.worth <= 0;
  // Shorts of one book that cannot be bought back together each take their part of what there is.
  const left = owed === 0 ? book.cash : book.cash * (takes / (takes + owed));
  // A part behind which nothing is left takes the rest of the position with it.
  const cost = amount * side * (wanted - quoted) + fee;
  if (amount < held && (side > 0 || book.cash < 0) && worthAt(desk, quoted) <= cost) {
    return exit(desk, { ...asked, amount: undefined });
  }
  if (ruins) state.ended = 1;
  settle(desk, {
    side,
    quoted,
    price: ruins ? side * left / (amount * (1 + side * rateOf(desk.settings, role))) : wanted,
    amount,
    time,
    reason: ruins ? "ruin" : reason,
    role,
    ruins,
  });
  setLiquidation(desk);
}

/**
 * Opens a position at a price, or adds to one, by a market order or by one that waited there. What a protection
 * forbids by now, such as the other half of a reversal that lost, is not made. `limit` is what a limit order
 * that took what was offered pays at most.
 */
export function enter(
  desk: Desk,
  side: 1 | -1,
  quoted: number,
  time: number,
  role: Role = "taker",
  limit?: number,
): void {
  if (desk.protects && forbidsEntry(desk)) return refuse(desk, side, time, quoted, "protection");
  const { state } = desk;
  const { amount, price, refused } = entryAmount(desk, side, quoted, role, limit);
  if (refused !== undefined) return refuse(desk, side, time, quoted, refused);
  settle(desk, { side, quoted, price, amount, time, reason: "entry", role, ruins: false });
  setLevels(desk, side, price);
  setLiquidation(desk);
  state.entriesToday++;
}

/** Counts an entry or a partial exit that is not made, and tells why. */
export function refuse(
  { state, ledger }: Desk,
  side: 1 | -1,
  time: number,
  price: number,
  reason: RefusalReason,
): void {
  if (reason === "protection") state.forbidden++;
  else if (reason === "expired") state.expired++;
  else state.refused++;
  ledger.refuse({ time, side: side > 0 ? "long" : "short", price, reason });
}
