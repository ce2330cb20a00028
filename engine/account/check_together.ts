import { InputError } from "../market/errors.ts";
import type { AccountSettings } from "./settings.ts";
import type { SignalName } from "./signals.ts";
import type { StopName } from "./stop_rules.ts";

/** What a strategy gives besides entries and exits, by name; whatever is not there is `undefined`. */
export interface GivenOrders {
  /** Numbers, or series in any form. */
  stops: { readonly [Name in StopName]?: unknown };
  signals: { readonly [Name in SignalName]?: unknown };
}

/**
 * Refuses what does not go together: sizes that go by what a strategy does not give, a stop or its
 * volatility (an account alone refuses each entry), two ways of entering, and what would have no effect.
 */
export function checkTogether(account: AccountSettings, { stops, signals }: GivenOrders): void {
  const has = (...names: StopName[]) => names.some((name) => stops[name] !== undefined);
  checkEntries(has);
  checkParts(has, signals);
  checkEven(stops);
  if (signals.exposure !== undefined) checkExposure(account, { stops, signals });
  const { sizing, fundingHours, fundingRate } = account;
  if (sizing === "risk" && !has("stopLoss", "trailingStop")) {
    throw new InputError(
      "account.sizing is risk, but there is no stopLoss or trailingStop to go by",
    );
  }
  if (sizing === "volatility" && signals.volatility === undefined) {
    throw new InputError("account.sizing is volatility, but the strategy gives no volatility");
  }
  if (fundingHours !== undefined && fundingRate === undefined) {
    throw new InputError(
      "account.fundingHours is given, but no account.fundingRate that would be paid then",
    );
  }
}

/** What an exposure goes with: it says of every candle how much is held, so that nothing else can. */
function checkExposure(
  { sizing = "fraction", leverage = 1 }: AccountSettings,
  { stops, signals }: GivenOrders,
): void {
  const given = { ...signals, ...stops } as Record<string, unknown>;
  const other = BESIDE_EXPOSURE.find((name) => given[name] !== undefined) ??
    Object.keys(stops).find((name) => given[name] !== undefined);
  if (other !== undefined) {
    throw new InputError(
      `exposure and ${other} are both given: exposure alone says how much is held, so that what else ` +
        "opens or closes would be undone at the next candle",
    );
  }
  if (sizing !== "fraction") {
    throw new InputError(
      `account.sizing is ${sizing}, but the strategy gives its exposure, a fraction of equity`,
    );
  }
  if (leverage > 1) {
    throw new InputError(
      `account.leverage is ${leverage}, but the strategy gives its exposure, which is at most all of equity`,
    );
  }
}

const BESIDE_EXPOSURE: readonly SignalName[] = [
  "enterLong",
  "exitLong",
  "enterShort",
  "exitShort",
  "reduceLong",
  "reduceShort",
  "size",
];

type Has = (...names: StopName[]) => boolean;

function checkEntries(has: Has): void {
  const waits = has("limitEntry", "stopEntry");
  if (has("limitEntry") && has("stopEntry")) {
    throw new InputError("limitEntry and stopEntry are both given: an entry waits for one price");
  }
  if (has("maxEntries") && waits) {
    throw new InputError(
      "maxEntries is given, and a limitEntry or stopEntry: what adds to a position does not wait",
    );
  }
  if (has("timeInForce") && !waits) {
    throw new InputError("timeInForce is given, but no limitEntry or stopEntry that would wait");
  }
}

function checkParts(has: Has, { reduceLong, reduceShort }: GivenOrders["signals"]): void {
  for (const [part, target] of [["firstPart", "firstTarget"], ["secondPart", "secondTarget"]]) {
    if (!has(part as StopName) || has(target as StopName)) continue;
    throw new InputError(`${part} is given, but no ${target} at which it would be closed`);
  }
  if (!has("reducePart") || reduceLong !== undefined || reduceShort !== undefined) return;
  throw new InputError(
    "reducePart is given, but no signal (reduceLong, reduceShort) by which it would be closed",
  );
}

/** Numbers only: parameters may go beyond each other in a search. */
function checkEven({ breakEven, takeProfit }: GivenOrders["stops"]): void {
  if (typeof breakEven !== "number" || typeof takeProfit !== "number") return;
  if (breakEven < takeProfit) return;
  throw new InputError(
    `breakEven is ${breakEven}, but must be below takeProfit (${takeProfit}): at that gain the position ` +
      "is closed already",
  );
}
