/**
 * The amount that `cash` pays for, fee included, and never a cent more; in whole lots if there is a
 * lot, so it may be 0.
 */
export function affordable(cash: number, price: number, fee: number, lot: number): number {
  const most = cash / (price * (1 + fee));
  if (lot > 0) return wholeLots(Math.floor(most / lot), lot, price, fee, cash);
  let amount = most;
  while (cost(amount, price, fee) > cash) amount *= 1 - Number.EPSILON;
  return amount;
}

function wholeLots(lots: number, lot: number, price: number, fee: number, cash: number): number {
  // Dividing by a whole number of lots per unit gives 0.3 where multiplying gives 0.30000000000000004.
  const perUnit = 1 / lot;
  const amount = Number.isInteger(perUnit) ? lots / perUnit : lots * lot;
  return cost(amount, price, fee) > cash ? wholeLots(lots - 1, lot, price, fee, cash) : amount;
}

function cost(amount: number, price: number, fee: number): number {
  return amount * price + amount * price * fee;
}
