import type { Desk } from "./desk.ts";
import type { RefusalReason, Role } from "./ledger.ts";
import { firstStop, stopsAreKnown } from "./levels.ts";
import { freeCash, wouldBeLiquidated } from "./margin.ts";
import { wholeLots } from "./lots_and_ticks.ts";
import { feeOf, rateOf, stillWorse } from "./pricing.ts";
import { affordable, cost, priceOf, type Terms } from "./terms.ts";
import { worthAt } from "./worth_at.ts";

/** An entry's amount and price, or why there is none. */
export interface Entry {
  amount: number;
  price: number;
  refused?: RefusalReason;
}

/** What an entry on a side takes, at a quoted price; `limit` is what a taker's limit order pays at most. */
export function entryAmount(
  desk: Desk,
  side: 1 | -1,
  quoted: number,
  role: Role,
  limit?: number,
): Entry {
  const { state, others, settings } = desk;
  // What is held already is no further position.
  if (others.refusal !== undefined && state.position === 0) return refused(others.refusal);
  if (!stopsAreKnown(desk)) return refused("unknown");
  const offered = fillTerms(desk, side, quoted, role, limit);
  // A sale's price falls with its amount: what it may be goes by the price of the first unit.
  const terms = side > 0 || offered.slope === 0 ? offered : { ...offered, slope: 0 };
  const amount = wantedAmount(desk, side, quoted, terms);
  if (typeof amount === "string") return refused(amount);
  if (!(amount > 0)) return refused(settings.lot > 0 ? "lot" : "cash");
  const price = priceOf(offered, amount), notional = amount * price;
  // Costs that leave nothing of the account: what was sold short would have to be bought back at once.
  const worth = worthAt(desk, quoted);
  const left = worth - side * amount * (price - quoted) - feeOf(desk, notional, role);
  if (!(left > 1e-9 * worth)) return refused("cash");
  if (wouldBeLiquidated(desk, side, { amount, price }, quoted)) return refused("liquidation");
  return notional < settings.minNotional ? refused("minNotional") : { amount, price };
}

function refused(reason: RefusalReason): Entry {
  return { amount: 0, price: 0, refused: reason };
}

/** What a fill on a side is offered at: worse for a market order, as quoted for one that waited. */
export function fillTerms(
  { state, settings }: Desk,
  side: 1 | -1,
  quoted: number,
  role: Role,
  limit?: number,
): Terms {
  const { fixedFee, lot, impact } = settings, { volume } = state;
  const fee = rateOf(settings, role), margin = 1 / settings.leverage;
  if (role === "maker") {
    return { price: quoted, slope: 0, volume, fee, fixedFee, lot, margin };
  }
  const still = stillWorse(settings), isThin = impact > 0 && !(volume > 0);
  const price = quoted * (1 + side * (isThin ? still + impact : still));
  const isBeyond = limit !== undefined && side * price > side * limit;
  return {
    price: isBeyond ? limit : price,
    limit,
    slope: impact === 0 || isThin ? 0 : side * quoted * impact / volume,
    volume,
    fee,
    fixedFee,
    lot,
    margin,
  };
}

function wantedAmount(
  desk: Desk,
  side: 1 | -1,
  quoted: number,
  terms: Terms,
): number | RefusalReason {
  const { state, settings: { sizing, leverage } } = desk, { lot, price } = terms;
  const { equity, most, short, left } = funds(desk, quoted);
  const size = state.size === -1 ? desk.settings.size : state.size;
  if (!(size > 0)) return "unknown";
  if (sizing === "quote") return size <= most ? affordable(size, terms) : short;
  if (sizing === "units") {
    const amount = wholeLots(size, lot);
    return cost(amount, terms) <= most ? amount : short;
  }
  if (equity !== equity) return "unknown";
  // What rounding left of the cash is not traded.
  if (!(left > 1e-9 * equity)) return short;
  if (sizing === "fraction") return affordable(Math.min(equity * Math.min(1, size), left), terms);
  if (sizing === "volatility") {
    const { volatility } = state;
    if (!(volatility > 0)) return "unknown";
    const share = Math.min(leverage, size / volatility) / leverage;
    return affordable(Math.min(equity * share, left), terms);
  }
  const atRisk = side * (price - firstStop(desk, side, price));
  if (!(atRisk > 0)) return "unknown";
  return Math.min(wholeLots(equity * size / atRisk, lot), affordable(left, terms));
}

/**
 * What an entry may go by: the equity that its size is a fraction of, and the most that it may take:
 * cash that is bound to no short, as far as there is room; and why, where that is too little. `left` is
 * what of it remains of a share of the equity where the position has taken some of that already.
 */
export function funds(desk: Desk, quoted: number) {
  const { state: { position }, others: { owed, share, room } } = desk;
  // The others' shorts bind what buying them back would take, and as much again, as its own do.
  const free = freeCash(desk, quoted) - 2 * owed;
  const short: RefusalReason = room < free ? "exposure" : "cash", most = Math.min(free, room);
  const equity = worthAt(desk, quoted) * share;
  const isShared = position !== 0 && share !== 1;
  const left = isShared ? Math.min(most, equity - Math.abs(position) * quoted) : most;
  return { equity, most, short, left };
}
