import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type AccountSettings, DEFAULT_ACCOUNT, type Stops } from "./settings.ts";

/**
 * Throws an `InputError` for settings with which no account can trade: what was found, and what is
 * allowed. Names are checked too, as notebooks check no types: a misspelt fee would cost nothing.
 */
export function checkSettings(settings: AccountSettings, stops: Stops): void {
  checkOptions(settings, Object.keys(DEFAULT_ACCOUNT), "account");
  checkOptions(stops, ["stopLoss", "takeProfit"], "stops");
  const { balance, fee, slippage, fill, size, shorts, lot } = settings;
  check("account.balance", balance, isAmount(balance) && balance > 0, "an amount above 0");
  check("account.fee", fee, isAmount(fee) && fee < 1, "a fraction from 0 to below 1");
  check("account.slippage", slippage, isAmount(slippage) && slippage < 1, "a fraction below 1");
  check("account.fill", fill, fill === "next-open" || fill === "close", "next-open or close");
  check("account.size", size, isAmount(size) && size > 0 && size <= 1, "above 0 and at most 1");
  check("account.shorts", shorts, typeof shorts === "boolean", "true or false");
  check("account.lot", lot, isAmount(lot), "an amount, or 0 for any");
  const { stopLoss = 0.5, takeProfit = 0.5 } = stops, fraction = "a fraction of the entry price";
  check("stopLoss", stopLoss, isAmount(stopLoss) && stopLoss > 0 && stopLoss < 1, fraction);
  check("takeProfit", takeProfit, isAmount(takeProfit) && takeProfit > 0, fraction);
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function check(name: string, value: unknown, holds: boolean, allowed: string): void {
  if (!holds) throw new InputError(`${name} is ${value}, but must be ${allowed}`);
}
