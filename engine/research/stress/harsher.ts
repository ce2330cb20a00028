import type { AccountSettings } from "../../account/settings.ts";

/** A market fill is never quite at the price: what is assumed where an account says nothing of it. */
export const ASSUMED_SLIPPAGE = 0.0005;

/** The same account at so many times the fees. */
export function dearer(account: AccountSettings, times: number): AccountSettings {
  const { fee, makerFee, fixedFee } = account;
  return {
    ...account,
    fee: times * fee,
    ...(makerFee !== undefined && { makerFee: times * makerFee }),
    ...(fixedFee !== undefined && { fixedFee: times * fixedFee }),
  };
}

/**
 * Whether nothing makes its market fills, or its stops, worse than the price, so that `rougher` has to
 * assume something.
 */
export function fillsAtPrice(account: AccountSettings): boolean {
  return marketAtPrice(account) || stopsAtPrice(account);
}

function marketAtPrice({ slippage, spread = 0, impact = 0 }: AccountSettings): boolean {
  return slippage === 0 && spread === 0 && impact === 0;
}

/** Impact does not move stops that have a slippage of their own. */
function stopsAtPrice({ slippage, spread = 0, stopSlippage }: AccountSettings): boolean {
  return stopSlippage === 0 && slippage === 0 && spread === 0;
}

/**
 * The same account with fills so many times as much worse than the price; where none are at all, or no
 * stops are, so many times `ASSUMED_SLIPPAGE`. Stops without a `stopSlippage` go by slippage and spread, and
 * rise with them. One that is given is multiplied, too, and rises at least by as much as slippage and half
 * the spread do, for stops fill no better than the rest when markets are rough: so 0 does not stay 0.
 */
export function rougher(account: AccountSettings, times: number): AccountSettings {
  const { spread, impact, stopSlippage } = account;
  const slippage = times * (marketAtPrice(account) ? ASSUMED_SLIPPAGE : account.slippage);
  return {
    ...account,
    slippage,
    ...(spread !== undefined && { spread: times * spread }),
    ...(impact !== undefined && { impact: times * impact }),
    ...(stopSlippage !== undefined && { stopSlippage: roughStop(account, stopSlippage, times) }),
  };
}

function roughStop(account: AccountSettings, stopSlippage: number, times: number): number {
  if (stopsAtPrice(account)) return times * ASSUMED_SLIPPAGE;
  const more = marketAtPrice(account)
    ? times * ASSUMED_SLIPPAGE
    : (times - 1) * (account.slippage + (account.spread ?? 0) / 2);
  return Math.max(times * stopSlippage, stopSlippage + more);
}
