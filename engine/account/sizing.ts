/** What a purchase or sale costs besides its price, and in what steps it can be made. */
export interface Terms {
  /** Fraction of the notional. */
  fee: number;
  /** In the quote currency. */
  fixedFee: number;
  lot: number;
  /** The price of a fill of an amount. */
  priceOf: (amount: number) => number;
}

/** One price for any amount, a fee that is a fraction, and lots. */
export function plainTerms(price: number, fee: number, lot: number): Terms {
  return { fee, fixedFee: 0, lot, priceOf: () => price };
}

/**
 * The amount that `cash` pays for, fees included, and never a cent more; in whole lots if there is a
 * lot, so it may be 0. `most` is the amount if nothing were rounded.
 */
export function affordable(
  cash: number,
  terms: Terms,
  most = plainMost(cash, terms.priceOf(0), terms),
): number {
  if (!(most > 0)) return 0;
  if (terms.lot > 0) return affordableLots(most, cash, terms);
  // Rounding may make it cost a little more than the cash: a little less is tried, then twice that.
  for (let less = 0; less < 1; less = less * 2 || Number.EPSILON) {
    const amount = most * (1 - less);
    if (cost(amount, terms) <= cash) return amount;
  }
  return 0;
}

/** What `cash` pays for at one price. */
export function plainMost(cash: number, price: number, { fee, fixedFee }: Terms): number {
  return (cash - fixedFee) / (price * (1 + fee));
}

/**
 * What `cash` pays for where the price rises by `slope` a unit up to `volume` units, and no further:
 * the greater root of amount × (price + slope × amount) = cash without fees.
 */
export function slopedMost(
  cash: number,
  price: number,
  slope: number,
  volume: number,
  terms: Terms,
): number {
  const money = (cash - terms.fixedFee) / (1 + terms.fee);
  if (!(money > 0)) return 0;
  const amount = 2 * money / (price + Math.sqrt(price * price + 4 * slope * money));
  return amount <= volume ? amount : money / (price + slope * volume);
}

/** The most whole lots that are no more than an amount. */
export function wholeLots(amount: number, lot: number): number {
  if (!(lot > 0)) return amount;
  // 0.3 holds three lots of 0.1, whatever binary fractions say.
  return lotsToAmount(Math.floor(amount / lot * (1 + 4 * Number.EPSILON)), lot);
}

function affordableLots(most: number, cash: number, terms: Terms): number {
  // The quotient may fall just short of a whole number, so the next one is tried first.
  let lots = Math.ceil(most / terms.lot);
  while (cost(lotsToAmount(lots, terms.lot), terms) > cash) {
    lots -= Math.max(1, lots * Number.EPSILON);
  }
  return lots > 0 ? lotsToAmount(lots, terms.lot) : 0;
}

/** Dividing by a whole number of lots per unit gives 0.3 where multiplying gives 0.30000000000000004. */
function lotsToAmount(lots: number, lot: number): number {
  const perUnit = Math.round(1 / lot), isPart = Math.abs(perUnit * lot - 1) < 1e-9;
  return isPart ? lots / perUnit : lots * lot;
}

/** What an amount costs, fees included. */
export function cost(amount: number, { priceOf, fee, fixedFee }: Terms): number {
  const notional = amount * priceOf(amount);
  return notional + (notional * fee + fixedFee);
}
