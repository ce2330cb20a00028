import { type AccountSettings, OF_MARKET, SETTINGS } from "../account/settings.ts";
import { InputError } from "../market/errors.ts";
import type { RunSpec } from "./run.ts";

/** What the instruments of a portfolio have in common besides settings of the account. */
const CLOCKS = ["timeframe", "base", "start"] as const;

/** The settings that no market decides. */
const COMMON = Object.keys(SETTINGS).filter((name) => !OF_MARKET.some((own) => own === name));

/** Throws an `InputError` for instruments that cannot be on one account: it has one clock, and its settings once. */
export function checkAlike(instruments: readonly { name: string; run: RunSpec }[]): void {
  const [first, ...others] = instruments;
  for (const { name, run } of others) {
    const check = (what: string, value: unknown, expected: unknown) => {
      if (value === expected) return;
      throw new InputError(
        `${name} has ${what} ${value ?? "none"}, but ${first.name} has ${expected ?? "none"}: ` +
          "instruments on one account have it in common",
      );
    };
    for (const clock of CLOCKS) check(clock, run[clock], first.run[clock]);
    for (const setting of COMMON as (keyof AccountSettings)[]) {
      check(`account.${setting}`, run.account[setting], first.run.account[setting]);
    }
  }
}
