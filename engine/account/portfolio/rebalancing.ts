import type { Timeframe } from "../../market/timeframe.ts";
import { dayOf } from "../day_of.ts";
import { refuse } from "../orders.ts";
import { buildUp, takeDown } from "../resize.ts";
import type { Row } from "../phases.ts";
import { type Member, valueOf } from "./member.ts";
import type { Rebalance } from "./rebalance.ts";
import type { PortfolioSettings } from "./settings.ts";
import { shareOf } from "./share_of.ts";

/** Which of the rebalancing's stretches of days the candles of a close are in: see `dayOf`. */
export function stretchOf(time: number, timeframe: Timeframe, { days = 0 }: Rebalance): number {
  return days === 0 ? time : Math.floor(dayOf(time, timeframe) / days);
}

/**
 * Sets the size that a member's position is to be brought to, where it is off its share of `equity`
 * by more than the threshold: that share at its last close. What is about to be closed, or flat, or
 * whose share is not known, stays as it is.
 */
export function aim(
  member: Member,
  members: readonly Member[],
  settings: PortfolioSettings,
  { equity, size }: { equity: number; size: number },
): void {
  const { account: { state }, close } = member, held = Math.abs(valueOf(member));
  const wanted = shareOf(member, members, settings) * size * equity;
  const { threshold = 0 } = settings.rebalance!;
  // What rounding leaves is no difference.
  const isOff = Math.abs(held - wanted) > Math.max(1e-9, threshold) * equity;
  member.target = held > 0 && state.pending === 0 && isOff ? wanted / close : NaN;
}

/** Takes positions that are above their targets down, at the prices of a row. */
export function takeDownTo({ target }: Member, { desk }: Row, price: number, time: number): void {
  const { state: { position } } = desk;
  if (Math.abs(position) > target) takeDown(desk, { target, price, time });
}

/**
 * Builds positions that are below their targets up, and forgets the targets. Where there is no cash or
 * room for it, or a protection forbids it, that is recorded.
 */
export function buildUpTo(member: Member, { desk }: Row, price: number, time: number): void {
  const { target } = member, { state: { position, ended } } = desk;
  member.target = NaN;
  if (position === 0 || ended || !(Math.abs(position) < target)) return;
  const refused = buildUp(desk, { target, price, time });
  // What is less than a lot or an order may be is off its share by no more than can be traded.
  if (refused === undefined || refused === "lot" || refused === "minNotional") return;
  refuse(desk, position > 0 ? 1 : -1, time, price, refused);
}
