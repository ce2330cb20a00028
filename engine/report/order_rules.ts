import { allSettings } from "../account/settings.ts";
import type { StopName } from "../account/stop_rules.ts";
import type { Result } from "../research/result.ts";

/** What has to be believed of the orders that a run could make, and of what holding cost. */
export function orderRules(result: Result): string[] {
  const { shorts, maintenanceMargin, fundingRate } = allSettings(result.account);
  const { strategy } = result;
  // Nothing says which orders signals by hand were given: then all of it is said.
  const has = (...names: StopName[]) =>
    strategy === undefined || names.some((name) => strategy.stops[name] !== undefined);
  return [
    ...(has("limitEntry", "takeProfit", "firstTarget", "secondTarget")
      ? [
        "An order that waits at a limit fills there in full as soon as a candle's price touches it, and at a " +
        "better open where the market gaps over it: whether others stood before it is not known.",
      ]
      : []),
    ...(has("limitEntry")
      ? [
        "A limit entry that the first open behind its decision is beyond did not wait: it pays what a market " +
        "order does, but no price beyond its limit.",
      ]
      : []),
    ...(has("limitEntry", "stopEntry")
      ? [
        "Of the candle inside of which an entry is filled only what must have come after the fill counts; " +
        "where that is open, the worse is taken.",
      ]
      : []),
    ...(shorts && maintenanceMargin === undefined
      ? [
        "Without maintenanceMargin a short is ruined at closes only: it survives a price inside a candle that " +
        "all of the cash could not buy it back at.",
      ]
      : []),
    ...(fundingRate !== 0 || result.candles.funding !== undefined
      ? [
        "Funding is charged on what is held at a close, and for a gap at the open behind it. A position that is " +
        "closed inside a candle pays nothing for the times in it; one that is filled there pays, and is not paid, " +
        "for those before its close.",
      ]
      : []),
  ];
}
