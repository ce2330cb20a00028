import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { keeps, type Rule } from "./rule.ts";
import { type AccountSettings, SETTINGS } from "./settings.ts";
import { STOPS, type Stops } from "./stop_rules.ts";

/**
 * Throws an `InputError` for settings with which no account can trade: what was found, and what is
 * allowed. Names are checked too, as notebooks check no types: a misspelt fee would cost nothing.
 */
export function checkSettings(settings: AccountSettings, stops: Stops): void {
  checkOptions(settings, Object.keys(SETTINGS), "account");
  checkOptions(stops, Object.keys(STOPS), "stops");
  for (const [name, { rule }] of Object.entries(SETTINGS)) {
    checkRule(`account.${name}`, settings[name as keyof AccountSettings], rule);
  }
  for (const [name, value] of Object.entries(stops)) {
    if (value !== undefined) checkRule(name, value, STOPS[name as keyof Stops].rule);
  }
}

/** Refuses a value that does not keep its rule; `name` begins the message. */
export function checkRule(name: string, value: unknown, rule: Rule): void {
  if (keeps(rule, value)) return;
  throw new InputError(`${name} is ${value}, but must be ${rule.allowed}`);
}
