import { SETTINGS } from "../../account/settings.ts";
import { STOPS } from "../../account/stop_rules.ts";

/**
 * How what an unknown option names is said, where it is something of the account's: `error: unknown
 * option '--leverage'`. Empty for others.
 */
export function accountHint(message: string): string {
  const [, flag = ""] = /'--([\w-]+)/.exec(message) ?? [];
  const name = flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(SETTINGS, name)) {
    const value = name === "sizing" ? '"risk"' : "…";
    return `${name} is a setting of the account: backtest and report take it as ` +
      `--account '{"${name}":${value}}', configs under account. See deno task account ${name}`;
  }
  if (!Object.hasOwn(STOPS, name)) return "";
  return `${name} is given by the strategy, and in configs under risk. See deno task account ${name}`;
}
