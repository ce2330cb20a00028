import { SETTINGS } from "../../account/settings.ts";
import { SIGNALS } from "../../account/signals.ts";
import { STOPS } from "../../account/stop_rules.ts";

/** Something that may be said of an account or of what it trades by. */
export interface Entry {
  name: string;
  /** What it may be, in words. */
  allowed: string;
  /** What holds where nothing is said; `—` if it is not set then. */
  byDefault: string;
  description: string;
}

/** Where an entry is said, and the entries there. */
export interface Chapter {
  title: string;
  about: string;
  entries: readonly Entry[];
}

/** All that strategies, configs and notebooks may say to the account, from where it is declared. */
export function accountChapters(): Chapter[] {
  return [
    {
      title: "Signals",
      about: "What `build` of a strategy gives, one value a candle.",
      entries: Object.entries(SIGNALS).map(([name, { type, description }]) => ({
        name,
        allowed: type === "boolean" ? "a condition" : "a series of numbers",
        byDefault: type === "boolean" ? "never" : "—",
        description,
      })),
    },
    {
      title: "Stops, orders that wait, and parts",
      about:
        "Given by `build` beside the signals; a config has them under `risk`. None is set unless " +
        "it is given. A series is a distance in price, such as `atr(14).times(2)`.",
      entries: Object.entries(STOPS).map(([name, { rule, distance, description }]) => ({
        name,
        allowed: distance ? `${rule.allowed}, or a series` : rule.allowed,
        byDefault: "—",
        description,
      })),
    },
    {
      title: "Settings",
      about:
        'Given as `backtest(strategy, candles, { account: { fee: 0.0005, sizing: "risk" } })`, ' +
        "in a config under `account`.",
      entries: Object.entries(SETTINGS).map(([name, setting]) => ({
        name,
        allowed: setting.rule.allowed,
        byDefault: setting.default === undefined ? "—" : String(setting.default),
        description: setting.description,
      })),
    },
  ];
}
