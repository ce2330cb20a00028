import { fillTerms, funds } from "./entry_amount.ts";
import type { Desk } from "./desk.ts";
import { exit } from "./orders.ts";
import { forbidsEntry } from "./protections.ts";
import { settle } from "./settle.ts";
import { wholeLots } from "./lots_and_ticks.ts";
import { affordable, priceOf } from "./terms.ts";

/** A position's new size, in units of either side, and the market order that brings it there. */
export interface Resizing {
  target: number;
  price: number;
  time: number;
}

/** Takes a position down to its target, in whole lots; what is below the least notional stays. */
export function takeDown(desk: Desk, { target, price, time }: Resizing): void {
  const { state: { position }, settings: { lot, minNotional } } = desk;
  const amount = wholeLots(Math.abs(position) - target, lot);
  if (!(amount > 0) || amount * price < minNotional) return;
  exit(desk, { price, time, reason: "rebalance", amount });
}

/**
 * Builds a position up to its target, as far as there is cash and room, in whole lots; what is below
 * the least notional, or forbidden by a protection, is left. Its stops stay where they are.
 */
export function buildUp(desk: Desk, { target, price: quoted, time }: Resizing): void {
  const { state, settings: { lot, minNotional } } = desk, side = state.position > 0 ? 1 : -1;
  const wanted = wholeLots(target - Math.abs(state.position), lot);
  if (!(wanted > 0) || (desk.protects && forbidsEntry(desk))) return;
  const offered = fillTerms(desk, side, quoted, "taker"), { most, equity } = funds(desk, quoted);
  const terms = side > 0 ? offered : { ...offered, slope: 0 };
  // What rounding left of the cash is not traded.
  const amount = Math.min(wanted, most > 1e-9 * equity ? affordable(most, terms) : 0);
  const price = priceOf(offered, amount);
  if (!(amount > 0) || amount * price < minNotional) return;
  const { entries } = state;
  settle(desk, { side, quoted, price, amount, time, reason: "entry", role: "taker", ruins: false });
  // No decision of the strategy's, so that it counts for none of its limits.
  state.entries = entries;
}
