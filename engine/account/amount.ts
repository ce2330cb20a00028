import type { Desk } from "./desk.ts";
import type { RefusalReason, Role } from "./ledger.ts";
import { firstStop, stopsAreKnown } from "./levels.ts";
import { feeOf, stillWorse } from "./pricing.ts";
import { affordable, cost, priceOf, type Terms, wholeLots } from "./sizing.ts";

/** An entry's amount and price, or why there is none. */
export interface Entry {
  amount: number;
  price: number;
  refused?: RefusalReason;
}

/** What an entry on a side takes, at a quoted price. */
export function entryAmount(desk: Desk, side: 1 | -1, quoted: number, role: Role): Entry {
  const { state, settings } = desk;
  if (!stopsAreKnown(desk)) return refused("unknown");
  const offered = termsOf(desk, side, quoted, role);
  // A sale's price falls with its amount: what it may be goes by the price of the first unit.
  const terms = side > 0 || offered.slope === 0 ? offered : { ...offered, slope: 0 };
  const amount = wantedAmount(desk, side, terms);
  if (typeof amount === "string") return refused(amount);
  if (!(amount > 0)) return refused("cash");
  const price = priceOf(offered, amount), notional = amount * price;
  // Costs that leave nothing of the account: what was sold short would have to be bought back at once.
  const left = state.cash - side * amount * (price - quoted) - feeOf(desk, notional, role);
  if (!(left > 1e-9 * state.cash)) return refused("cash");
  return notional < settings.minNotional ? refused("minNotional") : { amount, price };
}

function refused(reason: RefusalReason): Entry {
  return { amount: 0, price: 0, refused: reason };
}

/** What a fill on a side is offered at: worse for a market order, as quoted for one that waited. */
function termsOf({ state, settings }: Desk, side: 1 | -1, quoted: number, role: Role): Terms {
  const { fee, makerFee = fee, fixedFee, lot, impact } = settings, { volume } = state;
  if (role === "maker") return { price: quoted, slope: 0, volume, fee: makerFee, fixedFee, lot };
  const still = stillWorse(settings), isThin = impact > 0 && !(volume > 0);
  return {
    price: quoted * (1 + side * (isThin ? still + impact : still)),
    slope: impact === 0 || isThin ? 0 : side * quoted * impact / volume,
    volume,
    fee,
    fixedFee,
    lot,
  };
}

function wantedAmount(desk: Desk, side: 1 | -1, terms: Terms): number | RefusalReason {
  const { state, state: { cash }, settings: { size, sizing } } = desk, { lot, price } = terms;
  if (sizing === "fraction") return affordable(cash * size, terms);
  if (sizing === "quote") return size <= cash ? affordable(size, terms) : "cash";
  if (sizing === "units") {
    const amount = wholeLots(size, lot);
    return cost(amount, terms) <= cash ? amount : "cash";
  }
  if (sizing === "volatility") {
    const { volatility } = state;
    return volatility > 0 ? affordable(cash * Math.min(1, size / volatility), terms) : "unknown";
  }
  const atRisk = side * (price - firstStop(desk, side, price));
  if (!(atRisk > 0)) return "unknown";
  return Math.min(wholeLots(cash * size / atRisk, lot), affordable(cash, terms));
}
