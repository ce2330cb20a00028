import type { Desk } from "./desk.ts";
import type { RefusalReason } from "./ledger.ts";
import { firstStop, stopsAreKnown } from "./levels.ts";
import { feeOf, shareOf } from "./pricing.ts";
import { affordable, cost, plainMost, slopedMost, type Terms, wholeLots } from "./sizing.ts";

/** An entry's amount and price, or why there is none. */
export type Entry = { amount: number; price: number } | { refused: RefusalReason };

/** What an entry on a side takes, at a quoted market price. */
export function entryAmount(desk: Desk, side: 1 | -1, quoted: number): Entry {
  const { state, settings } = desk, { fee, fixedFee, lot, slippage, spread, impact } = settings;
  if (!stopsAreKnown(desk)) return { refused: "unknown" };
  const still = slippage + spread / 2, { volume } = state;
  const priceOf = impact === 0
    ? () => quoted * (1 + side * still)
    : (amount: number) => quoted * (1 + side * (still + impact * shareOf(amount, volume)));
  // A sale's price falls with its amount: what it may be goes by the price of the first unit.
  const terms = { fee, fixedFee, lot, priceOf: side > 0 ? priceOf : () => priceOf(0) };
  const most = (cash: number) => {
    const price = priceOf(0);
    if (impact === 0 || side < 0 || !(volume > 0)) return plainMost(cash, price, terms);
    return slopedMost(cash, price, quoted * impact / volume, volume, terms);
  };
  const wanted = wantedAmount(desk, side, terms, (cash) => affordable(cash, terms, most(cash)));
  if (typeof wanted === "string") return { refused: wanted };
  const price = priceOf(wanted);
  if (!(wanted > 0)) return { refused: "cash" };
  // Costs that leave nothing of the account: what was sold short would have to be bought back at once.
  const left = state.cash - side * wanted * (price - quoted) - feeOf(desk, wanted * price, "taker");
  if (!(left > 1e-9 * state.cash)) return { refused: "cash" };
  return wanted * price < settings.minNotional
    ? { refused: "minNotional" }
    : { amount: wanted, price };
}

function wantedAmount(
  desk: Desk,
  side: 1 | -1,
  terms: Terms,
  paidBy: (cash: number) => number,
): number | RefusalReason {
  const { state, state: { cash }, settings: { size, sizing } } = desk, { lot, priceOf } = terms;
  if (sizing === "fraction") return paidBy(cash * size);
  if (sizing === "quote") return size <= cash ? paidBy(size) : "cash";
  if (sizing === "units") {
    const amount = wholeLots(size, lot);
    return cost(amount, terms) <= cash ? amount : "cash";
  }
  if (sizing === "volatility") {
    const { volatility } = state;
    return volatility > 0 ? paidBy(cash * Math.min(1, size / volatility)) : "unknown";
  }
  const entry = priceOf(0), atRisk = side * (entry - firstStop(desk, side, entry));
  if (!(atRisk > 0)) return "unknown";
  return Math.min(wholeLots(cash * size / atRisk, lot), paidBy(cash));
}
