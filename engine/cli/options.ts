import { InvalidArgumentError, Option } from "commander";
import { keeps } from "../account/rule.ts";
import { SETTINGS } from "../account/settings.ts";
import { parseTime } from "../market/csv_cells.ts";
import { InputError } from "../market/errors.ts";

/** Reads a flag that sets an account's setting, and holds it to the setting's rule. */
export function settingOption(flags: string, name: keyof typeof SETTINGS, about: string): Option {
  const { rule, default: byDefault } = SETTINGS[name];
  const option = new Option(flags, `${about} (default: ${byDefault})`);
  if (rule.type === "choice") return option.choices(rule.options);
  return option.argParser((text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (keeps(rule, value)) return value;
    throw new InvalidArgumentError(`It must be ${rule.allowed}.`);
  });
}

/** Reads a flag's date: an ISO date (UTC) or milliseconds. */
export function date(text: string): number {
  try {
    return parseTime(text, "the date");
  } catch (error) {
    if (error instanceof InputError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** Reads a flag's JSON object. */
export function jsonObject(text: string): Record<string, number | string> {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch { /* said below */ }
  throw new InvalidArgumentError(`It must be a JSON object such as '{"fast":10,"slow":30}'.`);
}
