import { InvalidArgumentError, Option } from "commander";
import { keeps } from "../account/rule.ts";
import { type AccountSettings, SETTINGS } from "../account/settings.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { givenTime } from "../market/parse_time.ts";
import { parseJson } from "../strategy/check_json.ts";

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

/** Reads a flag's whole number. */
export function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
  };
}

/** Reads a flag's number above 0. */
export function aboveZero(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}

/** Reads a flag's date: an ISO date (UTC) or milliseconds. */
export function date(text: string): number {
  try {
    return givenTime(text, "the date");
  } catch (error) {
    if (error instanceof InputError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** Reads a flag's JSON object, each name of which is there once; `example` is what one looks like. */
export function jsonObject<T extends object = Record<string, number | string>>(example: string) {
  return (text: string): T => {
    const must = `It must be a JSON object such as '${example}'`;
    if (!isJsonObject(text)) throw new InvalidArgumentError(`${must}.`);
    try {
      return parseJson(text) as T;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InvalidArgumentError(
        `${must}, in which each name is there once: ${error.message}.`,
      );
    }
  };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** An account's settings as `--account` takes them. */
export const ACCOUNT_EXAMPLE = '{"sizing":"risk","size":0.01,"maxDrawdown":0.2}';

/** Reads the settings of an account, and holds each to its rule. */
export function accountJson(text: string): Partial<AccountSettings> {
  const given = jsonObject(ACCOUNT_EXAMPLE)(text), names = Object.keys(SETTINGS);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(SETTINGS, name)) {
      const hint = didYouMean(name, names) || ":";
      throw new InvalidArgumentError(
        `account.${name}: unknown setting${hint} see deno task account`.replace("? see", "? See"),
      );
    }
    const { rule } = SETTINGS[name as keyof typeof SETTINGS];
    if (keeps(rule, value)) continue;
    throw new InvalidArgumentError(
      `account.${name}: found ${JSON.stringify(value)}, but must be ${rule.allowed}.`,
    );
  }
  return given;
}
