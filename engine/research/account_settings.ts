import { type AccountSettings, DEFAULT_ACCOUNT, SETTINGS } from "../account/settings.ts";
import { checkOptions } from "../market/check_options.ts";

/**
 * The settings of an account of which some are given: defaults for the rest, and selling short if the
 * signals do. Throws an `InputError` for names that there are not.
 */
export function accountSettings(
  given: Partial<AccountSettings> = {},
  shorts: boolean,
): AccountSettings {
  checkOptions(given, Object.keys(SETTINGS), "account");
  return { ...DEFAULT_ACCOUNT, shorts, ...given };
}
