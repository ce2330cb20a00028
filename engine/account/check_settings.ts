import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { keeps, type Rule } from "./rule.ts";
import { type AccountSettings, FURTHER_SETTINGS, SETTINGS } from "./settings.ts";
import { STOPS, type Stops } from "./stop_rules.ts";

/**
 * Throws an `InputError` for settings with which no account can trade: what was found, and what is
 * allowed. Names are checked too, as notebooks check no types: a misspelt fee would cost nothing.
 */
export function checkSettings(settings: AccountSettings, stops: Stops): void {
  checkOptions(settings, Object.keys(SETTINGS), "account");
  checkOptions(stops, Object.keys(STOPS), "stops");
  for (const [name, { rule }] of Object.entries(SETTINGS)) {
    const value = settings[name as keyof AccountSettings];
    if (value === undefined && Object.hasOwn(FURTHER_SETTINGS, name)) continue;
    checkRule(`account.${name}`, value, rule);
  }
  checkSize(settings);
  checkPrices(settings);
  checkMargin(settings);
  for (const [name, value] of Object.entries(stops)) {
    if (value !== undefined) checkRule(name, value, STOPS[name as keyof Stops].rule);
  }
}

/** Refuses leverage without a level at which it ends, or with one that is there from the beginning. */
function checkMargin({ leverage = 1, maintenanceMargin }: AccountSettings): void {
  if (leverage > 1 && maintenanceMargin === undefined) {
    throw new InputError(
      `account.leverage is ${leverage}, but there is no account.maintenanceMargin: say at what ` +
        `fraction of a position's worth the exchange liquidates it, such as 0.005`,
    );
  }
  if (maintenanceMargin === undefined || leverage * maintenanceMargin < 1) return;
  throw new InputError(
    `account.maintenanceMargin is ${maintenanceMargin}, but must be below ${
      1 / leverage
    }, which is ` +
      `1 / account.leverage (${leverage}): a position would be liquidated as soon as it is there`,
  );
}

/** Refuses costs by which a sale would have no price. */
function checkPrices({ slippage, spread = 0, impact = 0 }: AccountSettings): void {
  if (slippage + spread / 2 + impact < 1) return;
  throw new InputError(
    `account.slippage (${slippage}), half of account.spread (${spread}) and account.impact (${impact}) make 1 or ` +
      "more: a sale would have no price",
  );
}

/** Refuses more than all of the equity. */
function checkSize({ size, sizing = "fraction" }: AccountSettings): void {
  if (size <= 1 || sizing === "quote" || sizing === "units") return;
  throw new InputError(
    `account.size is ${size}, but must be above 0 and at most 1 where account.sizing is ${sizing}`,
  );
}

/** Refuses a value that does not keep its rule; `name` begins the message. */
export function checkRule(name: string, value: unknown, rule: Rule): void {
  if (keeps(rule, value)) return;
  // A text looks like the number that it spells.
  const found = rule.type === "choice" && typeof value === "string" ? value : describeValue(value);
  throw new InputError(`${name} is ${found}, but must be ${rule.allowed}`);
}
