import type { Desk } from "./desk.ts";
import { isStop } from "./is_stop.ts";
import type { FillReason, Role } from "./ledger.ts";
import type { AllSettings } from "./settings.ts";

/**
 * The fraction by which a market fill is worse: slippage and half the spread, and what its share of
 * the last closed candle's volume moves; for stops `stopSlippage`, if that is given.
 */
export function worseBy({ state, settings }: Desk, amount: number, reason?: FillReason): number {
  const { impact, stopSlippage } = settings, { volume } = state;
  if (stopSlippage !== undefined && isStop(reason)) return stopSlippage;
  if (impact === 0) return stillWorse(settings);
  return stillWorse(settings) + impact * (amount < volume ? amount / volume : 1);
}

/** The part of it that does not depend on the amount. */
export function stillWorse({ slippage, spread }: Desk["settings"]): number {
  return slippage + spread / 2;
}

/** What a fill costs, in the quote currency. */
export function feeOf({ settings }: Desk, notional: number, role: Role): number {
  return notional * rateOf(settings, role) + settings.fixedFee;
}

/** The fraction of the notional that a fill costs. */
export function rateOf({ fee, makerFee = fee }: AllSettings, role: Role): number {
  return role === "maker" ? makerFee : fee;
}
