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

/** Whether nothing makes its market fills worse than the price. */
export function fillsAtPrice({ slippage, spread = 0, impact = 0 }: AccountSettings): boolean {
  return slippage === 0 && spread === 0 && impact === 0;
}

/**
 * The same account with fills so many times as much worse than the price; where none are at all, so
 * many times `ASSUMED_SLIPPAGE`.
 */
export function rougher(account: AccountSettings, times: number): AccountSettings {
  const { spread, impact, stopSlippage } = account;
  const slippage = fillsAtPrice(account) ? ASSUMED_SLIPPAGE : account.slippage;
  return {
    ...account,
    slippage: times * slippage,
    ...(spread !== undefined && { spread: times * spread }),
    ...(impact !== undefined && { impact: times * impact }),
    ...(stopSlippage !== undefined && { stopSlippage: times * stopSlippage }),
  };
}
