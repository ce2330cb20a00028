/**
 * The amount that `cash` pays for, fee included, and never a cent more; in whole lots if there is a
 * lot, so it may be 0.
 */
export function affordable(cash: number, price: number, fee: number, lot: number): number {
  const most = cash / (price * (1 + fee));
  if (lot > 0) return wholeLots(most, lot, price, fee, cash);
  // Rounding may make it cost a little more than the cash: a little less is tried, then twice that.
  for (let less = 0; less < 1; less = less * 2 || Number.EPSILON) {
    const amount = most * (1 - less);
    if (cost(amount, price, fee) <= cash) return amount;
  }
  return 0;
}

function wholeLots(most: number, lot: number, price: number, fee: number, cash: number): number {
  // Dividing by a whole number of lots per unit gives 0.3 where multiplying gives 0.30000000000000004.
  const perUnit = Math.round(1 / lot), isPart = Math.abs(perUnit * lot - 1) < 1e-9;
  const amountOf = (lots: number) => isPart ? lots / perUnit : lots * lot;
  // The quotient may fall just short of a whole number, so the next one is tried first.
  let lots = Math.ceil(most / lot);
  while (cost(amountOf(lots), price, fee) > cash) lots -= Math.max(1, lots * Number.EPSILON);
  return amountOf(lots);
}

function cost(amount: number, price: number, fee: number): number {
  return amount * price + amount * price * fee;
}
