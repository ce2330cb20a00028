import { fillTerms, funds } from "./entry_amount.ts";
import type { Desk } from "./desk.ts";
import type { RefusalReason } from "./ledger.ts";
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

/**
 * Takes a position down to its target, in whole lots; what is below the least notional stays. Gives why
 * nothing was done, where nothing was.
 */
export function takeDown(
  desk: Desk,
  { target, price, time }: Resizing,
): RefusalReason | undefined {
  const { state: { position }, settings: { lot, minNotional } } = desk;
  const amount = wholeLots(Math.abs(position) - target, lot);
  if (!(amount > 0)) return Math.abs(position) > target ? "lot" : undefined;
  if (amount * price < minNotional) return "minNotional";
  exit(desk, { price, time, reason: "rebalance", amount });
}

/**
 * Builds a position up to its target, as far as there is cash and room, in whole lots; what is below
 * the least notional, or forbidden by a protection, is left. Its stops stay where they are. Gives why
 * nothing was done, where nothing was.
 */
export function buildUp(
  desk: Desk,
  { target, price: quoted, time }: Resizing,
): RefusalReason | undefined {
  const { state, settings: { lot, minNotional } } = desk, side = state.position > 0 ? 1 : -1;
  const held = Math.abs(state.position), wanted = wholeLots(target - held, lot);
  if (!(wanted > 0)) return target > held ? "lot" : undefined;
  if (desk.protects && forbidsEntry(desk)) return "protection";
  const offered = fillTerms(desk, side, quoted, "taker");
  const { most, equity, short } = funds(desk, quoted);
  // What rounding left of the cash is not traded.
  if (!(most > 1e-9 * equity)) return short;
  const terms = side > 0 ? offered : { ...offered, slope: 0 };
  const amount = Math.min(wanted, affordable(most, terms)), price = priceOf(offered, amount);
  if (!(amount > 0)) return lot > 0 ? "lot" : short;
  if (amount * price < minNotional) return "minNotional";
  const { entries } = state;
  settle(desk, { side, quoted, price, amount, time, reason: "entry", role: "taker", ruins: false });
  // No decision of the strategy's, so that it counts for none of its limits.
  state.entries = entries;
}
