import type { Desk } from "./desk.ts";
import type { AllSettings } from "./settings.ts";
import { settle } from "./settle.ts";

/** Whether each position has a margin of its own, which is all that it can lose. */
export function isIsolated({ maintenanceMargin }: AllSettings): boolean {
  return maintenanceMargin !== undefined;
}

/**
 * The cash that is bound to no position of this account, at a price. Of a short that is what buying it
 * back would take, and as much again behind it: what is left is the equity less the position's worth, as
 * it is with a long, so that either may be as large as the equity and no larger. A position with a margin
 * of its own binds that margin instead, whatever the price: its gains are its own until it is closed.
 */
export function freeCash(desk: Desk, price: number): number {
  const { state: { position }, book: { cash }, settings } = desk;
  if (isIsolated(settings)) return cashBesideMargin(desk);
  return position < 0 ? cash + 2 * position * price : cash;
}

/** Without a short's proceeds and the margin, with what was borrowed for a long. */
function cashBesideMargin({ state: { position, average, margin }, book: { cash } }: Desk): number {
  const entered = Math.abs(position) * average;
  return position < 0 ? cash - entered - margin : cash + (entered - margin);
}

/**
 * The price at which what is left of the margin is `maintenance` times the position's worth; NaN where
 * no price is. With q units entered at E, and margin M: (q·E − M) / (q·(1 − maintenance)) for a long,
 * (q·E + M) / (q·(1 + maintenance)) for a short; with a maintenance of 0 the price at which nothing is
 * left.
 *
 * Source: Binance, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts", for one position in
 * isolated mode without a maintenance amount.
 */
function liquidationPrice(
  position: number,
  average: number,
  margin: number,
  maintenance: number,
): number {
  const side = position > 0 ? 1 : -1, units = Math.abs(position);
  const price = (units * average - side * margin) / (units * (1 - side * maintenance));
  return price > 0 ? price : NaN;
}

/** Whether what an entry makes of the position would be liquidated at the price that it is made at. */
export function wouldBeLiquidated(
  { state, settings }: Desk,
  side: 1 | -1,
  { amount, price }: { amount: number; price: number },
  quoted: number,
): boolean {
  const { maintenanceMargin, leverage } = settings;
  if (maintenanceMargin === undefined) return false;
  const held = Math.abs(state.position), units = held + amount;
  const average = (held * state.average + amount * price) / units;
  const margin = state.margin + amount * price / leverage;
  return side * quoted <= side * liquidationPrice(side * units, average, margin, maintenanceMargin);
}

/**
 * Sets the level at which the position is liquidated, behind a change of it or of the cash. What the free
 * cash cannot pay is taken from the margin; below 0 that is what gains have to make up for.
 */
export function setLiquidation(desk: Desk): void {
  const { state, settings: { maintenanceMargin } } = desk;
  if (maintenanceMargin === undefined || state.position === 0) return;
  const free = cashBesideMargin(desk);
  if (free < 0) state.margin += free;
  const { position, average, margin } = state;
  state.liquidation = liquidationPrice(position, average, margin, maintenanceMargin);
}

/**
 * The exchange takes the position at a price that is at its liquidation level or beyond, and all of its
 * margin: what the price leaves of that is the fee. More than the margin cannot be lost. (Exchanges go
 * by a mark price, which spikes less than ours, and may give a rest of the margin back: this is the
 * careful reading.)
 */
export function liquidate(desk: Desk, reached: number, time: number): void {
  const { state } = desk, { position, average, margin } = state;
  const side = position > 0 ? 1 : -1, amount = Math.abs(position), free = cashBesideMargin(desk);
  const worst = liquidationPrice(position, average, margin, 0);
  const price = side * reached < side * worst ? worst : reached;
  const ruins = free <= 1e-9 * amount * average;
  state.liquidated++;
  if (ruins) state.ended = 1;
  settle(desk, {
    side: side > 0 ? -1 : 1,
    quoted: price,
    price,
    amount,
    time,
    reason: "liquidation",
    role: "taker",
    ruins,
    fee: Math.max(0, margin - side * amount * (average - price)),
  });
}
