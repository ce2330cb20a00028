import { stepsOf } from "./lots_and_ticks.ts";

/** What a fill costs, by its amount, and in what steps it can be made. */
export interface Terms {
  /** The price of the first unit. */
  price: number;
  /** What each unit adds to the price of all of them, up to `volume` units; 0 for one price. */
  slope: number;
  volume: number;
  /** The price that a limit order does not go beyond; absent where there is no limit. */
  limit?: number;
  /** Fraction of the notional. */
  fee: number;
  /** In the quote currency. */
  fixedFee: number;
  lot: number;
  /** Fraction of the notional that is taken of the cash; 1 without leverage. */
  margin: number;
}

/** The price of a fill of an amount. */
export function priceOf({ price, slope, volume, limit }: Terms, amount: number): number {
  if (slope === 0) return price;
  const moved = price + slope * (amount < volume ? amount : volume);
  if (limit === undefined) return moved;
  return slope > 0 ? Math.min(moved, limit) : Math.max(moved, limit);
}

/** What an amount takes of the cash, fees included. */
export function cost(amount: number, terms: Terms): number {
  const notional = amount * priceOf(terms, amount);
  return notional * terms.margin + (notional * terms.fee + terms.fixedFee);
}

/**
 * The amount that `cash` pays for, fees included, and never a cent more; in whole lots if there is a
 * lot, so it may be 0. The slope must not be negative.
 */
export function affordable(cash: number, terms: Terms): number {
  const most = mostOf(cash, terms);
  if (!(most > 0)) return 0;
  if (terms.lot > 0) return affordableLots(most, cash, terms);
  // Rounding may make it cost a little more than the cash: a little less is tried, then twice that.
  for (let less = 0; less < 1; less = less * 2 || Number.EPSILON) {
    const amount = most * (1 - less);
    if (cost(amount, terms) <= cash) return amount;
  }
  return 0;
}

/**
 * What `cash` would pay for if nothing were rounded. With a slope it is the greater root of
 * amount × (price + slope × amount) = cash without fees, up to the volume; at a limit it is at one price again.
 */
function mostOf(cash: number, terms: Terms): number {
  const { price, slope, volume, limit, fee, fixedFee, margin } = terms;
  if (slope === 0) return (cash - fixedFee) / (price * (margin + fee));
  const money = (cash - fixedFee) / (margin + fee);
  if (!(money > 0)) return 0;
  if (limit !== undefined && priceOf(terms, money / limit) === limit) return money / limit;
  const amount = 2 * money / (price + Math.sqrt(price * price + 4 * slope * money));
  return amount <= volume ? amount : money / (price + slope * volume);
}

function affordableLots(most: number, cash: number, terms: Terms): number {
  // The quotient may fall just short of a whole number, so the next one is tried first.
  let lots = Math.ceil(most / terms.lot);
  while (cost(stepsOf(lots, terms.lot), terms) > cash) {
    lots -= Math.max(1, lots * Number.EPSILON);
  }
  return lots > 0 ? stepsOf(lots, terms.lot) : 0;
}
